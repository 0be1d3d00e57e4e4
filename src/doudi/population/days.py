"""Days as whole numbers since 1970-01-01, for arrays; spells as columns of a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import polars as pl

from doudi.population.draw import Bools, Ints

BEFORE, OPEN = -1_000_000, 1_000_000
"""Before the history, on a day that nobody needs; and not ended."""
YEAR = 365.2425
_FIRST_MONTH, _END_MONTH = -36_000, 36_000
"""Months since 1970-01 that hold every day from :data:`BEFORE` to :data:`OPEN` and some years more."""
_EPOCH = date(1970, 1, 1)
_NO_DAY = pl.Series([None], dtype=pl.Date)


@dataclass(frozen=True, slots=True)
class History:
    """The first and the last day of a history, both included, as numbers."""

    begins: int
    ends: int

    def some_day(self, rng: np.random.Generator, size: int, margin: int = 10) -> Ints:
        """Even days within the history, a few days after its first and before its last."""
        return rng.integers(self.begins + margin, self.ends - margin, size)

    def within(self, days: Ints) -> Bools:
        """Whether each day lies in the history."""
        return (days >= self.begins) & (days <= self.ends)


def number(day: date) -> int:
    """The number of a day."""
    return (day - _EPOCH).days


def column(days: Ints, empty: Bools | None = None) -> pl.Series:
    """Numbers as a column of dates, empty where ``empty`` is true."""
    series = pl.Series(days.astype(np.int32)).cast(pl.Date)
    if empty is None or not empty.any():
        return series
    return series.zip_with(pl.Series(~empty), _NO_DAY)


def spell(since: Ints, until: Ints) -> dict[str, pl.Series]:
    """The columns ``since`` and ``until``, empty for :data:`BEFORE` and :data:`OPEN`."""
    return {"since": column(since, since == BEFORE), "until": column(until, until == OPEN)}


def month_start(days: Ints) -> Ints:
    """The first day of the month of each day."""
    return _starts()[_months(days) - _FIRST_MONTH]


def next_month(days: Ints) -> Ints:
    """The first day of the month after each day."""
    return _starts()[_months(days) - _FIRST_MONTH + 1]


def month_number(days: Ints) -> Ints:
    """Months since 1970-01."""
    return _months(days)


def age_on(day: int, born: Ints) -> Ints:
    """Completed years on ``day``; whoever is born on 29 February ages on 1 March."""
    then, birth = np.array([day]), _months(born)
    day_of_month = (then - month_start(then))[0]
    born_on = born - _starts()[birth - _FIRST_MONTH]
    return (_months(then)[0] - birth - (day_of_month < born_on)) // 12


def birthday(born: Ints, age: int) -> Ints:
    """The day on which each person turns ``age``; 1 March for those born on 29 February when there is none."""
    month = _months(born) - _FIRST_MONTH
    return _starts()[month + 12 * age] + born - _starts()[month]


def months_paid(since: Ints, until: Ints, first: int, last: int) -> Ints:
    """Of the months ``first`` to ``last`` those on whose first day a spell lasts: the months for which it is paid."""
    begin = np.maximum(_first_paid(since), first)
    end = np.minimum(month_number(until - 1), last)
    return np.maximum(end - begin + 1, 0)


def _first_paid(since: Ints) -> Ints:
    months = _months(since)
    return months + (since > _starts()[months - _FIRST_MONTH])


def _months(days: Ints) -> Ints:
    return _month_of_day()[days - _starts()[0]]


@cache
def _starts() -> Ints:
    """The first day of each month from the first to the end."""
    return (
        np.arange(_FIRST_MONTH, _END_MONTH).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    )


@cache
def _month_of_day() -> Ints:
    """The month of each day from the first one of the first month on; looked up four times as fast as NumPy reckons it."""
    return np.repeat(np.arange(_FIRST_MONTH, _END_MONTH - 1), np.diff(_starts()))


def school_year(day: int) -> int:
    """The year in which the school year of ``day`` began."""
    return 1970 + (int(month_number(np.array([day]))[0]) - 8) // 12


def first_of_september(year: Ints) -> Ints:
    """1 September of each year."""
    months = (np.asarray(year, dtype=np.int64) - 1970) * 12 + 8
    return months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
