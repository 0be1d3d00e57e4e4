"""A night is taken in once; each warning has one case while it is open."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from doudi.web.accounts.roles import Role
from doudi.web.audit.models import Entry
from doudi.web.cases.models import Case, Paper
from doudi.web.cases.services.moving import take
from doudi.web.cases.services.opening import open_case
from doudi.web.database.scope import acting_as, system
from doudi.web.warnings.errors import NightError
from doudi.web.warnings.models import Night, Round, State, Warning
from doudi.web.warnings.services.nights import take_in
from doudi.web.warnings.words import indicator_word
from tests.web.people import THERE, People
from tests.web.warnings.making import DAY, NEXT, YELLOW, lay_down, night, round_of, row, warning_of


@pytest.fixture
def ground(people: People):
    """The rows, seen by the system."""
    with acting_as(system()):
        yield people


def test_each_warning_becomes_a_row_and_a_case_of_the_household(ground: People, tmp_path: Path):
    found = night(ground, tmp_path, [row("h1"), row("h1", YELLOW)])
    assert found.counts["stored"] == found.counts["cases"] == found.counts["raised"] == 2
    one = warning_of()
    assert one.case.kind == "warning"
    assert one.case.household == one.household
    assert one.sides() == {"value": 5_000_100, "limit": 5_000_000, "worst": 5_000_100, "kind": "money"}
    assert b"5000100" not in bytes(one.sealed)
    assert found.night.not_judged[0]["feed"] == "enrolment"


def test_cases_raised_at_once_are_those_that_the_steps_one_by_one_would_make(ground: People, tmp_path: Path):
    night(ground, tmp_path, [row("h1", YELLOW)])
    bulk = warning_of("h1", YELLOW).case
    at = bulk.opened_at
    one = open_case("warning", bulk.household, None, at=at)
    inputs = {"indicator": indicator_word(YELLOW, "zh"), "level": "yellow"}
    one = take(one, "raise_warning", None, inputs, at=timezone.make_naive(at)).case
    for name in (
        "stage",
        "owner",
        "steps",
        "moved_at",
        "due",
        "due_clock",
        "bound",
        "accounts",
        "region_id",
        "county",
    ):
        assert getattr(bulk, name) == getattr(one, name), name
    first, second = (case.taken.get() for case in (bulk, one))
    assert first.event() == second.event()
    assert first.plain == second.plain
    assert int(one.number[-6:]) == int(bulk.number[-6:]) + 1


def test_the_same_night_again_changes_nothing(ground: People, tmp_path: Path):
    night(ground, tmp_path)
    before = list(Case.objects.values()), list(Warning.objects.values())
    again = take_in(tmp_path)
    assert again.again
    assert (list(Case.objects.values()), list(Warning.objects.values())) == before
    assert Night.objects.count() == 1


def test_a_warning_that_still_holds_keeps_its_case(ground: People, tmp_path: Path):
    night(ground, tmp_path)
    case = warning_of().case_id
    found = night(ground, tmp_path, [row("h1", held_on=NEXT, nights=2, state="again")], NEXT)
    assert found.counts["cases"] == 0
    assert (warning_of().case_id, warning_of().nights, warning_of().state) == (case, 2, State.AGAIN)


def test_what_is_gone_is_marked_and_its_case_stays_open(ground: People, tmp_path: Path):
    night(ground, tmp_path)
    night(ground, tmp_path, [row("h1", state="gone", gone_on=NEXT)], NEXT)
    assert warning_of().state == State.GONE
    assert warning_of().case.closed_at is None


def test_a_warning_raised_anew_gets_a_new_case_once_the_first_is_closed(ground: People, tmp_path: Path):
    night(ground, tmp_path)
    first = warning_of().case
    again = [row("h1", day=date(2026, 8, 3), spells=2)]
    Case.objects.filter(pk=first.pk).update(closed_at=first.opened_at)
    assert night(ground, tmp_path, again, date(2026, 8, 3)).counts["cases"] == 1
    assert warning_of().case_id != first.pk
    assert Round.objects.filter(warning=warning_of()).count() == 2


def test_one_that_has_worsened_after_it_was_answered_is_raised_again(ground: People, tmp_path: Path):
    night(ground, tmp_path)
    Case.objects.update(closed_at=warning_of().case.opened_at)
    same = [row("h1", held_on=NEXT, nights=2, state="again")]
    assert night(ground, tmp_path, same, NEXT).counts["cases"] == 0
    third = date(2026, 8, 3)
    worse = [row("h1", held_on=third, nights=3, state="worsened", value=6_000_000)]
    assert night(ground, tmp_path, worse, third).counts["cases"] == 1


def test_what_is_held_back_gets_no_case_until_the_decision_ends(ground: People, tmp_path: Path):
    held = night(ground, tmp_path, [row("h1", held_back_until=NEXT)])
    assert held.counts["cases"] == 0
    assert warning_of().held_back_until == NEXT
    third = date(2026, 8, 3)
    after = [row("h1", held_on=third, nights=3, state="again")]
    assert night(ground, tmp_path, after, third).counts["cases"] == 1


def test_urgent_warnings_reach_the_village_the_same_night(ground: People, tmp_path: Path):
    assistant = ground.user(Role.VILLAGE_ASSISTANT)
    found = night(ground, tmp_path, [row("h1"), row("h1", YELLOW)])
    assert found.counts["dispatched"] == 1
    case = warning_of().case
    assert (case.stage, case.owner, case.assigned_to) == ("dispatched", "village_assistant", assistant)
    assert case.due is not None
    assert round_of(warning_of()).dispatched_at is not None
    assert warning_of("h1", YELLOW).case.stage == "raised"
    assert Paper.objects.get(case=case).kind == "warning_order"


def test_where_nobody_is_in_the_village_urgent_warnings_wait_for_the_township(ground: People, tmp_path: Path):
    assert night(ground, tmp_path).counts["dispatched"] == 0
    assert (warning_of().case.stage, warning_of().case.owner) == ("raised", "township_clerk")


def test_rows_of_households_that_are_not_registered_are_counted(ground: People, tmp_path: Path):
    found = night(ground, tmp_path, [row("h1"), row("unknown")])
    assert (found.counts["stored"], found.counts["unplaced"]) == (1, 1)


def test_an_earlier_night_is_refused_and_nothing_is_stored(ground: People, tmp_path: Path):
    night(ground, tmp_path, [], NEXT)
    with pytest.raises(NightError) as refused:
        night(ground, tmp_path, [row("h1")], DAY)
    assert refused.value.problems[0].code == "night.later"
    assert not Warning.objects.exists()


@pytest.mark.parametrize("fault", ["state.parquet", "summary.json"])
def test_missing_and_foreign_files_are_told(ground: People, tmp_path: Path, fault: str):
    lay_down(tmp_path, [])
    (tmp_path / fault).unlink()
    with pytest.raises(NightError, match=fault):
        take_in(tmp_path)
    (tmp_path / fault).write_text("{")
    with pytest.raises(NightError) as refused:
        take_in(tmp_path)
    assert refused.value.problems[0].code == "night.syntax"


def test_a_county_sees_its_own_warnings_only(people: People, tmp_path: Path):
    night(people, tmp_path)
    with acting_as(people.user(Role.COUNTY_CLERK, THERE).scope):
        assert not Warning.objects.exists()
        assert not Round.objects.exists()
    for role in (Role.DEPARTMENT, Role.RESIDENT):
        with acting_as(people.user(role).scope):
            assert not Warning.objects.exists()


def test_the_deed_is_recorded_without_names_or_sums(people: People, tmp_path: Path):
    night(people, tmp_path)
    with acting_as(system("auditor")):
        entry = Entry.objects.filter(action="warning.take_in").get()
    assert json.loads(entry.details)["stored"] == 1
