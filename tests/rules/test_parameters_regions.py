"""Regions, overlays, gaps, differences, and parameters frozen and restored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from doudi.rules.errors import LawError, ParameterError, RegionError, ReplayError
from doudi.rules.parameters import Parameters, Resolved
from tests.rules.small_law import AREA, COUNTY, FILES, load, restored_by

URBAN, RURAL = AREA.index("urban"), AREA.index("rural")
OVERLAY = """
region: "999901"
zh: 试验县
en: Trial County
level: county
parameters:
  line.multiple:
    - {from: 2026-01-01, value: 1.9, source: "https://example.org/new", verified: false}
"""


@pytest.fixture
def law(tmp_path: Path) -> Parameters:
    return load(tmp_path)


def test_the_tree_of_regions(law: Parameters):
    nation = law.regions()
    shown = [(each.code, each.zh, each.en, each.level, each.parent) for each in nation.walk()]
    assert shown == [
        ("000000", "全国", "National", "national", None),
        ("990000", "试验省", "Trial Province", "province", "000000"),
        ("999900", "试验市", "Trial City", "prefecture", "990000"),
        ("999901", "试验县", "Trial County", "county", "999900"),
    ]


def test_a_district_of_a_municipality_stands_below_the_province(tmp_path: Path):
    text = "region: '{}'\nzh: {}\nen: {}\nlevel: {}\nparameters: {{}}\n"
    law = load(
        tmp_path,
        {
            "regions/310000-shanghai.yaml": text.format("310000", "上海市", "Shanghai", "province"),
            "regions/310115-pudong.yaml": text.format("310115", "浦东新区", "Pudong", "county"),
        },
        whole=True,
    )
    assert [region.code for region in law.chain("Pudong")] == ["000000", "310000", "310115"]
    assert {region.code: region.parent for region in law.regions().walk()}["310115"] == "310000"


@pytest.mark.parametrize(
    "text", ["999901", "试验县", "Trial County", "trial county", "trial-county", " 999901 "]
)
def test_a_region_is_named_by_code_or_name(law: Parameters, text: str):
    assert law.region(text).code == "999901"
    assert [region.code for region in law.resolve(text, 20250301).chain] == [
        "000000",
        "990000",
        "999900",
        "999901",
    ]


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("999902", "999901 试验县 Trial County"),
        ("试验区", "999901 试验县 Trial County"),
        ("Trail County", "999901 试验县 Trial County"),
    ],
)
def test_an_unknown_region_names_the_nearest(law: Parameters, text: str, near: str):
    with pytest.raises(RegionError) as caught:
        law.resolve(text, "2025-03-01")
    assert caught.value.problems[0].code == "region.unknown"
    assert near in caught.value.problems[0].remedy_en


def test_a_region_far_from_all_is_pointed_to_overlays(law: Parameters):
    with pytest.raises(RegionError) as caught:
        law.region("成都")
    assert "--overlay" in caught.value.problems[0].remedy_zh


def test_the_beginning_of_a_name_is_enough_when_it_is_the_only_one(law: Parameters, tmp_path: Path):
    with pytest.raises(RegionError) as caught:
        law.region("试验")
    assert caught.value.problems[0].code == "region.ambiguous"
    other = COUNTY.replace("999901", "999902").replace("试验县", "东山县").replace("Trial County", "Dongshan")
    assert load(tmp_path, {"regions/999902-east.yaml": other}).region("东山").code == "999902"


def test_an_overlay_stands_above_the_file_of_its_region(law: Parameters, tmp_path: Path):
    path = tmp_path / "reform.yaml"
    path.write_text(OVERLAY.lstrip("\n"), encoding="utf-8")
    changed = law.with_overlay(path)
    assert changed.resolve("999901", "2026-03-01").value("line.multiple") == 19_000
    assert changed.resolve("999901", "2026-03-01").at("line.standard", "rural") == 48_000
    assert changed.resolve("999901", "2025-12-31").value("line.multiple") == 15_000
    assert law.resolve("999901", "2026-03-01").value("line.multiple") == 25_000
    source = changed.resolve("999901", "2026-03-01").source("line.multiple")
    assert source is not None
    assert (source.level, source.file, source.line) == ("999901", "reform.yaml", 7)


def test_an_overlay_of_a_level_above_stays_below_the_county(law: Parameters, tmp_path: Path):
    path = tmp_path / "province.yaml"
    text = OVERLAY.replace("999901", "990000").replace("level: county", "level: province")
    path.write_text(text.replace("line.multiple", "line.standard").replace("1.9", "800"), encoding="utf-8")
    resolved = law.with_overlay(path).resolve("999901", "2026-03-01")
    assert resolved.value("line.standard") == {URBAN: 72_000, RURAL: 48_000}


def test_an_overlay_brings_a_region_of_its_own(law: Parameters, tmp_path: Path):
    path = tmp_path / "sichuan.yaml"
    text = OVERLAY.replace("999901", "510104").replace("试验县", "锦江区").replace("Trial County", "Jinjiang")
    path.write_text(text, encoding="utf-8")
    changed = law.with_overlay(path)
    assert changed.resolve("锦江区", "2026-03-01").value("line.multiple") == 19_000
    assert [region.code for region in changed.chain("510104")] == ["000000", "510104"]
    with pytest.raises(RegionError):
        law.region("510104")


def test_an_overlay_is_checked_like_the_shipped_files(law: Parameters, tmp_path: Path):
    path = tmp_path / "bad.yaml"
    text = OVERLAY.lstrip("\n").replace("1.9", "1.99999").replace("level: county", "level: town")
    path.write_text(text + "  line.multipel: []\n", encoding="utf-8")
    with pytest.raises(ParameterError) as caught:
        law.with_overlay(path)
    assert [(problem.code, problem.line) for problem in caught.value.problems] == [
        ("region.level", 4),
        ("unit.too_many_decimals", 7),
        ("parameter.unknown", 8),
    ]


def test_gaps_tell_what_is_unset_and_what_was_last_known(law: Parameters):
    gaps = {gap.name: gap for gap in law.gaps("999900", "2026-03-01")}
    assert set(gaps) == {"pension.counted"}
    gap = gaps["pension.counted"]
    assert (gap.codes, gap.since, gap.last) == ((), 20260101, 0)
    assert gap.source is not None
    assert gap.last_source is not None
    assert gap.last_source.until == 20251231
    national = {gap.name: gap for gap in law.gaps("000000", "2026-03-01")}
    never = national["line.standard"]
    assert (never.codes, never.since, never.last) == (("urban", "rural"), None, None)
    assert (never.definition.unit.name, str(never.definition.reference)) == ("CNY/person/month", "mf-1:5")


def test_gaps_of_some_codes_and_after_an_end(tmp_path: Path):
    province = FILES["regions/990000-trial-province.yaml"].replace(
        "{from: 2022-01-01, value: {urban: 600.50, rural: 450}",
        "{from: 2022-01-01, until: 2022-12-31, value: {urban: 600.50, rural: 450}",
    )
    law = load(tmp_path, {"regions/990000-trial-province.yaml": province})
    (gap,) = [gap for gap in law.gaps("999900", "2025-03-01") if gap.name == "line.standard"]
    assert (gap.codes, gap.since, gap.last) == (("rural",), 20230101, 45_000)


def test_what_differs_between_two_days_and_two_regions(law: Parameters):
    days = {(each.name, each.code): each for each in law.diff("999901", "2025-12-31", "2026-07-01")}
    assert set(days) == {("line.multiple", None), ("pension.counted", None), ("line.standard", "rural")}
    multiple = days["line.multiple", None]
    assert (multiple.before.value, multiple.after.value) == (15_000, 25_000)
    regions = law.diff("999900", "2025-03-01", other_region="999901")
    assert [(each.name, each.code, each.before.value, each.after.value) for each in regions] == [
        ("line.standard", "rural", 45_000, 48_000)
    ]
    assert law.diff("999900", "2025-03-01") == []


def frozen(resolved: Resolved) -> str:
    return json.dumps(resolved.canonical(), ensure_ascii=False)


@pytest.mark.parametrize("day", ["2025-03-01", "2026-07-01"])
def test_what_is_frozen_is_restored(law: Parameters, day: str):
    resolved = law.resolve("999901", day)
    restored = restored_by(law, json.loads(frozen(resolved)))
    assert {name: restored.value(name) for name in law.definitions} == {
        name: resolved.value(name) for name in law.definitions
    }
    assert frozen(restored) == frozen(resolved)
    assert restored.elastic_values() == resolved.elastic_values()
    assert [fault.sentence() for fault in restored.faults] == [fault.sentence() for fault in resolved.faults]
    source, original = restored.source("line.standard", "rural"), resolved.source("line.standard", "rural")
    assert source is not None
    assert original is not None
    assert (source.file, source.reference, source.start) == (
        original.file,
        original.reference,
        original.start,
    )
    assert restored.replace({"line.guide": "null"}).value("line.standard") == resolved.replace(
        {"line.guide": "null"}
    ).value("line.standard")


def test_the_canonical_form_is_the_same_on_every_machine(tmp_path: Path):
    one = load(tmp_path / "one").resolve("999901", "2026-07-01").canonical()
    shifted = {name: "# a remark\n\n" + text.lstrip("\n") for name, text in FILES.items()}
    other = load(tmp_path / "elsewhere" / "two", shifted).resolve("999901", "2026-07-01").canonical()
    assert json.dumps(one) == json.dumps(other)
    assert list(one["parameters"]) == sorted(one["parameters"])
    assert one["parameters"]["age.reached"]["value"] == "birthday"
    assert list(one["parameters"]["line.standard"]["codes"]) == ["rural", "urban"]


def test_without_sources_only_what_a_computation_depends_on(law: Parameters, tmp_path: Path):
    county = COUNTY.replace("verified: true", "verified: false, note: seen again")
    other = load(tmp_path / "other", {"regions/999901-trial-county.yaml": county})
    one, two = law.resolve("999901", 20250301), other.resolve("999901", 20250301)
    assert one.canonical() != two.canonical()
    assert one.canonical(sources=False) == two.canonical(sources=False)


def test_a_parameter_that_came_later_is_unset_in_an_old_determination(law: Parameters):
    data = law.resolve("999901", "2025-03-01").canonical()
    del data["parameters"]["grace.months"], data["parameters"]["line.guide"]
    restored = restored_by(law, data)
    assert restored.value("grace.months") is None
    assert restored.value("line.guide") == {URBAN: None, RURAL: None}


def test_what_is_no_longer_known_cannot_be_replayed(law: Parameters):
    data = law.resolve("999901", "2025-03-01").canonical()
    data["parameters"]["gone.parameter"] = {"value": 1}
    data["parameters"]["line.standard"]["codes"]["suburban"] = {"value": 1}
    data["parameters"]["line.guide"]["by"] = "study"
    data["sources"][0]["reference"] = "gone:1"
    with pytest.raises(ReplayError) as caught:
        restored_by(law, data)
    assert sorted(problem.code for problem in caught.value.problems) == [
        "reference.unknown_document", "replay.gone", "replay.gone", "replay.gone",
    ]  # fmt: skip


@pytest.mark.parametrize("data", [{}, {"parameters": {}, "chain": [], "faults": []}, {"parameters": []}])
def test_other_data_cannot_be_replayed(law: Parameters, data: dict[str, object]):
    with pytest.raises(ReplayError):
        restored_by(law, data)


def test_errors_of_the_law_are_one_family(law: Parameters):
    with pytest.raises(LawError):
        law.resolve("999901", "2025-03-01").replace({"nothing": "1"})
