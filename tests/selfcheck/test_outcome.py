"""One law: the self-check says what any other reader of the law says of the same facts, to the fen; what is not known stays open."""

from __future__ import annotations

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
    assert dibao is None or dibao.chance != "likely"


def test_a_child_whose_parent_lives_elsewhere_leaves_open_what_that_parent_gives(law: Law):
    mother = {"marital": "divorced", "study": "none", "can_work": "true", **HEALTHY}
    people = {
        "person-0": {"age": 35}, "person-1": {"relation": "child", "age": 9}, "condition-0": mother,
        "condition-1": {"study": "primary", **HEALTHY}, "income-0": income(wage=50_000),
    }  # fmt: skip
    away = outcome(answers(people, elsewhere={"parents_away": 1}), law)
    alone = outcome(answers(people, elsewhere={"parents_away": 0}), law)
    assert getattr(card(alone, "dibao"), "chance", None) == "likely"
    assert getattr(card(away, "dibao"), "chance", None) == "open"


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
