"""What would change a result: the smallest changes, to the fen, each verified by the law itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.assessment.families import ELDER_ALONE, LITTLE_KNOWN, WITH_A_VAN, determined

from doudi.assessment import counterfactual
from doudi.assessment.counterfactual import Change, Step, changed, what_would_change
from doudi.assessment.determination import Determination, Trace, assess, traced
from doudi.rules.errors import LawError

VAN_AT_LIMIT = Step("asset", 1, "asset_value", 5_200_000, 5_000_000)
FOUR_EARN = """
household: {area: rural, safe_housing: true, safe_water: true}
persons:
  - {id: p1, relation: head, born: 1970-03-02, income: {wage: 12000, other_income: 6000}}
  - {id: p2, relation: spouse, born: 1972-03-02, income: {wage: 9000.55, transfers_paid: 1000}}
supporters: []
assets: [{kind: deposit, value: 30000}]
expenses: []
"""


def tier_with(determination: Determination, *steps: Step) -> str | None:
    """The tier under changed facts, by an evaluation of its own."""
    return assess(changed(determination.household, steps), determination.statute).tier


def one_unit_less(step: Step) -> Step:
    return replace(step, after=step.after + (1 if step.after < step.before else -1))


def check(determination: Determination, change: Change) -> None:
    """The change suffices, and with one unit less in any step it does not."""
    assert tier_with(determination, *change.steps) == change.tier
    for step in change.steps:
        if step.difference > 1:
            others = [each for each in change.steps if each is not step]
            assert tier_with(determination, *others, one_unit_less(step)) != change.tier
    if len(change.steps) == 2:
        assert change.tier not in [tier_with(determination, step) for step in change.steps]


def test_the_van_at_its_limit_comes_first() -> None:
    determination = determined(WITH_A_VAN)
    found = what_would_change(determination)
    assert [(change.tier, change.steps) for change in found[:1]] == [("dibao", (VAN_AT_LIMIT,))]
    assert found[0].zh == (
        "若财产2（机动车辆）的价值不高于 50,000.00 元（现为 52,000.00 元，相差 2,000.00 元），"
        "经测算可达到“最低生活保障家庭”的各项条件。"
    )
    assert found[0].en == (
        "If value of asset 2 (motor vehicle) were at most 50,000.00 CNY (now 52,000.00 CNY, 2,000.00 CNY less), "
        "all conditions of dibao family would be met, as computed."
    )
    for change in found:
        check(determination, change)


def test_income_to_the_last_fen_strictly_below_the_line() -> None:
    # (wage − 30 % of 560 × 12) ÷ 2 ÷ 12 < 560: a wage of 15,456 is exactly on the line.
    determination = determined(WITH_A_VAN.replace("52000", "45000").replace("wage: 9000", "wage: 24000"))
    (change,) = what_would_change(determination, "dibao")
    assert change.steps == (Step("person", 0, "wage", 2_400_000, 1_545_599),)
    check(determination, change)
    (nearer,) = what_would_change(determination)
    assert (nearer.tier, nearer.steps[0].after) == ("low_margin", 2_217_599)
    check(determination, nearer)


def test_expenditure_just_above_the_share_of_income() -> None:
    text = WITH_A_VAN.replace("wage: 9000", "wage: 30000").replace(
        "expenses: []", "expenses: [{kind: medical, amount: 3000}]"
    )
    determination = determined(text)
    found = what_would_change(determination)
    assert [(change.tier, change.steps[0].fact, change.steps[0].after) for change in found] == [
        ("rigid", "expense_amount", 1_800_001),
        ("rigid", "wage", 499_999),
    ]
    assert "不低于 18,000.01 元（现为 3,000.00 元，相差 15,000.01 元）" in found[0].zh
    for change in found:
        check(determination, change)


def test_each_income_of_the_family_alone_smallest_first() -> None:
    determination = determined(FOUR_EARN)
    found = what_would_change(determination)
    assert {change.steps[0].fact for change in found} == {"wage", "other_income"}
    differences = [change.steps[0].difference for change in found]
    assert differences == sorted(differences)
    assert len(found) == 3
    for change in found:
        check(determination, change)


def test_two_facts_where_one_is_not_enough() -> None:
    determination = determined(WITH_A_VAN.replace("wage: 9000", "wage: 24000"))
    found = what_would_change(determination, "dibao")
    assert found[0].steps == (Step("person", 0, "wage", 2_400_000, 1_545_599), VAN_AT_LIMIT)
    assert found[0].zh == (
        "若成员1（户主）的工资性收入（12个月）不高于 15,455.99 元（现为 24,000.00 元，相差 8,544.01 元），"
        "并且财产2（机动车辆）的价值不高于 50,000.00 元（现为 52,000.00 元，相差 2,000.00 元），"
        "经测算可达到“最低生活保障家庭”的各项条件。"
    )
    assert all(len(change.steps) == 2 for change in found)
    for change in found:
        check(determination, change)


def test_only_facts_that_can_be_otherwise_are_named() -> None:
    texts = (WITH_A_VAN, FOUR_EARN, WITH_A_VAN.replace("wage: 9000", "wage: 24000"))
    named = {
        step.fact for text in texts for change in what_would_change(determined(text)) for step in change.steps
    }
    assert named <= {"wage", "other_income", "asset_value"}
    assert not {"born", "sex", "relation", "illness", "disability"} & set(counterfactual.CHANGEABLE)


def test_nobody_is_told_to_call_what_they_own_by_another_name() -> None:
    for text in (WITH_A_VAN, WITH_A_VAN.replace("value: 52000", "value: 500000")):
        for goal in (None, "dibao", "single_dibao", "low_margin"):
            for change in what_would_change(determined(text), goal):
                assert "用途" not in change.zh
                assert "asset_purpose" not in {step.fact for step in change.steps}


def test_nothing_is_said_where_nothing_can_be() -> None:
    assert what_would_change(determined(ELDER_ALONE)) == []
    assert what_would_change(determined(LITTLE_KNOWN)) == []
    assert what_would_change(determined(WITH_A_VAN.replace("52000", "45000")), "low_margin") == []
    with pytest.raises(LawError):
        what_would_change(determined(WITH_A_VAN), "rich")


def test_the_law_is_applied_a_limited_number_of_times(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0

    def counted(*args: object) -> Trace:
        nonlocal calls
        calls += 1
        return traced(*args)  # type: ignore[arg-type]

    persons = "".join(
        f"  - {{id: q{n}, relation: child, born: 2012-01-01, income: {{wage: 9000, gifts: 100, pension: {n + 1}}}}}\n"
        for n in range(8)
    )
    text = FOUR_EARN.replace("supporters", persons + "supporters", 1)
    determination = determined(text)
    monkeypatch.setattr(counterfactual, "traced", counted)
    what_would_change(determination, "dibao")
    assert 0 < calls <= counterfactual.CALLS


def test_plain_data() -> None:
    (step,) = what_would_change(determined(WITH_A_VAN))[0].as_data()["steps"]
    assert step == {
        "entity": "asset",
        "row": 1,
        "fact": "asset_value",
        "before": 5_200_000,
        "after": 5_000_000,
        "difference": 200_000,
    }
