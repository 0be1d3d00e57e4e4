"""Ids and codes of the rows of a block as columns of a world's tables."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import polars as pl

from doudi.population.draw import Bools, Ints
from doudi.population.lives import STRIDE, Lives

Columns = dict[str, Any]
_PIECE = 10_000


class Ids:
    """The ids of the persons and households of a block by their rows."""

    def __init__(self, lives: Lives) -> None:
        start = lives.number * STRIDE + 1
        self.persons = _numbered("p", start, lives.people.home.size, 7)
        self.homes = _numbered("h", start, lives.homes.size.size, 6)

    def person(self, rows: Ints) -> pl.Series:
        """Ids of persons; none for -1."""
        return gathered(self.persons, rows)

    def home(self, rows: Ints) -> pl.Series:
        """Ids of households."""
        return self.homes[rows]


def numbered(lives: Lives, prefix: str, count: int) -> pl.Series:
    """Ids of the rows of a table, apart from those of other blocks."""
    return f"{prefix}{lives.number:03d}" + _serials(-(-count // _PIECE)).head(count)


@cache
def _serials(pieces: int) -> pl.Series:
    """The numbers from 1 on, in six digits."""
    return digits(np.arange(1, 1 + pieces * _PIECE), 6)


def digits(numbers: Ints, width: int) -> pl.Series:
    """Numbers from 0 up in ``width`` digits, those too great for it in as many as they need."""
    if numbers.max(initial=0) >= 10**width:
        return pl.Series(numbers).cast(pl.String).str.zfill(width)
    # A leading one written and taken away costs half of filling up with zeros.
    return pl.Series(numbers + 10**width).cast(pl.String).str.slice(1)


def codes(names: Sequence[str], number: Ints) -> pl.Series:
    """The codes with these numbers, empty for an empty name."""
    return pl.Series([name or None for name in names], dtype=pl.String)[number]


def gathered(values: pl.Series, rows: Ints) -> pl.Series:
    """The values in these rows; empty for -1."""
    if (rows >= 0).all():
        return values[rows]
    return pl.concat([values, pl.Series([None], dtype=values.dtype)])[np.where(rows < 0, values.len(), rows)]


def only(values: pl.Series, where: Bools) -> pl.Series:
    """The values, empty where ``where`` is false."""
    return values.zip_with(pl.Series(where), pl.Series([None], dtype=values.dtype))


def _numbered(prefix: str, start: int, count: int, width: int) -> pl.Series:
    return prefix + digits(np.arange(start, start + count), width)
