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


def days(on: date, ago: Ints, empty: Bools | None = None) -> pl.Series:
    """The days so many days before ``on``; an empty cell where the day is unknown or nothing happened."""
    days_back = np.datetime64(on, "D") - ago.astype("timedelta64[D]")
    return emptied(pl.Series(days_back).cast(pl.Date), empty)


def emptied(values: pl.Series, empty: Bools | None) -> pl.Series:
    """The values with empty cells where ``empty`` is true."""
    if empty is None or not empty.any():
        return values
    frame = pl.DataFrame({"empty": empty, "value": values})
    return frame.select(pl.when("empty").then(None).otherwise("value").alias("value"))["value"]


def _hundredths(values: Ints, kind: pl.DataType) -> pl.Series:
    if not (values % 100).any():
        return pl.Series(values // 100).cast(kind)
    exact = pl.col("value").cast(kind) * pl.lit(_HUNDREDTH)
    return pl.DataFrame({"value": values}).select(exact.cast(kind))["value"]
