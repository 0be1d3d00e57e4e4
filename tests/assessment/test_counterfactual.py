"""What would change a result: the smallest changes, to the fen, each verified by the law itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.assessment.families import ELDER_ALONE, LITTLE_KNOWN, WITH_A_VAN, determined

from doudi.assessment import counterfactual, counterfactual_trials
from doudi.assessment.counterfactual import FIXED, Change, what_would_change
from doudi.assessment.counterfactual_trials import Step, changed
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

EIGHT_MEMBERS = """
household: {area: rural}
persons:
  - {id: p1, relation: head, born: 1960-03-02, marital: married, income: {other_income: 500, gifts: 300, property_gross: 200}}
  - {id: p2, relation: spouse, born: 1962-03-02, income: {other_income: 500, gifts: 300, property_gross: 200}}
  - {id: p3, relation: parent, born: 1965-01-01, income: {other_income: 600, gifts: 300, property_gross: 200}}
  - {id: p4, relation: sibling, duty_of_support: true, born: 1966-01-01, income: {other_income: 600, gifts: 300, property_gross: 200}}
  - {id: p5, relation: sibling, duty_of_support: true, born: 1967-01-01, income: {other_income: 600, gifts: 300, property_gross: 200}}
  - {id: p6, relation: sibling, duty_of_support: true, born: 1968-01-01, income: {other_income: 600, gifts: 300, property_gross: 200}}
  - {id: p7, relation: sibling, duty_of_support: true, born: 1969-01-01, income: {other_income: 600, gifts: 300, property_gross: 200}}
  - {id: p8, relation: sibling, duty_of_support: true, born: 1970-01-01, income: {other_income: 90000, gifts: 300, property_gross: 200}}
supporters: []
assets: [{kind: deposit, value: 1000}, {kind: home, value: 100000, area: 90}, {kind: vehicle, value: 70000}]
expenses: []
"""
WITH_AN_OLD_PARENT = """
household: {area: rural}
persons:
  - {id: p1, relation: head, born: 1980-03-02, marital: widowed, income: {other_income: 6500, pension: 5984}}
  - {id: p2, relation: parent_in_law, born: 1950-05-02, marital: widowed, income: {pension: 15000}, supporters: []}
assets: []
expenses: []
"""
A_CHILD_ELSEWHERE = """
household: {area: rural}
persons:
  - id: p1
    relation: head
    born: 1960-03-02
    marital: widowed
    income: {pension: 12000}
    supporters:
      - {relation: child, born: 1985-01-01, family_size: 3, family_income: 150000, own_income: 90000, property_within_limits: false, consents: true}
assets: []
expenses: []
"""
PAYS_OTHERS = """
household: {area: rural}
persons:
  - {id: p1, relation: head, born: 1970-03-02, marital: widowed, income: {pension: 12000, transfers_paid: 1000}, supporters: []}
assets: []
expenses: []
"""
IN_SHANGHAI = """
household: {area: urban}
persons:
  - {id: p1, relation: head, born: 1972-03-02, marital: married, can_work: true, income: {wage: 60000}, supporters: []}
assets: []
expenses: [{kind: medical, amount: 30000}]
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


def test_a_late_income_is_paired_with_the_van() -> None:
    determination = determined(EIGHT_MEMBERS)
    found = what_would_change(determination)
    assert found.complete
    assert found.caveat("zh") == found.caveat("en") == ""
    assert found[0].steps == (
        Step("person", 7, "other_income", 9_000_000, 7_263_999),
        Step("asset", 2, "asset_value", 7_000_000, 5_000_000),
    )
    for change in found:
        check(determination, change)


@pytest.mark.parametrize(("calls", "told"), [(10, 0), (200, 1)])
def test_a_search_that_is_cut_short_says_so(monkeypatch: pytest.MonkeyPatch, calls: int, told: int) -> None:
    monkeypatch.setattr(counterfactual, "CALLS", calls)
    found = what_would_change(determined(EIGHT_MEMBERS))
    assert len(found) == told
    assert not found.complete
    assert f"试算到 {calls} 次为止，没有试完" in found.caveat("zh")
    assert f"cut short after {calls} trials" in found.caveat("en")
    assert ("更小的变化" in found.caveat("zh")) is bool(told)
    assert ("does not mean" in found.caveat("en")) is not bool(told)


def test_one_fact_that_suffices_only_half_way() -> None:
    # Without any pension the parent comes to tekun and counts no more: the head alone is above the line.
    determination = determined(WITH_AN_OLD_PARENT)
    found = what_would_change(determination)
    assert [(change.tier, change.steps) for change in found] == [
        ("low_margin", (Step("person", 1, "pension", 1_500_000, 767_599),))
    ]
    check(determination, found[0])


def test_of_two_facts_the_smallest_sum_where_one_gives_way_to_the_other() -> None:
    determination = determined(A_CHILD_ELSEWHERE)
    found = what_would_change(determination)
    assert found[0].steps == (
        Step("person", 0, "pension", 1_200_000, 0),
        Step("supporter", 0, "supporter_family_income", 15_000_000, 6_047_998),
    )
    for change in found:
        check(determination, change)


def test_no_figure_from_a_parameter_that_nobody_has_set() -> None:
    determination = determined(IN_SHANGHAI, region="310000")
    assert "dibao.standard" in determination.statute.unset
    assert what_would_change(determination) == []


def test_a_figure_of_the_law_is_told_where_another_parameter_is_not_set() -> None:
    settings = {"dibao.standard": "1500", "employment_cost.amount": "0", "minimum_wage": "2690"}
    determination = determined(IN_SHANGHAI, region="310000", settings=settings)
    assert "stats.disposable" in determination.statute.unset
    found = what_would_change(determination)
    assert [change.steps[0].fact for change in found] == ["wage"]
    check(determination, found[0])


def test_nobody_is_told_to_pay_others_or_to_claim_other_months() -> None:
    assert {"transfers_paid", "coresidence_months", "absence_months"} <= FIXED
    assert not counterfactual.RISING & FIXED
    named = {step.fact for change in what_would_change(determined(PAYS_OTHERS)) for step in change.steps}
    assert named == {"pension"}


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
    monkeypatch.setattr(counterfactual_trials, "traced", counted)
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
