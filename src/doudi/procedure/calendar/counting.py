"""Counting a time limit: the day after the event is day one, and what is paused does not count.

A limit in working days ends with its last working day. One in calendar days (自然日), months or hours runs through
weekends and holidays; where the clock says so, it then ends with the next working day (民法典 art. 203). A pause that
begins on a day and ends on a later one takes the days after the first up to the last out of the count.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from doudi.procedure.calendar.days import ONE_DAY, Calendar

Unit = Literal["working_days", "days", "months", "hours"]
Pause = tuple[datetime, datetime]
END_OF_DAY = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Due:
    """The last moment of a limit; ``provisional`` (暂估) when a day on the way is not settled by a notice."""

    at: datetime
    provisional: bool

    @property
    def day(self) -> date:
        """The last day."""
        return self.at.date()


def due_day(
    calendar: Calendar,
    start: datetime,
    length: int,
    unit: Unit,
    pauses: Iterable[Pause] = (),
    rolls: bool = False,
    month_end: bool = False,
) -> Due:
    """The last moment of a limit of ``length`` that an event at ``start`` set running.

    Rests stand in the order of time and do not overlap. ``rolls``: a limit in calendar days or months that would end on
    a rest day ends with the next working day. ``month_end``: it ends with the last day of the month in which it would end.
    """
    rests = tuple(pauses)
    if unit == "hours":
        return _due_hour(calendar, start, length, rests)
    last = _last_day(calendar, start.date(), length, unit, rests)
    if month_end:
        last = last.replace(day=monthrange(last.year, last.month)[1])
    if rolls and unit != "working_days":
        last = calendar.working_day_from(last).day
    certain = unit != "working_days" and not rolls
    settled = certain or calendar.is_settled(max(last, start.date() + ONE_DAY))
    return Due(datetime.combine(last, END_OF_DAY), not settled)


def counted(calendar: Calendar, first: date, last: date, unit: Unit, pauses: Iterable[Pause] = ()) -> int:
    """How many days after ``first`` up to ``last`` count: 0 when ``last`` is not later. Months count as days.

    Rests must not overlap.
    """
    rests = sum(
        _days(calendar, max(first, begun.date()), min(last, ended.date()), unit) for begun, ended in pauses
    )
    return _days(calendar, first, last, unit) - rests


def _days(calendar: Calendar, first: date, last: date, unit: Unit) -> int:
    if unit == "working_days":
        return calendar.working_between(first, last)
    return max(0, (last - first).days)


def add_months(day: date, months: int) -> date:
    """The corresponding day so many months later; the last of the month where there is none (民法典 art. 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _last_day(calendar: Calendar, start: date, length: int, unit: Unit, pauses: tuple[Pause, ...]) -> date:
    """Each rest that begins before the end moves the end by the days that it takes out."""

    def later(days: int) -> date:
        if unit == "months":
            return add_months(start, length) + ONE_DAY * days
        if unit == "working_days":
            return calendar.working_day_after(start, length + days)
        return start + ONE_DAY * (length + days)

    taken = 0
    for begun, ended in pauses:
        if begun.date() < later(taken):
            taken += _days(calendar, max(start, begun.date()), ended.date(), unit)
    return later(taken)


def _due_hour(calendar: Calendar, start: datetime, length: int, pauses: tuple[Pause, ...]) -> Due:
    paused = sum((ended - begun for begun, ended in pauses), timedelta())
    return Due(start + timedelta(hours=length) + paused, provisional=False)
