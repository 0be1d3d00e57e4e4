"""Days as whole numbers since 1970-01-01, for arrays; spells as columns of a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from doudi.population.draw import Bools, Ints

BEFORE, OPEN = -1_000_000, 1_000_000
"""Before the history, on a day that nobody needs; and not ended."""
YEAR = 365.2425
_EPOCH = date(1970, 1, 1)


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
    return pl.select(pl.when(pl.lit(pl.Series(~empty))).then(pl.lit(series))).to_series()


def spell(since: Ints, until: Ints) -> dict[str, pl.Series]:
    """The columns ``since`` and ``until``, empty for :data:`BEFORE` and :data:`OPEN`."""
    return {"since": column(since, since == BEFORE), "until": column(until, until == OPEN)}


def month_start(days: Ints) -> Ints:
    """The first day of the month of each day."""
    return _months(days).astype("datetime64[D]").astype(np.int64)


def next_month(days: Ints) -> Ints:
    """The first day of the month after each day."""
    return (_months(days) + 1).astype("datetime64[D]").astype(np.int64)


def month_number(days: Ints) -> Ints:
    """Months since 1970-01."""
    return _months(days).astype(np.int64)


def age_on(day: int, born: Ints) -> Ints:
    """Completed years on ``day``; whoever is born on 29 February ages on 1 March."""
    then, birth = np.datetime64(day, "D"), born.astype("datetime64[D]")
    months = _months(np.array([day]))[0] - birth.astype("datetime64[M]")
    day_of_month = (then - then.astype("datetime64[M]")).astype(np.int64)
    born_on = (birth - birth.astype("datetime64[M]")).astype(np.int64)
    return (months.astype(np.int64) - (day_of_month < born_on)) // 12


def birthday(born: Ints, age: int) -> Ints:
    """The day on which each person turns ``age``; 1 March for those born on 29 February when there is none."""
    birth = born.astype("datetime64[D]")
    month = birth.astype("datetime64[M]")
    return ((month + 12 * age).astype("datetime64[D]") + (birth - month)).astype(np.int64)


def months_paid(since: Ints, until: Ints, first: int, last: int) -> Ints:
    """Of the months ``first`` to ``last`` those on whose first day a spell lasts: the months for which it is paid."""
    begin = np.maximum(_first_paid(since), first)
    end = np.minimum(month_number(until - 1), last)
    return np.maximum(end - begin + 1, 0)


def _first_paid(since: Ints) -> Ints:
    months = _months(since)
    starts = months.astype("datetime64[D]").astype(np.int64)
    return months.astype(np.int64) + (since > starts)


def _months(days: Ints) -> np.ndarray:
    return days.astype("datetime64[D]").astype("datetime64[M]")


def school_year(day: int) -> int:
    """The year in which the school year of ``day`` began."""
    return 1970 + (int(month_number(np.array([day]))[0]) - 8) // 12


def first_of_september(year: Ints) -> Ints:
    """1 September of each year."""
    months = (np.asarray(year, dtype=np.int64) - 1970) * 12 + 8
    return months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
