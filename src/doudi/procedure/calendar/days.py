"""What sort of day a day is: working or not, why, and whether that is already certain."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from doudi.procedure.errors import CalendarError
from doudi.rules.documents import Reference
from doudi.rules.errors import Problem

SATURDAY = 5
ONE_DAY = timedelta(days=1)
UNSETTLED_FROM = (12, 25)
"""From this day on, the notice for the next year may still move weekends or begin the New Year holiday."""


@dataclass(frozen=True, slots=True)
class DaySort:
    """One day: whether people work, the name of a holiday or adjusted working day, and whether it may change.

    ``provisional`` (暂估): the notice that settles the day is not published. ``reference`` is that of a holiday or an
    adjusted working day, None on ordinary days.
    """

    day: date
    working: bool
    zh: str = ""
    en: str = ""
    provisional: bool = False
    reference: Reference | None = None


class Calendar:
    """The working days of all years from the first published one on."""

    def __init__(
        self, published: Mapping[date, DaySort], years: frozenset[int], expected: Mapping[date, DaySort]
    ):
        self._published = dict(published)
        self._expected = dict(expected)
        self.years = years
        self._counts: dict[int, tuple[int, ...]] = {}

    def sort(self, day: date) -> DaySort:
        """What sort of day it is.

        Raises:
            CalendarError: a day before the first published year.
        """
        if day in self._published:
            return self._published[day]
        first = min(self.years)
        if day.year < first:
            raise CalendarError([_too_early(day, first)])
        if day.year in self.years:
            return DaySort(day, day.weekday() < SATURDAY, provisional=self._is_unsettled(day))
        return self._expected.get(day) or DaySort(day, day.weekday() < SATURDAY, provisional=True)

    def is_working(self, day: date) -> bool:
        """Whether people work on the day."""
        return self.sort(day).working

    def following(self, day: date) -> Iterator[DaySort]:
        """The days after ``day``, one by one, without end."""
        while True:
            day += ONE_DAY
            yield self.sort(day)

    def working_day_from(self, day: date) -> DaySort:
        """The day itself when people work on it, else the next working day."""
        here = self.sort(day)
        return here if here.working else next(sort for sort in self.following(day) if sort.working)

    def is_settled(self, last: date) -> bool:
        """Whether every day up to ``last`` is certain."""
        return not self.sort(last).provisional

    def working_between(self, first: date, last: date) -> int:
        """How many working days lie after ``first`` and up to ``last``; 0 when ``last`` is not later."""
        return max(0, self._working_until(last) - self._working_until(first))

    def working_day_after(self, day: date, number: int) -> date:
        """The working day that is the ``number``-th after a day; the day itself for 0."""
        if number == 0:
            return day
        wanted, year = number + self._working_in(day.year)[(day - date(day.year, 1, 1)).days], day.year
        while wanted > self._working_in(year)[-1]:
            wanted -= self._working_in(year)[-1]
            year += 1
        return date(year, 1, 1) + ONE_DAY * bisect_left(self._working_in(year), wanted)

    def _working_until(self, day: date) -> int:
        """The working days from the first published year up to a day."""
        years = range(min(self.years), day.year)
        place = (day - date(day.year, 1, 1)).days
        return sum(self._working_in(year)[-1] for year in years) + self._working_in(day.year)[place]

    def _working_in(self, year: int) -> tuple[int, ...]:
        """For each day of a year how many working days it has seen up to that day."""
        if year not in self._counts:
            first = date(year, 1, 1)
            days = (first + ONE_DAY * step for step in range((date(year + 1, 1, 1) - first).days))
            self._counts[year] = tuple(accumulate(int(self.is_working(day)) for day in days))
        return self._counts[year]

    def _is_unsettled(self, day: date) -> bool:
        return day.year + 1 not in self.years and (day.month, day.day) >= UNSETTLED_FROM


def _too_early(day: date, first: int) -> Problem:
    return Problem(
        "calendar.too_early",
        f"没有 {first} 年以前的工作日历",
        f"no calendar of working days before {first}",
        f"用 {first}-01-01 及以后的日期",
        f"use a day from {first}-01-01 on",
        value=day.isoformat(),
    )
