"""What a household gets, misses, receives too little or too much of, and why not: told for each programme."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from doudi.facts.household import HouseholdFacts
from doudi.facts.household_file import read_household
from doudi.programmes.law import Offer, law_of
from doudi.programmes.standing import STATES, standings
from doudi.programmes.waterfall import waterfall

DAY = date(2026, 8, 1)
OFFER = Offer(law_of("999901", DAY))
COUPLE = """\
household: {{area: rural{own}}}
persons:
  - {{id: head, relation: head, born: 1970-01-01, can_work: true, income: {{wage: {wage}}}{head}}}
  - {{id: wife, relation: spouse, born: 1972-01-01, income: {{wage: 0}}{wife}}}
supporters: []
assets: []
expenses: []
holdings: [{holdings}]
"""
Couple = Callable[..., HouseholdFacts]


@pytest.fixture
def couple(tmp_path: Path) -> Couple:
    """A couple with more facts of the household, of either of them, and with holdings."""

    def made(
        wage: int = 6000, own: str = "", head: str = "", wife: str = "", holdings: str = ""
    ) -> HouseholdFacts:
        path = tmp_path / "couple.yaml"
        path.write_text(COUPLE.format(wage=wage, own=own, head=head, wife=wife, holdings=holdings), "utf-8")
        return read_household(path, DAY)

    return made


def state(household: HouseholdFacts, programme: str, row: int | None = None) -> tuple[str, Any, Any]:
    one = standings(household, OFFER).of(programme, row)
    return one.state, one.due, one.held


NURSING = "programme: other_aid, item: disability_nursing, owner: wife, monthly: {}, since: 2024-01-01"
DISABLED = ", disability: limb, disability_grade: 1"


@pytest.mark.parametrize(
    ("monthly", "expected"),
    [(None, "missed"), ("120", "gets"), ("90", "short"), ("150", "beyond"), ("unknown", "undetermined")],
)
def test_what_is_held_is_compared_with_what_is_due(couple: Couple, monthly: str | None, expected: str):
    held = "{" + NURSING.format(monthly) + "}" if monthly else ""
    found, due, _ = state(couple(wife=DISABLED, holdings=held), "disability_nursing", 1)
    assert (found, due) == (expected, 12_000)


def test_what_is_held_without_being_due_is_beyond(couple: Couple):
    held = "{" + NURSING.format("120") + "}"
    assert state(couple(holdings=held), "disability_nursing", 1) == ("beyond", 0, 12_000)


def test_a_spell_that_has_ended_is_not_held(couple: Couple):
    held = "{" + NURSING.format("120") + ", until: 2026-07-31}"
    assert state(couple(wife=DISABLED, holdings=held), "disability_nursing", 1)[0] == "missed"


def test_a_payment_of_last_year_does_not_count_this_year(couple: Couple):
    row = "{{programme: other_aid, item: heating_allowance, amount: 600, paid_on: {}}}"
    assert state(couple(holdings=row.format("2025-12-31")), "heating_allowance")[0] == "missed"
    assert state(couple(holdings=row.format("2026-01-01")), "heating_allowance")[0] == "gets"


def test_a_missing_fact_leaves_a_programme_open_and_is_named(couple: Couple):
    household = couple(head=", inpatient_cost: 5000, inpatient_in_scope: unknown")
    one = standings(household, OFFER).of("basic_insurance", 0)
    assert (one.state, one.due, one.missing) == ("undetermined", None, ("inpatient_in_scope",))


def test_a_missing_parameter_leaves_a_programme_open_and_is_named(couple: Couple):
    offer = Offer(law_of("999901", DAY, settings={"heating.amount": "null"}))
    one = standings(couple(), offer).of("heating_allowance")
    assert (one.state, one.missing) == ("undetermined", ("heating.amount",))


def test_what_is_not_due_says_which_test_fails_and_how_far(couple: Couple):
    found = standings(couple(wife=", born: 1948-08-02" if False else "", wage=90_000), OFFER)
    failed = found.failed(found.of("age_allowance", 0))
    assert [(each.name, each.value, each.limit, each.distance) for each in failed] == [
        ("age_allowance_due", 56, 80, -24)
    ]


def test_of_two_nursing_subsidies_the_higher_is_paid_and_the_other_gives_way(couple: Couple):
    lost = ", can_eat: false, can_dress: false, can_bathe: false, can_use_toilet: false, can_leave_bed: true, can_walk_indoors: true"
    household = couple(wife=DISABLED + lost.replace("born", "born"), own="")
    household.facts["person"][1]["born"] = 1950_01_01
    found = standings(household, OFFER)
    paid, other = found.of("elder_care", 1), found.of("disability_nursing", 1)
    assert (paid.due, other.due, other.alone, other.state, other.to) == (
        20_000,
        0,
        12_000,
        "gives_way",
        "elder_care",
    )
    assert other.relation is not None
    assert "better_of" in other.relation.kinds


def test_a_service_is_had_or_missed(couple: Couple):
    assert state(couple(own=", without_shelter: true"), "shelter_aid")[0] == "missed"
    held = "{programme: other_aid, item: shelter_aid, amount: 0, paid_on: 2026-07-01}"
    assert state(couple(own=", without_shelter: true", holdings=held), "shelter_aid")[0] == "gets"
    assert state(couple(), "shelter_aid")[0] == "not_due"


def test_all_temporary_aid_of_a_year_stays_within_its_cap(couple: Couple):
    own = ", urgent_event: fire, urgent_event_on: 2026-07-25, urgent_need: 50000, essential_shortfall: 50000"
    found = standings(couple(own=own), OFFER)
    paid = [found.of(name).due or 0 for name in ("quick_aid", "urgent_aid", "expenditure_aid")]
    assert paid == [56_000, 896_000, 392_000]
    assert sum(paid) == 560_00 * 12 * 2
    assert found.of("expenditure_aid").alone == 672_000


def test_a_place_without_figures_is_open_and_not_refused(couple: Couple):
    offer = Offer(law_of("610124", DAY))
    found = standings(couple(wife=DISABLED), offer)
    assert found.of("disability_living", 1).state == "undetermined"
    assert {one.state for one in found.standings} <= set(STATES)


def test_the_waterfall_adds_up_to_the_cost(couple: Couple):
    household = couple(head=", inpatient_cost: 120000, inpatient_in_scope: 100600, other_medical_paid: 1000")
    found = waterfall(standings(household, OFFER))
    assert found.cost == 12_000_000
    paid = [step.paid for step in found.steps]
    assert None not in paid
    assert found.cost - sum(each or 0 for each in paid) == found.left
    assert [step.stage for step in found.steps][:3] == ["basic", "major", "other"]


def test_a_waterfall_with_an_open_step_is_open_from_there(couple: Couple):
    household = couple(head=", inpatient_cost: 120000, inpatient_in_scope: unknown")
    found = waterfall(standings(household, OFFER))
    assert found.steps[0].missing == ("inpatient_in_scope",)
    assert found.left is None


def test_a_holding_of_dibao_includes_the_supplement_unless_it_is_listed_apart(couple: Couple):
    wife = DISABLED + ", works: true"
    alone = standings(couple(wife=wife), OFFER)
    dibao, more = alone.of("dibao").due or 0, alone.of("dibao_supplement", 1).due or 0
    together = f"{{programme: dibao, monthly: {(dibao + more) // 100}, since: 2024-01-01}}"
    found = standings(couple(wife=wife, holdings=together), OFFER)
    assert (found.of("dibao").state, found.of("dibao_supplement", 1).state) == ("gets", "gets")
    less = f"{{programme: dibao, monthly: {(dibao + more) // 100 - 1}, since: 2024-01-01}}"
    short = standings(couple(wife=wife, holdings=less), OFFER).of("dibao_supplement", 1)
    assert (short.state, short.gap) == ("short", 100)
    apart = (
        together
        + ", {programme: other_aid, item: dibao_supplement, owner: wife, monthly: 1, since: 2024-01-01}"
    )
    listed = standings(couple(wife=wife, holdings=apart), OFFER)
    assert (listed.of("dibao").state, listed.of("dibao_supplement", 1).state) == ("beyond", "short")
