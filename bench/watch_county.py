"""Many copies of a prepared night."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl

PLACES = ("person", "owner", "mother", "father", "guardian", "man", "woman")


def multiply(night: Path, out: Path, times: int) -> None:
    """Many copies of a prepared night as one: other ids, other places, everything else alike."""
    page = json.loads((night / "night.json").read_text("utf-8"))
    homes, people = page["counts"]["household"], page["counts"]["person"]
    for path in sorted(night.rglob("*.parquet")):
        table = pl.read_parquet(path)
        target = out / path.relative_to(night)
        target.parent.mkdir(parents=True, exist_ok=True)
        copies = pl.concat([table] * times).select(_moved(table, homes, people))
        copies.write_parquet(target, compression="zstd", compression_level=1)
    (out / "night.json").write_text(json.dumps(page), "utf-8")


def _moved(table: pl.DataFrame, homes: int, people: int) -> list[pl.Expr]:
    """The columns of copies that follow one another: places moved on, ids with the number of the copy in front."""
    copy = pl.int_range(pl.len()) // max(1, table.height)
    found = []
    for name in table.columns:
        column = pl.col(name)
        if name in ("household", "parent"):
            column = (column + copy * homes).cast(pl.Int32)
        elif name in PLACES and table.schema[name] == pl.Int32:
            column = (
                pl.when(column >= 0).then(column + copy * people).otherwise(-1).cast(pl.Int32).alias(name)
            )
        elif name in ("household_id", "person_id"):
            column = (copy.cast(pl.String).str.zfill(5) + "-" + column).alias(name)
        found.append(column)
    return found
