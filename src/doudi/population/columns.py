"""Columns of the register's tables: text codes, yuan as decimals, ISO days, and empty cells for what is unknown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import numpy as np
import polars as pl

from doudi.population.draw import Bools, Ints

MONEY = pl.Decimal(18, 2)
AREA = pl.Decimal(12, 2)
_HUNDREDTH = Decimal("0.01")
NO_DAY = "none"
"""What a register writes for a day on which nothing happened; an empty cell would mean that it is unknown."""


def ids(prefix: str, count: int, width: int) -> pl.Series:
    """The ids ``h000001``, ``h000002`` and so on."""
    return prefix + pl.int_range(1, count + 1, eager=True).cast(pl.String).str.zfill(width)


def linked(to: pl.Series, number: Ints) -> pl.Series:
    """The ids with these numbers; an empty cell for a negative one."""
    return emptied(to.gather(np.maximum(number, 0)), number < 0)


def codes(names: Sequence[str], number: Ints, unknown: Bools | None = None) -> pl.Series:
    """The text codes with these numbers."""
    return emptied(pl.Series(list(names)).gather(number), unknown)


def flags(values: Bools, unknown: Bools | None = None) -> pl.Series:
    """Truth values."""
    return emptied(pl.Series(values), unknown)


def counts(values: Ints, unknown: Bools | None = None) -> pl.Series:
    """Whole numbers."""
    return emptied(pl.Series(values), unknown)


def money(fen: Ints, unknown: Bools | None = None) -> pl.Series:
    """Yuan with two decimals, exact."""
    return emptied(_hundredths(fen, MONEY), unknown)


def areas(hundredths: Ints) -> pl.Series:
    """Square metres with two decimals."""
    return _hundredths(hundredths, AREA)


def days(on: date, ago: Ints, unknown: Bools | None = None) -> pl.Series:
    """The days so many days before ``on``."""
    return emptied(_days(on, ago), unknown)


def days_or_none(on: date, ago: Ints, happened: Bools) -> pl.Series:
    """ISO days as text, and ``none`` where nothing happened."""
    return _choose(happened, _days(on, ago).cast(pl.String), NO_DAY)


def months_or_none(on: date, ago: Ints, happened: Bools) -> pl.Series:
    """As :func:`days_or_none`, on the first of the month."""
    return _choose(happened, _days(on, ago).dt.month_start().cast(pl.String), NO_DAY)


def emptied(values: pl.Series, unknown: Bools | None) -> pl.Series:
    """The values with empty cells where they are unknown."""
    if unknown is None or not unknown.any():
        return values
    return _choose(~unknown, values, None)


def _choose(keep: Bools, values: pl.Series, other: str | None) -> pl.Series:
    frame = pl.DataFrame({"keep": keep, "value": values})
    return frame.select(pl.when("keep").then("value").otherwise(pl.lit(other)))["value"]


def _days(on: date, ago: Ints) -> pl.Series:
    return pl.Series(np.datetime64(on, "D") - ago.astype("timedelta64[D]")).cast(pl.Date)


def _hundredths(values: Ints, kind: pl.DataType) -> pl.Series:
    if not (values % 100).any():
        return pl.Series(values // 100).cast(kind)
    exact = pl.col("value").cast(kind) * pl.lit(_HUNDREDTH)
    return pl.DataFrame({"value": values}).select(exact.cast(kind))["value"]
