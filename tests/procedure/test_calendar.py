"""Working days: against another calendar, in years that are not published, and files at fault."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doudi.law import library
from doudi.procedure.calendar import Calendar, add_months, due_day, working_calendar
from doudi.procedure.calendar.counting import counted
from doudi.procedure.calendar.reading import FOLDER, load_calendar
from doudi.procedure.errors import CalendarError
from doudi.rules.errors import LawError

CALENDAR = working_calendar()
STEADY = settings(deadline=None, derandomize=True)
DAYS = [date(2021, 1, 1) + timedelta(days=step) for step in range(6 * 365 + 1)]


@pytest.mark.parametrize("year", sorted(CALENDAR.years))
def test_a_published_year_agrees_with_another_calendar(year: int):
    days = [day for day in DAYS if day.year == year]
    assert [day for day in days if CALENDAR.is_working(day) != chinese_calendar.is_workday(day)] == []


def test_days_of_published_years_are_settled_but_for_the_last_week_before_an_unpublished_one():
    assert not CALENDAR.sort(date(2026, 12, 24)).provisional
    assert CALENDAR.sort(date(2026, 12, 25)).provisional
    assert not CALENDAR.sort(date(2025, 12, 31)).provisional


def test_an_unpublished_year_knows_weekends_and_statutory_holidays_only():
    sorts = {
        day: CALENDAR.sort(day)
        for day in (date(2027, 1, 1), date(2027, 2, 6), date(2027, 2, 9), date(2027, 10, 7))
    }
    assert [sort.working for sort in sorts.values()] == [False, False, False, True]
    assert all(sort.provisional for sort in sorts.values())
    assert sorts[date(2027, 2, 9)].zh == "春节（初一）补假"


def test_festivals_of_the_moon_fall_where_the_last_published_years_show_them_to_repeat():
    lunar_years = [
        date(2027, 2, 6),
        date(2028, 1, 26),
        date(2029, 2, 13),
        date(2030, 2, 3),
        date(2031, 1, 23),
        date(2032, 2, 11),
    ]
    gaps = [
        (after - before).days
        for before, after in zip([date(2026, 2, 17), *lunar_years], lunar_years, strict=False)
    ]
    assert all(gap in (353, 354, 355, 383, 384, 385) for gap in gaps)
    assert all(CALENDAR.sort(day).zh == "春节（初一）" for day in lunar_years)


def test_before_the_first_published_year_nothing_is_counted():
    with pytest.raises(CalendarError) as raised:
        CALENDAR.sort(date(2020, 12, 31))
    assert raised.value.problems[0].code == "calendar.too_early"


@STEADY
@given(st.sampled_from(DAYS[:-60]), st.integers(0, 30))
def test_a_limit_in_working_days_ends_on_a_working_day_after_exactly_so_many(start: date, length: int):
    due = due_day(CALENDAR, datetime.combine(start, datetime.min.time()), length, "working_days")
    assert counted(CALENDAR, start, due.day, "working_days") == length
    assert length == 0 or chinese_calendar.is_workday(due.day)


@STEADY
@given(st.sampled_from(DAYS[:-400]), st.integers(1, 30), st.integers(0, 40), st.integers(0, 40))
def test_a_rest_moves_the_end_by_what_it_takes_out(start: date, length: int, after: int, long: int):
    begun = datetime.combine(start, datetime.min.time())
    rest = (begun + timedelta(days=after), begun + timedelta(days=after + long))
    plain = due_day(CALENDAR, begun, length, "working_days").day
    moved = due_day(CALENDAR, begun, length, "working_days", [rest]).day
    assert moved >= plain
    assert counted(CALENDAR, start, moved, "working_days", [rest]) == length


@STEADY
@given(st.sampled_from(DAYS[:-60]), st.integers(1, 40))
def test_a_limit_that_rolls_ends_on_a_working_day_not_before_its_plain_end(start: date, length: int):
    begun = datetime.combine(start, datetime.min.time())
    plain = due_day(CALENDAR, begun, length, "days").day
    rolled = due_day(CALENDAR, begun, length, "days", rolls=True).day
    assert rolled >= plain
    assert CALENDAR.is_working(rolled)
    assert counted(CALENDAR, plain - timedelta(days=1), rolled, "working_days") == 1


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
        (date(2026, 3, 18), 3, date(2026, 6, 18)),
    ],
)
def test_months_end_with_the_corresponding_day_or_the_last_of_the_month(day: date, months: int, end: date):
    assert add_months(day, months) == end


def test_hours_run_through_nights_and_holidays():
    due = due_day(CALENDAR, datetime(2026, 10, 1, 22, 30), 24, "hours")
    assert (due.at, due.provisional) == (datetime(2026, 10, 2, 22, 30), False)


def test_a_year_that_is_published_later_makes_its_days_certain(tmp_path: Path):
    path = tmp_path / "2027.yaml"
    path.write_text(
        "year: 2027\nreference: holidays-2026\nverified: true\n"
        "holidays:\n  - {zh: 元旦, en: New Year, from: 2026-12-31, to: 2027-01-03}\nworkdays:\n  - 2026-12-27\n",
        "utf-8",
    )
    calendar = _with(path)
    assert calendar.sort(date(2026, 12, 27)).working
    assert not calendar.sort(date(2026, 12, 31)).working
    assert not calendar.sort(date(2027, 5, 1)).provisional
    due = due_day(calendar, datetime(2026, 12, 24), 5, "working_days")
    assert (due.day, due.provisional) == (date(2026, 12, 30), False)


def test_every_fault_of_a_calendar_is_told_at_once(tmp_path: Path):
    path = tmp_path / "2027.yaml"
    path.write_text(
        "year: 2027\nreference: holidays-3000\nverified: true\n"
        "holidays:\n  - {zh: 元旦, en: New Year, from: 2027-01-03, to: 2027-01-01}\n"
        "workdays:\n  - 2027-01-04\n  - someday\n  - 2026-10-10\n",
        "utf-8",
    )
    with pytest.raises(LawError) as raised:
        _with(path)
    assert [problem.code for problem in raised.value.problems] == [
        "reference.unknown_document",
        "calendar.span",
        "calendar.workday",
        "date.bad",
        "calendar.twice",
    ]


def _with(path: Path) -> Calendar:
    years = [*sorted((FOLDER / "years").glob("*.yaml")), path]
    return load_calendar(years, FOLDER / "statutory.yaml", library.documents())
