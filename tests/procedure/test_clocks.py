"""Running clocks: rests, never negative, and the same whatever is asked in between."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from doudi.procedure import Actor, Case, apply, ground, overdue, procedure, readings
from doudi.procedure.running import Run, read

RULES = procedure()
STEADY = settings(deadline=None, derandomize=True)
START = datetime(2026, 8, 31, 9)
UNITS = st.sampled_from(["working_days", "days", "months", "hours"])
HOURS = st.integers(0, 90 * 24).map(lambda hours: START + timedelta(hours=hours))


@STEADY
@given(
    UNITS,
    st.integers(0, 12),
    st.lists(st.tuples(st.sampled_from("pr"), st.sampled_from(["papers", "objection"]), HOURS), max_size=8),
    HOURS,
)
def test_a_clock_is_never_negative_and_never_both_early_and_late(unit, length, marks, now):
    run = Run(RULES.clocks["whole"], START)
    for kind, reason, at in sorted(marks, key=lambda mark: mark[2]):
        run = run.paused(reason, at) if kind == "p" else run.resumed(reason, at)
    reading = read(run, length, unit, max([now, *(at for _, _, at in marks)]), RULES.calendar)
    assert reading.left >= 0
    assert reading.late >= 0
    assert not (reading.left and reading.late)
    assert (reading.state == "over") <= (reading.left == 0)


@STEADY
@given(st.lists(HOURS, min_size=2, max_size=2, unique=True))
def test_a_resting_clock_keeps_what_is_left(moments):
    rests, now = sorted(moments)
    run = Run(RULES.clocks["whole"], START).paused("papers", rests)
    before = read(Run(RULES.clocks["whole"], START), 70, "working_days", rests, RULES.calendar)
    assert read(run, 70, "working_days", now, RULES.calendar).left == before.left


def test_a_reason_that_a_clock_does_not_know_leaves_it_running():
    run = Run(RULES.clocks["start_check"], START)
    assert run.paused("objection", START) is run


def test_stopping_twice_keeps_the_first_time():
    run = Run(RULES.clocks["whole"], START).stop(START + timedelta(days=1))
    assert run.stop(START + timedelta(days=2)) is run
    assert run.paused("papers", START + timedelta(days=3)) is run


def test_a_clock_without_a_limit_runs_without_an_end():
    reading = read(
        Run(RULES.clocks["appeal"], START), None, "working_days", START + timedelta(days=400), RULES.calendar
    )
    assert (reading.due, reading.state, reading.late, reading.is_overdue) == (None, "running", 0, False)


def test_the_limit_is_that_of_the_day_on_which_the_clock_started():
    case = Case("application", "310000", (), frozenset({"home"}))
    submitted = {"source": "self", "check_authorised": True}
    for day, length in ((datetime(2024, 12, 2), 30), (datetime(2025, 1, 2), 20)):
        begun = apply(case, "submit", Actor("home", "resident"), day, submitted).case
        taken = apply(begun, "accept", Actor("c", "township_clerk"), day, {"papers_complete": True}).case
        (whole,) = [
            each for each in readings(RULES, taken, datetime(2025, 2, 1)) if each.run.clock.name == "whole"
        ]
        assert whole.length == length


def test_late_work_is_listed_with_who_is_told_and_resting_work_is_not():
    case = Case("application", "999901", (), frozenset({"home"}))
    case = apply(
        case, "submit", Actor("home", "resident"), START, {"source": "self", "check_authorised": True}
    ).case
    late = apply(case, "accept", Actor("c", "township_clerk"), START, {"papers_complete": True}).case
    papers = {"papers": ("medical_receipts",)}
    resting = apply(late, "request_papers", Actor("c", "township_clerk"), START, papers).case
    found = overdue({"A1": late, "A2": resting}, datetime(2026, 9, 4, 9), RULES)
    assert [
        (each.case, each.reading.run.clock.name, each.bound, each.told, each.reading.late) for each in found
    ] == [("A1", "start_inquiry", "township_clerk", "township_head", 1)]


def test_the_same_region_and_day_give_the_same_ground():
    day = START.date()
    assert ground(RULES, "610124", day).resolved is ground(RULES, "610124", day).resolved
    assert ground(RULES, "330106", day).value("limit.county_opinion") == 5
    assert ground(RULES, "110000", day).value("limit.county_opinion") == 10


def test_rests_that_overlap_are_taken_out_once_in_every_unit():
    run = Run(RULES.clocks["whole"], START)
    for kind, reason, days in (
        ("p", "papers", 1),
        ("p", "objection", 2),
        ("r", "papers", 4),
        ("r", "objection", 5),
    ):
        at = START + timedelta(days=days)
        run = run.paused(reason, at) if kind == "p" else run.resumed(reason, at)
    ends = {
        unit: read(run, 12, unit, START + timedelta(days=9), RULES.calendar).due
        for unit in ("hours", "months")
    }
    assert ends["hours"].at == START + timedelta(days=4, hours=12)
    assert ends["months"].day == datetime(2027, 8, 31).date() + timedelta(days=4)
