"""Discretion: what turns on a value inside an elastic range, the most favourable reading first."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.assessment.families import DAY, ELDER_ALONE, FOUND_A_JOB, WITH_A_VAN, determined

from doudi.assessment.determination import assess
from doudi.assessment.discretion import discretion
from doudi.assessment.statute import law_of

CAP = "property.vehicle_cap"


def test_a_van_a_little_too_dear_goes_to_collective_review() -> None:
    found = discretion(determined(WITH_A_VAN))
    assert found.discretionary
    assert (found.local.tier, found.best.tier, found.best.persons) == ("none", "dibao", ("dibao", "dibao"))
    first = found.elastic[0]
    assert (first.path, first.local, first.low, first.high) == (
        f"{CAP}.dibao",
        5_000_000,
        4_000_000,
        6_000_000,
    )
    assert (first.at_low.tier, first.at_high.tier, first.favourable.values) == (
        "none",
        "dibao",
        {f"{CAP}.dibao": 6_000_000},
    )
    assert [(test.name, test.value, test.limit, test.distance) for test in first.turned] == [
        ("dibao_vehicle_value", 5_200_000, 5_000_000, -200_000)
    ]
    assert first.sentence == (
        "车辆价值限额（最低生活保障）：有 1 项条件未满足，相差 2,000.00 元；在当地弹性幅度（40000.00 元 至 60000.00 元）以内；"
        "提交集体研究（一事一议）；最有利于家庭的理解：最低生活保障家庭。"
    )
    assert [each.path for each in found.elastic] == [f"{CAP}.dibao", f"{CAP}.low_margin", "grace.months"]


def test_the_same_in_english() -> None:
    first = discretion(determined(WITH_A_VAN), "en").elastic[0]
    assert first.sentence == (
        "Highest value of a vehicle (minimum living guarantee): one test fails, by 2,000.00 CNY; "
        "within the local elastic range (40000.00 CNY to 60000.00 CNY); goes to collective review; "
        "most favourable reading: yes, dibao family."
    )


@pytest.mark.parametrize(
    ("value", "tier", "discretionary"),
    [
        (39_999, "dibao", False),
        (40_000, "dibao", False),
        (40_001, "dibao", True),
        (50_000, "dibao", True),
        (60_000, "none", True),
        (60_001, "none", False),
    ],
)
def test_only_inside_the_range(value: int, tier: str, discretionary: bool) -> None:
    found = discretion(determined(WITH_A_VAN.replace("52000", str(value))))
    assert (found.local.tier, found.discretionary) == (tier, discretionary)


def test_what_holds_only_under_the_local_value_is_discretionary_too() -> None:
    first = next(
        each
        for each in discretion(determined(WITH_A_VAN.replace("52000", "45000"))).elastic
        if each.code == "dibao"
    )
    assert (first.at_low.tier, first.favourable.values, first.turned) == ("low_margin", {}, ())
    assert "按当地现行取值符合，在弹性幅度另一端为“低保边缘家庭”" in first.sentence


def test_nothing_turns_on_elastic_values_for_an_elder_alone() -> None:
    found = discretion(determined(ELDER_ALONE))
    assert (found.discretionary, found.best) == (False, found.local)
    assert not any(each.changes_amount for each in found.elastic)


def test_months_of_grace_change_the_amount_and_no_tier() -> None:
    late = FOUND_A_JOB.replace("grace_from: 2026-07-01", "grace_from: 2026-02-01")
    months = next(each for each in discretion(determined(late)).elastic if each.name == "grace.months")
    assert (months.discretionary, months.changes_amount) == (False, True)
    assert (
        months.sentence
        == "渐退期月数：在当地弹性幅度（3 个月 至 12 个月）以内取值，类别不变，每月金额有变化。"
    )


def under_overlay(tmp_path: Path, text: str, household: str) -> object:
    overlay = tmp_path / "999902-other.yaml"
    overlay.write_text(text, encoding="utf-8")
    statute = law_of("999902", DAY, overlay=overlay)
    return discretion(assess(determined(household).household, statute))


def overlay_of(parameters: str) -> str:
    return f"region: '999902'\nzh: 另一县\nen: Other County\nlevel: county\nnote: Does not exist.\nparameters:\n{parameters}"


def elastic(name: str, value: str, low: str, high: str) -> str:
    span = f"{{low: {low}, high: {high}}}"
    return f"  {name}:\n    - {{from: 2021-07-01, value: {value}, elastic: {span}, reference: demo-rules, verified: false}}\n"


def test_a_cell_taken_from_another_one_moves_with_it(tmp_path: Path) -> None:
    value, low, high = ("{dibao: 50000, low_margin: 50000}", "{low_margin: 40000}", "{low_margin: 60000}")
    rich = WITH_A_VAN.replace("wage: 9000", "wage: 30000").replace(
        "expenses: []", "expenses: [{kind: medical, amount: 25000}]"
    )
    found = under_overlay(tmp_path, overlay_of(elastic(CAP, value, low, high)), rich)
    (cap,) = [each for each in found.elastic if each.name == CAP]
    assert (cap.code, cap.together) == ("low_margin", (f"{CAP}.rigid",))
    assert (found.local.tier, cap.at_low.tier, cap.at_high.tier) == ("none", "none", "rigid")
    assert [test.name for test in cap.turned] == ["low_margin_vehicle_value", "rigid_vehicle_value"]


def test_two_values_that_must_move_together(tmp_path: Path) -> None:
    caps = elastic(CAP, "{dibao: 50000, low_margin: 50000}", "{dibao: 40000}", "{dibao: 60000}")
    months = elastic("property.money_months", "{dibao: 8, low_margin: 9}", "{dibao: 6}", "{dibao: 12}")
    found = under_overlay(tmp_path, overlay_of(caps + months), WITH_A_VAN)
    assert not any(each.discretionary for each in found.elastic)
    assert (found.local.tier, found.best.tier, found.discretionary) == ("none", "dibao", True)
    assert found.best.values == {f"{CAP}.dibao": 6_000_000, "property.money_months.dibao": 12}


def test_plain_data() -> None:
    data = discretion(determined(WITH_A_VAN)).as_data()
    assert data["discretionary"] is True
    assert data["elastic"][0]["turned"] == [
        {
            "name": "dibao_vehicle_value",
            "row": None,
            "value": 5_200_000,
            "limit": 5_000_000,
            "distance": -200_000,
        }
    ]
