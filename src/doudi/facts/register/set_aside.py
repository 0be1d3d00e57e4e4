"""Rows set aside: the rows of a table as received, with the reason beside each, in a file of the same form."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.facts.register.convert import Table
from doudi.facts.register.headings import ERROR_COLUMN
from doudi.rules.files import put_whole

SAME_HOUSEHOLD = "同户有错误行"
"""Written beside rows without a fault of their own whose household was set aside."""


def rows_set_aside(table: Table, kept: NDArray[np.bool_]) -> pl.DataFrame:
    """The rows of a table that are not kept, in their order, with the column 错误."""
    schema = table.source.raw.collect_schema()
    columns = [column for column in schema if column != ERROR_COLUMN]
    raw = table.source.raw.select(columns)
    if kept.all():
        return raw.head(0).with_columns(pl.lit(None, dtype=pl.String).alias(ERROR_COLUMN)).collect()
    places = pl.DataFrame({"place": np.flatnonzero(~kept)})
    told = places.join(table.faults.sentences(), on="place", how="left", maintain_order="left")
    frame = raw.filter(pl.Series(~kept)).collect()
    return frame.with_columns(told["text"].fill_null(SAME_HOUSEHOLD).alias(ERROR_COLUMN))


def write_tables(tables: Mapping[str, pl.DataFrame], forms: Mapping[str, str], folder: Path) -> list[Path]:
    """Write the tables that have rows, each as ``<table>.<form>``; the paths written."""
    written = []
    for name, frame in tables.items():
        if not frame.height:
            continue
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name}.{forms[name]}"
        with put_whole(path) as making:
            _write(frame, forms[name], making, name)
        written.append(path)
    return written


def _write(frame: pl.DataFrame, form: str, path: Path, name: str) -> None:
    if form == "parquet":
        frame.write_parquet(path)
    elif form == "csv":
        frame.write_csv(path, include_bom=True)
    else:
        with path.open("wb") as file:
            frame.write_excel(file, worksheet=name)
