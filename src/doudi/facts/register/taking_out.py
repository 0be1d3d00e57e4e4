"""Columns of facts taken out of the pages of a Parquet file, where that gives the same values as reading the file."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.facts.register.expressions import as_kept, expression, leaves_gaps, readable
from doudi.facts.register.pages import Piece
from doudi.facts.register.sources import Source
from doudi.facts.vocabulary import Fact


def taken_out(source: Source, fact: Fact, heading: str, dtype: pl.DataType) -> tuple[Piece, pl.Expr] | None:
    """The column as it may be read, and its engine values; None where it must be read from the file.

    Of a column with a dictionary each different value is read once. If one of them is doubtful, the whole column is read from
    the file, and what is doubtful is found there row by row.
    """
    if source.pages is None or not fact.in_engine:
        return None
    if as_kept(fact, dtype):
        piece = source.pages.integers(heading)
        return None if piece is None else (piece, expression(fact, heading, dtype, floats_as_text=False))
    dictionary = source.pages.dictionary(heading)
    numbers = None if dictionary is None else _in_engine(fact, dictionary.entries)
    if dictionary is None or numbers is None:
        return None
    values = pl.col(heading).fill_null(0) if fact.may_be_none else pl.col(heading)
    return dictionary.replaced(numbers), values.alias(fact.name)


def _in_engine(fact: Fact, entries: pl.Series) -> NDArray[Any] | None:
    """The entries as engine values; None if any is doubtful."""
    if fact.kind == "code" and entries.dtype == pl.String:
        return _codes(fact, entries)
    if fact.may_be_none and leaves_gaps(fact, entries.dtype):
        return None
    expressed = expression(fact, entries.name, entries.dtype, floats_as_text=False)
    values = entries.to_frame().select(expressed).to_series()
    if not len(values) or values.null_count():
        return None
    numbers = values.to_numpy()
    return numbers if fact.low <= numbers.min() and numbers.max() <= fact.high else None


def _codes(fact: Fact, entries: pl.Series) -> NDArray[Any] | None:
    places = {code: place for place, code in enumerate(readable(fact))}
    found = [places.get(entry) for entry in entries.to_list()]
    return None if None in found else np.array(found, dtype=np.int8)
