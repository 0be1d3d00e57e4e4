"""Steps: gathered reasons, nothing changed, delegation by law and date."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from doudi.procedure import (
    Actor,
    Case,
    MoveError,
    apply,
    decisions_turning_on,
    ground,
    possible,
    procedure,
    readings,
    standing,
)
from doudi.procedure.cases import ProcedureCase, read_cases
from doudi.rules.errors import LawError

RULES = procedure()
CASES = read_cases()
HOME = frozenset({"resident"})
SUBMITTED = {"source": "self", "check_authorised": True}


def replayed(sentence: str) -> Case:
    """The case whose English sentence begins so, with all its steps taken."""
    (written,) = [each for each in CASES if each.en.startswith(sentence)]
    return _played(written)


def _played(written: ProcedureCase) -> Case:
    case = Case(written.kind, written.region, (), HOME, written.kin)
    for done in written.events:
        case = apply(case, done.step, done.actor, done.at, done.inputs).case
    return case


def test_a_step_leaves_the_case_as_it_was_and_returns_a_longer_one():
    case = Case("application", "999901", (), HOME)
    taken = apply(case, "submit", Actor("resident", "resident"), datetime(2026, 9, 1), SUBMITTED)
    assert case.events == ()
    assert [event.number for event in taken.case.events] == [1]
    assert (taken.event.before, taken.event.after, taken.owner) == ("draft", "submitted", "township_clerk")
    with pytest.raises(TypeError):
        taken.event.inputs["source"] = "found"  # type: ignore[index]


def test_all_reasons_are_told_at_once_with_their_remedies():
    case = replayed("The household applies; the limit")
    with pytest.raises(MoveError) as raised:
        apply(case, "propose", Actor("resident", "county_head"), datetime(2026, 8, 1), {"opinion": "maybe"})
    codes = [problem.code for problem in raised.value.problems]
    assert {
        "move.stage",
        "move.role",
        "move.own_case",
        "move.before_last",
        "input.kind",
        "input.missing",
        "move.not_done",
    } <= set(codes)
    assert all(problem.zh and problem.en for problem in raised.value.problems)
    assert all(problem.remedy_zh and problem.remedy_en for problem in raised.value.problems)


def test_what_is_possible_comes_first_and_the_rest_says_why_not():
    case = replayed("Reported once they are over")
    moves = possible(case, Actor("c", "county_clerk"), datetime(2026, 9, 23))
    allowed = [move.step.name for move in moves if move.allowed]
    assert {"county_review", "county_visit", "send_back"} <= set(allowed)
    assert [move.allowed for move in moves] == sorted((move.allowed for move in moves), reverse=True)
    assert all(move.reasons for move in moves if not move.allowed)


def test_personal_inputs_are_not_repeated_in_reasons():
    case = replayed("The household applies; the limit")
    with pytest.raises(MoveError) as raised:
        apply(
            case, "accept", Actor("c", "township_clerk"), datetime(2026, 9, 2), {"papers_complete": "王小明"}
        )
    assert "王小明" not in str(raised.value)


def test_replaying_the_events_gives_the_same_standing():
    for written in CASES:
        if written.kind:
            case = _played(written)
            again = Case(case.machine, case.region, (), case.household, case.kin)
            for event in case.events:
                again = apply(again, event.step, event.actor, event.at, event.inputs).case
            assert again.events == case.events
            assert standing(RULES, again) == standing(RULES, case)


def test_what_hangs_on_an_input_of_the_step_itself_is_offered():
    (written,) = [each for each in CASES if each.en.startswith("A wrong record is corrected")]
    case = _played(replace(written, events=written.events[:-1]))
    allowed = {
        move.step.name
        for move in possible(case, Actor("r", "reviewer"), datetime(2026, 10, 15))
        if move.allowed
    }
    assert {"uphold_decision", "correct_record", "revoke_decision", "redo_decision"} <= allowed


def test_a_death_long_before_all_law_still_shows_its_clocks():
    inputs = {"review_cause": "death", "died_on": "2010-01-05", "check_authorised": True}
    case = apply(
        Case("review", "999901"), "open_review", Actor("s", "system"), datetime(2026, 5, 20), inputs
    ).case
    (death,) = [
        each for each in readings(RULES, case, datetime(2026, 5, 20)) if each.run.clock.name == "death"
    ]
    assert (death.due is not None and death.due.day.isoformat(), death.is_overdue) == ("2010-04-05", True)


def test_an_unknown_role_or_kind_of_case_is_a_fault():
    case = Case("application", "999901", (), HOME)
    with pytest.raises(LawError):
        possible(case, Actor("x", "mayor"), datetime(2026, 9, 1))
    with pytest.raises(LawError):
        possible(replace(case, machine="dibao"), Actor("resident", "resident"), datetime(2026, 9, 1))


def test_a_county_may_delegate_until_the_law_and_only_the_province_after_it(tmp_path: Path):
    path = tmp_path / "610124-zhouzhi.yaml"
    path.write_text(
        "region: '610124'\nzh: 周至县\nen: Zhouzhi\nlevel: county\nparameters:\n"
        "  choice.delegated:\n    - {from: 2024-01-01, value: true, source: 'county notice', verified: false}\n",
        "utf-8",
    )
    rules = replace(RULES, parameters=RULES.parameters.with_overlay(path), regions=RULES.regions | {"610124"})
    assert ground(rules, "610124", datetime(2026, 6, 30).date()).delegated
    assert not ground(rules, "610124", datetime(2026, 7, 1).date()).delegated
    assert ground(RULES, "310115", datetime(2026, 7, 1).date()).delegated


def test_a_case_handed_to_the_township_goes_to_the_county_when_the_delegation_ends(tmp_path: Path):
    path = tmp_path / "610124-zhouzhi.yaml"
    path.write_text(
        "region: '610124'\nzh: 周至县\nen: Zhouzhi\nlevel: county\nparameters:\n"
        "  choice.delegated:\n    - {from: 2024-01-01, value: true, source: 'county notice', verified: false}\n",
        "utf-8",
    )
    rules = replace(RULES, parameters=RULES.parameters.with_overlay(path), regions=RULES.regions | {"610124"})
    (written,) = [each for each in CASES if each.en.startswith("In Shanghai the subdistrict confirms")]
    case = Case("application", "610124", (), HOME)
    for done in written.events[:-1]:
        case = apply(case, done.step, done.actor, done.at - timedelta(weeks=12), done.inputs, rules).case
    with pytest.raises(MoveError) as raised:
        apply(case, "confirm_delegated", Actor("h2", "township_head"), datetime(2026, 7, 1), {}, rules)
    assert [problem.code for problem in raised.value.problems] == ["move.township_confirms"]
    taken = apply(case, "report_after_all", Actor("c", "township_clerk"), datetime(2026, 7, 1), {}, rules)
    assert taken.event.after == "deciding"


def test_decisions_that_turn_on_a_reading_are_listed_with_how_they_were_settled():
    cases = {
        "A1": replayed("The most favourable reading first, signed"),
        "A2": replayed("Where the county's reading is on record"),
        "A3": replayed("A van 2,000 above the limit"),
        "A4": replayed("Confirmed in September, paid"),
    }
    found = decisions_turning_on(cases, "property.vehicle_cap")
    assert [(each.case, each.settled_by, each.record) for each in found] == [
        ("A1", "conference", "Y1"),
        ("A2", "reading", "R1"),
        ("A3", "open", ""),
    ]
    assert decisions_turning_on(cases, "property.home_count") == []


def test_a_calculation_after_the_review_is_open_again():
    settled = replayed("The most favourable reading first, signed")
    inputs = {"determination": "D11", "programme": "dibao", "turns_on": ("property.vehicle_cap",)}
    again = apply(settled, "calculate", Actor("c", "township_clerk"), datetime(2026, 9, 15), inputs).case
    (decision,) = decisions_turning_on({"A1": again}, "property.vehicle_cap")
    assert (decision.settled_by, decision.calculated) == ("open", datetime(2026, 9, 15).date())


def test_a_near_relative_may_say_so_and_nothing_else():
    case = replace(replayed("The household applies; the limit"), kin=frozenset({"c"}))
    allowed = [
        move.step.name
        for move in possible(case, Actor("c", "township_clerk"), datetime(2026, 9, 2))
        if move.allowed
    ]
    assert allowed == ["declare_kin"]


def test_documents_are_numbered_by_region_series_and_year():
    notice = RULES.documents["acceptance_notice"]
    assert notice.number("999901", 2026, 12) == "999901受字〔2026〕00012号"
    with pytest.raises(ValueError, match="begin with 1"):
        notice.number("999901", 2026, 0)
