"""Laying down a table of a register so that it is read fast; any Parquet file with the same columns can be read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from doudi.facts.vocabulary import EntityFacts, Fact
from doudi.rules.files import put_whole

ROWS_TOGETHER = 2**20
"""Rows of a group: a county's table is one, so that its columns need not be put together when they are read."""


def write_table(
    entity: EntityFacts, table: pl.DataFrame, path: Path, about: Mapping[str, str] | None = None
) -> None:
    """Write a table of the entity as Parquet. Codes are written as an enumeration of their set: their texts stand in the
    file once, and reading compares no text of a row with them. ``about`` stands in the file beside the rows."""
    columns = [_enumerated(table[name], entity.facts.get(name)) for name in table.columns]
    with put_whole(path) as making:
        pl.DataFrame(columns).write_parquet(
            making,
            compression="lz4",
            row_group_size=ROWS_TOGETHER,
            metadata=None if about is None else dict(about),
        )


def _enumerated(column: pl.Series, fact: Fact | None) -> pl.Series:
    """The codes as an enumeration, if all of them are of their set and none is an alias."""
    if fact is None or fact.codes is None or column.dtype != pl.String:
        return column
    places = column.cast(pl.Enum(fact.codes.codes), strict=False)
    return places if places.null_count() == column.null_count() else column
