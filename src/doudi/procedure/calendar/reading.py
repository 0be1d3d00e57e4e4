"""Reading the calendars: a file for each published year, and what is fixed for the years after them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from yaml.nodes import Node

from doudi.law import library
from doudi.procedure.calendar.days import ONE_DAY, SATURDAY, Calendar, DaySort
from doudi.procedure.yaml_fields import day_at, reference_at
from doudi.rules.documents import Documents, Reference
from doudi.rules.errors import LawError, Problems
from doudi.rules.yaml_places import Page, read_page

FOLDER = Path(__file__).parent
LAST_EXPECTED = 2032
_MONTH_DAY = re.compile(r"(\d\d)-(\d\d)")
_LONGEST = timedelta(days=14)


@cache
def working_calendar() -> Calendar:
    """The calendar that ships."""
    return load_calendar(
        sorted((FOLDER / "years").glob("*.yaml")), FOLDER / "statutory.yaml", library.documents()
    )


def load_calendar(years: Iterable[Path], statutory: Path, documents: Documents) -> Calendar:
    """Read published years and the statutory holidays.

    Raises:
        LawError: every fault of every file, with its line.
    """
    problems = Problems()
    found = _Found()
    for path in years:
        page, root = read_page(path, problems)
        if root is not None:
            _read_year(page, root, documents, found)
    expected = _read_statutory(statutory, documents, problems, found.years)
    problems.raise_as(LawError)
    return Calendar(found.days, frozenset(found.years), expected)


@dataclass(slots=True)
class _Found:
    days: dict[date, DaySort] = field(default_factory=dict)
    years: set[int] = field(default_factory=set)

    def add(self, page: Page, node: Node, sort: DaySort) -> None:
        if sort.day in self.days:
            page.fault(
                node, "calendar.twice", "同一天写了两次", "the same day is written twice",
                "只保留一处", "keep one of them", sort.day.isoformat(),
            )  # fmt: skip
        self.days[sort.day] = sort


def _read_year(page: Page, root: Node, documents: Documents, found: _Found) -> None:
    what = ("年度日历", "the calendar of a year")
    fields = page.record(root, ("year", "reference", "verified", "note", "holidays", "workdays"), *what)
    year = page.required_text(root, fields, "year", *what)
    reference = reference_at(page, root, fields, documents)
    for node in page.sequence(fields["holidays"], *what) if "holidays" in fields else []:
        _read_holiday(page, node, reference, found)
    for node in page.sequence(fields["workdays"], *what) if "workdays" in fields else []:
        day = day_at(page, node)
        if day is not None:
            _check_weekend(page, node, day)
            found.add(page, node, DaySort(day, True, "调休上班", "adjusted working day", False, reference))
    if year.isdigit():
        found.years.add(int(year))


def _read_holiday(page: Page, node: Node, reference: Reference | None, found: _Found) -> None:
    what = ("假期", "a holiday")
    fields = page.record(node, ("zh", "en", "from", "to"), *what)
    zh, en = (page.required_text(node, fields, key, *what) for key in ("zh", "en"))
    first, last = (day_at(page, fields[key]) if key in fields else None for key in ("from", "to"))
    if first is None or last is None or not first <= last <= first + _LONGEST:
        page.fault(
            node, "calendar.span", "假期的起止日期不对", "the days of the holiday are wrong",
            "写 from 和 to，至多两周", "write from and to, two weeks at most",
        )  # fmt: skip
        return
    for step in range((last - first).days + 1):
        found.add(page, node, DaySort(first + ONE_DAY * step, False, zh, en, False, reference))


def _check_weekend(page: Page, node: Node, day: date) -> None:
    if day.weekday() < SATURDAY:
        page.fault(
            node, "calendar.workday", "调休上班日应在周末", "an adjusted working day lies on a weekend",
            "核对日期", "check the day", day.isoformat(),
        )  # fmt: skip


def _read_statutory(
    path: Path, documents: Documents, problems: Problems, published: set[int]
) -> dict[date, DaySort]:
    page, root = read_page(path, problems)
    if root is None:
        return {}
    what = ("法定节假日", "the statutory holidays")
    fields = page.record(root, ("reference", "verified", "fixed", "moving"), *what)
    reference = reference_at(page, root, fields, documents)
    named: dict[date, tuple[str, str]] = {}
    unpublished = list(range(min(published, default=LAST_EXPECTED), LAST_EXPECTED + 1))
    for node in page.sequence(fields["fixed"], *what) if "fixed" in fields else []:
        entry = page.record(node, ("zh", "en", "day"), *what)
        match = _MONTH_DAY.fullmatch(page.required_text(node, entry, "day", *what))
        if match:
            names = (
                page.required_text(node, entry, "zh", *what),
                page.required_text(node, entry, "en", *what),
            )
            named.update({date(year, int(match[1]), int(match[2])): names for year in unpublished})
    for node in page.sequence(fields["moving"], *what) if "moving" in fields else []:
        entry = page.record(node, ("zh", "en", "days"), *what)
        names = (page.required_text(node, entry, "zh", *what), page.required_text(node, entry, "en", *what))
        days = (day_at(page, item) for item in page.sequence(entry["days"], *what))
        named.update({day: names for day in days if day is not None})
    return _with_days_in_lieu({day: n for day, n in named.items() if day.year not in published}, reference)


def _with_days_in_lieu(
    named: dict[date, tuple[str, str]], reference: Reference | None
) -> dict[date, DaySort]:
    """A holiday on a weekend gives the next working day off."""
    found = {day: DaySort(day, False, *names, True, reference) for day, names in named.items()}
    for day in sorted(day for day in named if day.weekday() >= SATURDAY):
        lieu = day + ONE_DAY
        while lieu in found or lieu.weekday() >= SATURDAY:
            lieu += ONE_DAY
        zh, en = named[day]
        found[lieu] = DaySort(lieu, False, f"{zh}补假", f"in lieu of {en}", True, reference)
    return found
