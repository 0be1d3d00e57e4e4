"""One law: the self-check says what any other reader of the law says of the same facts, to the fen; what is not known stays open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
import yaml

from doudi.assessment.determination import assess
from doudi.assessment.statute import law_of
from doudi.facts.household_file import read_household
from doudi.programmes.law import Offer
from doudi.programmes.law import law_of as law_of_programmes
from doudi.programmes.standing import standings
from doudi.selfcheck.answers import Answers
from doudi.selfcheck.cards import Card
from doudi.selfcheck.household import document, household_of
from doudi.selfcheck.law import Law
from doudi.selfcheck.outcome import Outcome, outcome
from doudi.selfcheck.questions import Answer
from tests.selfcheck.told import HEALTHY, answers, income, old_couple, van_family

DAY = date(2026, 8, 1)
PLACE = "999901"


@pytest.fixture(scope="module")
def law() -> Law:
    """The law of the demonstration county."""
    found = Law.of(PLACE, DAY)
    found.make_ready()
    return found


def card(found: Outcome, name: str) -> Card | None:
    """The card of a programme or tier."""
    return next((each for each in found.cards if each.id == name), None)


def chance(found: Outcome, name: str) -> str | None:
    """The chance of a programme or tier; None where it has no card."""
    return getattr(card(found, name), "chance", None)


FAMILIES = {
    "old couple": old_couple(),
    "childless couple": old_couple(elsewhere={"children_away": 0}),
    "van": van_family(5_200_000),
    "patient": van_family(4_000_000).with_step(
        "costs", {"medical": 3_000_000, "education": 0, "rent_paid": 0}
    ),
    "all left open": old_couple().with_step("means", {}).with_step("costs", {}).with_step("income-1", {}),
}


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_the_same_household_written_as_a_file_comes_to_the_same(family: Answers, law: Law, tmp_path: Path):
    path = tmp_path / "household.yaml"
    path.write_text(yaml.safe_dump(document(family, DAY), allow_unicode=True), "utf-8")
    household = read_household(path, DAY)
    beside = standings(household, Offer(law_of_programmes(PLACE, DAY)))
    found = outcome(family, law)
    due = {
        (each.programme.id, each.due)
        for each in beside.standings
        if each.due and each.programme.form != "insurance"
    }
    assert {(each.id, share.fen) for each in found.cards for share in each.shares} == due
    tier = assess(household, law_of(PLACE, DAY)).tier_range
    codes = law.statute.variable("tier").kind.codes
    assert codes is not None
    assert found.tiers == tuple(codes.label(each) for each in tier)


def test_the_silent_learn_that_they_are_eligible(law: Law):
    found = outcome(old_couple(), law)
    dibao = card(found, "dibao")
    assert dibao is not None
    assert dibao.chance == "likely"
    # 560 yuan of standard less 150 of pension is 410; the nearest band of the county is 420, for two.
    assert [share.text for share in dibao.shares] == ["每月 840.00 元"]
    assert any("家庭月人均收入 150.00 元" in reason.text for reason in dibao.reasons)
    assert all(reason.state == "met" for reason in dibao.reasons)
    assert found.monthly >= 84_000


def test_without_anybody_who_owes_support_they_are_in_extreme_hardship(law: Law):
    found = outcome(old_couple(elsewhere={"children_away": 0}), law)
    living = card(found, "tekun_living")
    assert living is not None
    assert living.chance == "likely"
    assert len(living.shares) == 2
    assert living.shares[0].whose == "成员1（户主）"


def test_a_little_over_is_told_as_just_that(law: Law):
    over, within = outcome(van_family(5_200_000), law), outcome(van_family(5_000_000), law)
    close, dibao = card(over, "dibao"), card(within, "dibao")
    assert close is not None
    assert close.chance == "close"
    assert not close.shares
    assert [reason.text for reason in close.reasons if reason.state == "failed"] == [
        "单台车辆农机价值 52,000.00 元，超过低保限额 50,000.00 元（超出 2,000.00 元）：未满足。"
    ]
    assert dibao is not None
    assert dibao.chance == "likely"
    assert card(outcome(van_family(9_000_000), law), "dibao") is None, "far over is not close"


def test_a_home_too_many_is_not_a_little_over(law: Law):
    two, three = (outcome(van_family(5_000_000, homes=homes), law) for homes in (2, 3))
    assert chance(two, "dibao") == "open", "their area decides and is not asked"
    assert chance(three, "dibao") is None


def test_what_is_left_open_is_asked_for_and_leads_to_its_step(law: Law):
    told = old_couple().with_step(
        "means", {"deposits": None, "vehicle": None, "homes": 1, "business": "false"}
    )
    found = outcome(told, law)
    dibao = card(found, "dibao")
    assert dibao is not None
    assert dibao.chance == "open"
    assert [step.key for step, _ in found.left_open()] == ["means"]


@pytest.mark.parametrize("step", ["income-0", "costs", "means", "support-0", "home", "urgent", "condition-0"])
def test_nothing_that_was_left_open_becomes_zero(step: str, law: Law):
    """Whatever is due without the answers of a step may not be certain where an answer could take it away."""
    full, empty = old_couple(), Answers({**old_couple().told, step: {}})
    assert household_of(empty, DAY).facts != household_of(full, DAY).facts or step == "urgent"
    certain = {each.id: each.shares for each in outcome(empty, law).of("likely")}
    rich = {
        "income-0": income(wage=900_000), "means": {**full.told["means"], "deposits": 90_000_000},
        "support-0": {"age": 45, "own_income": 90_000_000, "family_size": 1, "family_income": 90_000_000},
    }  # fmt: skip
    if step in rich:
        other = outcome(Answers({**full.told, step: rich[step]}), law)
        kept = {each.id: each.shares for each in other.of("likely")}
        assert certain.items() <= kept.items()


def test_a_patient_whose_bills_are_not_known_is_not_told_there_is_no_medical_aid(law: Law):
    told = old_couple(elsewhere={"children_away": 0}).with_step(
        "costs", {"medical": 3_000_000, "education": 0, "rent_paid": 0}
    )
    aid = card(outcome(told, law), "inpatient_aid")
    assert aid is not None
    assert aid.chance == "open"
    assert "住院总费用" in outcome(told, law).found_later()


def test_an_emergency_opens_temporary_aid(law: Law):
    told = van_family(4_000_000).with_step(
        "urgent", {"urgent_event": "fire", "urgent_need": 800_000, "needs": ("none",)}
    )
    found = outcome(told, law)
    aid = card(found, "urgent_aid")
    assert aid is not None
    assert aid.kind == "urgent"
    assert aid.chance == "likely"
    assert aid.shares


def test_aid_that_is_held_is_not_offered_again(law: Law):
    found = outcome(old_couple(held={"held": ("dibao",)}), law)
    dibao = card(found, "dibao")
    assert dibao is not None
    assert dibao.chance == "held"
    assert [share.fen for share in dibao.shares] == [84_000]


MOTHER: dict[str, Answer] = {"marital": "divorced", "study": "none", "can_work": "true", **HEALTHY}


def single_mother(**more: Mapping[str, Answer]) -> Answers:
    """A divorced woman of 35 who earns 500 yuan a month, with a child of 9."""
    people = {
        "person-0": {"age": 35}, "person-1": {"relation": "child", "age": 9}, "condition-0": MOTHER,
        "condition-1": {"study": "primary", **HEALTHY}, "income-0": income(wage=50_000),
    }  # fmt: skip
    return answers(people, **more)


def test_what_a_parent_elsewhere_owes_is_asked_for_and_settles_the_matter(law: Law):
    alone = outcome(single_mother(elsewhere={"parents_away": 0}), law)
    away = outcome(single_mother(elsewhere={"parents_away": 1}), law)
    assert chance(alone, "dibao") == "likely"
    assert chance(away, "dibao") == "open"
    assert [step.key for step, _ in away.left_open()] == ["support-0"]
    poor = {"age": 38, "own_income": 600_000, "family_size": 2, "family_income": 600_000}
    assert (
        chance(outcome(single_mother(elsewhere={"parents_away": 1}, **{"support-0": poor}), law), "dibao")
        == "likely"
    )


def test_each_supporter_is_asked_about_on_their_own_step(law: Law):
    rich = {"age": 45, "own_income": 4_000_000, "family_size": 4, "family_income": 4_000_000}
    found = outcome(old_couple(elsewhere={"children_away": 2}, **{"support-0": rich, "support-1": {}}), law)
    assert {step.key for step, _ in found.left_open()} == {"support-1"}


def test_a_disabled_son_is_not_taken_for_the_father_of_his_sister(law: Law):
    """Old parents with a disabled son of 40: whose children live elsewhere cannot be told by one number, so it stays open."""
    able: dict[str, Answer] = {"marital": "married", **HEALTHY, "cannot": ("none",)}
    son: dict[str, Answer] = {
        "marital": "single",
        "can_work": "false",
        **HEALTHY,
        "disability": "limb",
        "disability_grade": "1",
    }
    people = {
        "person-0": {"age": 70}, "person-1": {"relation": "spouse", "age": 68}, "person-2": {"relation": "child", "age": 40},
        "condition-0": able, "condition-1": able, "condition-2": son, "income-0": income(pension=100_000),
        "income-1": income(pension=100_000), "income-2": income(),
    }  # fmt: skip
    told = answers(people)
    assert told.step("elsewhere") is None
    assert "supporters" not in document(told, DAY)


@pytest.mark.parametrize("marital", ["married", "widowed"])
def test_who_is_married_to_somebody_elsewhere_is_not_taken_to_be_alone(law: Law, marital: str):
    people = {
        "person-0": {"age": 64}, "condition-0": {"marital": marital, **HEALTHY, "cannot": ("none",)}, "income-0": income(),
    }  # fmt: skip
    found = outcome(answers(people, elsewhere={"children_away": 0}), law)
    assert chance(found, "tekun_living") == ("open" if marital == "married" else "likely")
    told = answers(people)
    assert (told.step("elsewhere") is None) == (marital == "married"), "what could not be used is not asked"
    if marital == "married":
        assert found.left_open() == ()
        assert "户外法定义务人情况（尚未申报）" in found.found_later()


def test_a_disabled_adult_alone_is_asked_about_parents(law: Law):
    people = {
        "person-0": {"age": 40}, "income-0": income(),
        "condition-0": {"marital": "single", "can_work": "false", **HEALTHY, "disability": "limb", "disability_grade": "1"},
    }  # fmt: skip
    told = answers(people)
    assert told.next_open() == told.step("elsewhere")
    assert {each.name for each in told.asked(told.step("elsewhere"))} == {"children_away", "parents_away"}  # type: ignore[arg-type]
    parent = {"age": 65, "own_income": 5_000_000, "family_size": 2, "family_income": 8_000_000}
    with_parent = answers(people, elsewhere={"children_away": 0, "parents_away": 1}, **{"support-0": parent})
    assert chance(outcome(with_parent, law), "tekun_living") is None
    nobody = answers(people, elsewhere={"children_away": 0, "parents_away": 0})
    assert chance(outcome(nobody, law), "tekun_living") == "likely"


def test_what_became_of_parents_who_are_not_there_is_not_known(law: Law):
    people = {
        "person-0": {"age": 66}, "person-1": {"relation": "grandchild", "age": 10}, "income-0": income(pension=50_000),
        "condition-0": {"marital": "widowed", **HEALTHY, "cannot": ("none",)}, "condition-1": {"study": "primary", **HEALTHY},
    }  # fmt: skip
    found = outcome(answers(people, elsewhere={"children_away": 0, "parents_away": 0}), law)
    assert chance(found, "orphan_living") == "open"


@pytest.mark.parametrize("relation", ["sibling", "grandparent", "grandchild", "other"])
def test_a_duty_that_rests_on_a_condition_is_asked_and_never_taken_for_granted(relation: str):
    people = {
        "person-0": {"age": 50}, "person-1": {"relation": relation, "age": 40}, "income-0": income(wage=800_000),
        "condition-0": {"marital": "single", "can_work": "true", **HEALTHY},
        "condition-1": {"marital": "single", "can_work": "true", **HEALTHY}, "income-1": income(wage=4_000_000),
    }  # fmt: skip
    told = answers(people)
    assert "duty_of_support" in {each.name for each in told.asked(told.step("condition-1"))}  # type: ignore[arg-type]
    assert "duty_of_support" not in {each.name for each in told.asked(told.step("condition-0"))}  # type: ignore[arg-type]
    left_open = household_of(told, DAY).facts["person"][1]
    assert left_open["duty_of_support"] is None
    bound = told.with_step("condition-1", {**told.told["condition-1"], "duty_of_support": "true"})
    assert household_of(bound, DAY).facts["person"][1]["duty_of_support"] is True


@pytest.mark.parametrize("relation", ["spouse", "child", "parent", "child_in_law", "parent_in_law"])
def test_a_duty_without_a_condition_is_not_asked(relation: str):
    people = {"person-0": {"age": 50}, "person-1": {"relation": relation, "age": 40}}
    told = answers(people)
    assert "duty_of_support" not in {each.name for each in told.asked(told.step("condition-1"))}  # type: ignore[arg-type]
    assert household_of(told, DAY).facts["person"][1]["duty_of_support"] is True


def test_the_central_part_of_a_residents_pension_is_told_apart(law: Law):
    """163 yuan a month of 170 are set by the centre, which the demonstration county does not count."""
    people = {
        "person-0": {"age": 72}, "condition-0": {"marital": "widowed", **HEALTHY, "cannot": ("none",)},
        "income-0": income(resident_pension=17_000, alimony_received=45_000),
    }  # fmt: skip
    told = answers(people, elsewhere={"children_away": 0})
    written = document(told, DAY)["persons"][0]["income"]
    assert (written["basic_pension_central"], written["pension"]) == ("1956.00", "84.00")
    assert outcome(told, law).pension_is_split


def test_dialysis_and_school_fees_are_not_nothing(law: Law):
    ill: dict[str, Answer] = {**MOTHER, "illness": "uraemia"}
    told = single_mother(
        elsewhere={"parents_away": 0},
        costs={"medical": 5_000_000, "education": 1_500_000, "rent_paid": 0},
        **{"condition-0": ill},
    )
    found = outcome(told, law)
    assert chance(found, "outpatient_aid") == "open"
    assert {"门诊慢特病总费用", "住院总费用"} <= set(found.found_later())
    assert document(told, DAY)["persons"][1]["tuition"] == "unknown"


def test_an_emergency_that_is_not_named_stays_open(law: Law):
    told = van_family(4_000_000).with_step(
        "urgent", {"urgent_event": None, "urgent_need": None, "needs": ("none",)}
    )
    assert chance(outcome(told, law), "urgent_aid") == "open"


def test_a_home_whose_size_is_not_known_is_not_small(law: Law):
    told = van_family(4_000_000).with_step("place", {"area": "urban", "has_residence_registration": "true"})
    means = dict(told.told["means"])
    assert chance(outcome(told, law), "public_rental") is None
    assert (
        chance(outcome(told.with_step("means", {**means, "home_area": None}), law), "public_rental")
        != "likely"
    )


def test_kind_and_grade_that_contradict_each_other_are_not_known():
    told = single_mother(
        elsewhere={"parents_away": 0}, **{"condition-0": {**MOTHER, "disability_grade": "2"}}
    )
    assert document(told, DAY)["persons"][0]["disability"] == "unknown"


def test_whoever_has_nothing_is_told_what_stands_in_the_way(law: Law):
    found = outcome(single_mother(elsewhere={"parents_away": 0}, **{"income-0": income(wage=900_000)}), law)
    assert not found.of("likely", "open", "close")
    assert [reason.state for reason in found.why_not] == ["failed"]
    assert "家庭月人均收入" in found.why_not[0].text


def test_answers_that_no_longer_concern_somebody_go(law: Law):
    told = old_couple().with_step("person-0", {"age": 40})
    assert "cannot" not in told.told["condition-0"]


def test_where_a_place_has_set_nothing_programmes_are_said_to_be_unset():
    found = outcome(old_couple(), Law.of("610124", DAY))
    assert found.of("unset")
    assert not found.of("likely")


def test_in_english_everything_is_english(law: Law):
    found = outcome(old_couple(), law, "en")
    texts = [
        each.name + "".join(each.formula) + "".join(reason.text for reason in each.reasons)
        for each in found.cards
    ]
    assert found.tiers[0] == "dibao family"
    assert not [text for text in texts if any("一" <= sign <= "鿿" for sign in text)]
