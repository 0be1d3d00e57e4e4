"""Frozen determinations: reproduced bit by bit, versioned by the text of the law, and closed against tampering."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from tests.assessment.families import DAY, ELDER_ALONE, FOUND_A_JOB, LITTLE_KNOWN, WITH_A_VAN, determined

from doudi.assessment import frozen
from doudi.assessment.determination import Trace, applied_facts, assess, outputs_of
from doudi.assessment.frozen import FORMAT, formula_hashes, freeze, law_version, replay, restore
from doudi.assessment.statute import compiled_python, law_of
from doudi.rules.errors import ReplayError

Data = dict[str, Any]


def sealed(data: Data) -> Data:
    """The same content with a seal that fits it."""
    content = {key: value for key, value in data.items() if key != "sha256"}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return {**content, "sha256": sha256(text.encode()).hexdigest()}


def faults(data: Any) -> list[tuple[str, str | None]]:
    with pytest.raises(ReplayError) as caught:
        replay(data)
    return [(problem.code, problem.value) for problem in caught.value.problems]


@pytest.fixture
def van() -> Data:
    return freeze(determined(WITH_A_VAN))


@pytest.mark.parametrize("text", [WITH_A_VAN, ELDER_ALONE, LITTLE_KNOWN, FOUND_A_JOB])
def test_a_determination_replays_bit_by_bit(text: str) -> None:
    determination = determined(text)
    found = replay(json.dumps(freeze(determination)))
    assert (found.identical, found.differences, found.formulas, found.parameters) == (True, (), (), ())
    assert found.version == found.frozen_version == law_version(determination.statute)
    assert found.determination.tier_range == determination.tier_range
    assert found.determination.household.assumed[0].fact == determination.household.assumed[0].fact
    assert freeze(restore(freeze(determination))) == freeze(found.determination)


def test_a_kernel_for_very_many_unknown_facts_tells_the_same_sources() -> None:
    determination = determined(LITTLE_KNOWN)
    statute, data = determination.statute, freeze(determination)
    wide = compiled_python(
        statute.graph,
        tuple(outputs_of(statute).items()),
        frozenset(statute.graph.schema.inputs) | statute.unset,
        True,
    )
    facts = applied_facts(determination.household, statute)
    found = wide.bind(statute.values, statute.context)(facts)
    trace = Trace(statute, determination.household, found, wide, lambda: found)
    assert freeze(replace(determination, trace=trace)) == data


def test_everything_is_kept_and_nobody_is_named(van: Data) -> None:
    values = van["result"]["values"]
    assert values["dibao_vehicle_value.value"] == [[5_200_000, 5_200_000, []]]
    assert values["member_income"] == [[698_400, 698_400, []], [0, 0, []]]
    assert (van["region"], van["day"], van["result"]["tier"]) == ("999901", "2026-08-01", ["none", "none"])
    assert van["facts"]["person"][0]["wage"] == 900_000
    unknown = freeze(determined(LITTLE_KNOWN))["result"]
    assert unknown["tier"] == ["none", "dibao"]
    assert unknown["values"]["tekun_income"][2] == [False, True, ["wage"]]
    text = json.dumps(van, ensure_ascii=False)
    assert not [word for word in ("王小明", '"p1"', "household.yaml") if word in text]
    assert freeze(determined(WITH_A_VAN)) == van


def test_the_law_of_2025_is_replayed_under_the_law_of_2025() -> None:
    text = WITH_A_VAN.replace("52000", "45000")
    then, now = (freeze(determined(text, day=day)) for day in (date(2025, 8, 1), DAY))
    found = replay(then)
    assert found.identical
    assert found.determination.trace.value("dibao_standard") == 53_000
    assert "single_by_hardship" in found.determination.statute.graph.formulas
    assert found.determination.statute.graph.formulas["single_by_hardship"].function.__name__.endswith("2021")
    changed = {name for name in now["formulas"] if now["formulas"][name] != then["formulas"].get(name)}
    assert changed == {"opens_single_for_hardship", "single_by_hardship", "tekun_continues"}
    assert then["law_version"] != now["law_version"]


def test_parameters_that_were_set_or_have_changed_are_told() -> None:
    determination = determined(WITH_A_VAN, settings={"property.vehicle_cap.dibao": "52000"})
    found = replay(freeze(determination))
    assert (found.identical, found.determination.tier) == (True, "dibao")
    assert [(each.name, each.code, each.frozen, each.now) for each in found.parameters] == [
        ("property.vehicle_cap", "dibao", 5_200_000, 5_000_000)
    ]


def test_a_place_that_never_shipped_replays_too(tmp_path: Path) -> None:
    overlay = tmp_path / "999902-other.yaml"
    overlay.write_text(
        "region: '999902'\nzh: 另一县\nen: Other County\nlevel: county\nnote: Does not exist.\nparameters:\n"
        "  property.vehicle_cap:\n"
        "    - {from: 2021-07-01, value: {dibao: 53000}, reference: demo-rules, verified: false}\n",
        encoding="utf-8",
    )
    household = determined(WITH_A_VAN).household
    found = replay(freeze(assess(household, law_of("999902", DAY, overlay=overlay))))
    assert found.identical
    assert found.determination.statute.resolved.region.code == "999902"
    assert found.determination.statute.resolved.at("property.vehicle_cap", "dibao") == 5_300_000
    assert found.parameters == ()


def test_formulas_whose_text_differs_are_named(van: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    van["formulas"]["dibao_income"] = "0" * 64
    van["formulas"]["repealed"] = "1" * 64
    del van["formulas"]["heads"]
    assert replay(sealed(van)).formulas == ("dibao_income", "heads", "repealed")


def test_a_value_that_comes_out_otherwise_is_told(van: Data) -> None:
    van["result"]["values"]["heads"] = [[3, 3, []]]
    van["result"]["tier"] = ["dibao", "dibao"]
    found = replay(sealed(van))
    assert not found.identical
    assert [(each.name, each.row, each.frozen, each.now) for each in found.differences] == [
        ("tier", 0, ["dibao", "dibao"], ["none", "none"]),
        ("heads", 0, [3, 3, []], [2, 2, []]),
    ]
    assert found.as_data()["identical"] is False
    json.dumps(found.as_data())


def tampered(change: Callable[[Data], None]) -> Data:
    data = copy.deepcopy(freeze(determined(WITH_A_VAN)))
    change(data)
    return data


def wage(data: Data) -> None:
    data["facts"]["person"][0]["wage"] = 0


def total(data: Data) -> None:
    data["result"]["monthly_total"] = 100_000


def cap(data: Data) -> None:
    data["parameters"]["parameters"]["property.vehicle_cap"]["codes"]["dibao"]["value"] = 9_000_000


@pytest.mark.parametrize("change", [wage, total, cap])
def test_tampering_is_found(change: Callable[[Data], None]) -> None:
    assert faults(tampered(change)) == [("replay.tampered", None)]


def test_what_is_no_frozen_determination(van: Data) -> None:
    assert [code for code, _ in faults("{")] == ["replay.json"]
    assert [code for code, _ in faults(b"\xff\xfe")] == ["replay.json"]
    assert faults("[]") == [("replay.format", "list")]
    assert faults({**van, "format": FORMAT + 1}) == [("replay.format", str(FORMAT + 1))]
    missing = {key: value for key, value in van.items() if key not in ("facts", "sha256")}
    assert faults({**missing, "day": 20260801}) == [
        ("replay.key", "day"),
        ("replay.key", "facts"),
        ("replay.key", "sha256"),
    ]


def test_all_faults_are_told_at_once(van: Data) -> None:
    person, van_row = van["facts"]["person"][0], van["facts"]["asset"][1]
    person["wagee"] = person.pop("wage")
    person["disability_grade"] = 9
    person["works"] = 1
    van_row["owner_index"] = 2
    van["facts"]["pet"] = []
    van["parameters"]["parameters"]["dibao.vanished"] = {"value": 1}
    found = faults({**sealed(van), "sha256": "0" * 64})
    assert found == [
        ("replay.tampered", None),
        ("replay.gone", None),
        ("replay.entity", "pet"),
        ("replay.fact", "person[0].wagee"),
        ("replay.fact_missing", "person[0].wage"),
        ("replay.value", "person[0].disability_grade"),
        ("replay.value", "person[0].works"),
        ("replay.link", "asset[1].owner_index"),
    ]


def test_rows_that_are_none(van: Data) -> None:
    facts = {**van["facts"], "person": 3, "asset": [7]}
    found = faults(sealed({**van, "facts": facts, "assumed": [["person", 0]]}))
    assert found == [("replay.rows", "person"), ("replay.rows", "asset[0]"), ("replay.assumed", "assumed[0]")]


def put(place: str, value: Any) -> Callable[[Data], None]:
    """A change that writes ``value`` at a place such as ``result/values``."""

    def change(data: Data) -> None:
        *above, last = place.split("/")
        for step in above:
            data = data[int(step) if isinstance(data, list) else step]
        data[int(last) if isinstance(data, list) else last] = value

    return change


@pytest.mark.parametrize(
    ("place", "value", "expected"),
    [
        ("parameters/parameters/low_margin.multiple/value", "x", [("replay.parameter", "x")]),
        ("parameters/parameters/low_margin.multiple/value", True, [("replay.parameter", "True")]),
        ("parameters/parameters/low_margin.multiple/value", 10**30, [("replay.parameter", str(10**30))]),
        ("parameters/parameters/amounts.rounded_on/value", 7, [("code.unknown", "7")]),
        ("parameters/sources/0/level", "610199", [("replay.form", "ValueError: chain")]),
        ("parameters/sources/0/file", 3, [("replay.form", "ValueError: level, file, url, note")]),
        ("parameters/chain", [], [("replay.form", "ValueError: chain")]),
        ("parameters/date", 10**30, [("date.bad", str(10**30))]),
        ("result/values", None, [("replay.key", "result")]),
        ("result/tier", "dibao", [("replay.key", "result")]),
        ("result/values/heads", [3], [("replay.key", "result")]),
        ("formulas/heads", [1], [("replay.key", "formulas")]),
        ("assumed", [["pet", 0, "wage", 0]], [("replay.assumed", "assumed[0]")]),
        ("assumed", [["person", 9, "wage", 0]], [("replay.assumed", "assumed[0]")]),
        ("assumed", [["person", 0, "wagee", 0]], [("replay.assumed", "assumed[0]")]),
    ],
)
def test_damage_under_a_fitting_seal_is_told(
    place: str, value: Any, expected: list[tuple[str, str | None]]
) -> None:
    assert faults(sealed(tampered(put(place, value)))) == expected


def test_several_parameters_out_of_their_range_are_told_at_once() -> None:
    data = tampered(put("parameters/parameters/low_margin.multiple/value", "x"))
    put("parameters/parameters/dibao.standard/codes/rural/value", -1)(data)
    assert faults(sealed(data)) == [("replay.parameter", "-1"), ("replay.parameter", "x")]


def test_a_number_below_its_range_is_none_of_a_date_that_need_not_be() -> None:
    text = ELDER_ALONE.replace("supporters: []", "supporters: [{person: p1, relation: child}]")
    data = freeze(determined(text))
    assert replay(data).identical
    data["facts"]["household"]["applied_on"] = 0
    data["facts"]["supporter"][0]["supporter_supported_persons"] = 0
    assert faults(sealed(data)) == [("replay.value", "supporter[0].supporter_supported_persons")]


def test_text_that_no_file_can_hold_and_brackets_without_end() -> None:
    assert faults('{"format": "\\ud800"}')[0][0] == "replay.json"
    assert faults("[" * 100_000) == [("replay.json", None)]


def test_parameters_of_another_place_or_day_do_not_fit(van: Data) -> None:
    assert [code for code, _ in faults(sealed({**van, "day": "2026-08-02"}))] == ["replay.place"]
    assert [code for code, _ in faults(sealed({**van, "region": "110000"}))] == ["replay.place"]
    assert [code for code, _ in faults(sealed({**van, "day": "yesterday"}))] == ["replay.day"]


def test_the_version_changes_with_formulas_helpers_and_parameters(monkeypatch: pytest.MonkeyPatch) -> None:
    statute = determined(WITH_A_VAN).statute
    version = law_version(statute)
    assert version == law_version(law_of("999901", DAY))
    assert version != law_version(law_of("999901", DAY, settings={"dibao.standard.rural": "561"}))
    assert version != law_version(law_of("999900", DAY))
    formula = statute.graph.formulas["person_months"]
    before = frozen._sha(frozen._formula_text(formula))
    assert before == formula_hashes(statute.graph)["person_months"]
    monkeypatch.setitem(formula.function.__globals__, "MONTHS", 11)
    assert frozen._sha(frozen._formula_text(formula)) != before
    monkeypatch.setitem(formula.function.__globals__, "MONTHS", 12)
    gap = statute.graph.formulas["gap_amount"]
    assert any("yuan_half_up" in part for part in frozen._formula_text(gap))
    twin = replace(statute.graph.formulas["dibao_money"], name="low_margin_money")
    assert frozen._formula_text(twin) != frozen._formula_text(statute.graph.formulas["low_margin_money"])


def test_the_version_is_the_same_in_every_process() -> None:
    formulas = determined(WITH_A_VAN).statute.graph.formulas
    texts = {name: frozen._formula_text(formula) for name, formula in formulas.items()}
    assert [name for name, text in texts.items() if any(" at 0x" in part for part in text)] == []
    assert "fold=doudi.rules.functions.total" in texts["own_money"]
