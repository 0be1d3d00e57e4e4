"""Days as the engine keeps them: the integer yyyymmdd."""

from __future__ import annotations

import datetime
import re

from doudi.rules.errors import LawError, Problem

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST_YEAR, LAST_YEAR = 1949, 2099
"""The proof that no result leaves 64 bits holds for days of these years."""


def as_day(value: int | str | datetime.date) -> int:
    """A day from ``yyyymmdd``, an ISO text or a date.

    Raises:
        LawError: no such day.
    """
    try:
        if isinstance(value, str):
            if not _ISO.fullmatch(value):
                raise ValueError(value)
            value = datetime.date.fromisoformat(value)
        if isinstance(value, int):
            value = _date(value)
    except (ValueError, OverflowError):
        raise LawError([_bad(value, "没有这个日期", "no such day")]) from None
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        years = f"{FIRST_YEAR}–{LAST_YEAR}"
        raise LawError([_bad(value, f"日期不在 {years} 年之间", f"a day outside the years {years}")])
    return _number(value)


def _bad(value: object, zh: str, en: str) -> Problem:
    return Problem("date.bad", zh, en, "写成 2026-07-01 的形式", "write it like 2026-07-01", value=str(value))


def iso(day: int) -> str:
    """The day as ISO text."""
    return _date(day).isoformat()


def shift(day: int, days: int) -> int:
    """The day so many days later, or earlier when negative; it may lie outside the years of ``as_day``."""
    return _number(_date(day) + datetime.timedelta(days=days))


def _date(day: int) -> datetime.date:
    return datetime.date(day // 10_000, day // 100 % 100, day % 100)


def _number(date: datetime.date) -> int:
    return date.year * 10_000 + date.month * 100 + date.day
