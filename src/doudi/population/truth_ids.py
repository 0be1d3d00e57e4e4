"""Ids and codes of the rows of a block as columns of a world's tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from doudi.population.block import STRIDE, Block
from doudi.population.draw import Bools, Ints

Columns = dict[str, Any]


class Ids:
    """The ids of the persons and households of a block by their rows."""

    def __init__(self, block: Block) -> None:
        start = block.number * STRIDE + 1
        self.persons = _numbered("p", start, block.people.home.size, 7)
        self.homes = _numbered("h", start, block.homes.size.size, 6)

    def person(self, rows: Ints) -> pl.Series:
        """Ids of persons; none for -1."""
        return gathered(self.persons, rows)

    def home(self, rows: Ints) -> pl.Series:
        """Ids of households."""
        return self.homes.gather(rows)


def numbered(block: Block, prefix: str, count: int) -> pl.Series:
    """Ids of the rows of a table, apart from those of other blocks."""
    return _numbered(f"{prefix}{block.number:03d}", 1, count, 6)


def codes(names: Sequence[str], number: Ints) -> pl.Series:
    """The codes with these numbers, empty for an empty name."""
    return pl.Series([name or None for name in names], dtype=pl.String).gather(number)


def gathered(values: pl.Series, rows: Ints) -> pl.Series:
    """The values in these rows; empty for -1."""
    if (rows >= 0).all():
        return values.gather(rows)
    return pl.concat([values, pl.Series([None], dtype=values.dtype)]).gather(
        np.where(rows < 0, values.len(), rows)
    )


def only(values: pl.Series, where: Bools) -> pl.Series:
    """The values, empty where ``where`` is false."""
    return pl.select(pl.when(pl.lit(pl.Series(where))).then(pl.lit(values))).to_series()


def _numbered(prefix: str, start: int, count: int, width: int) -> pl.Series:
    return prefix + pl.int_range(start, start + count, eager=True).cast(pl.String).str.zfill(width)
