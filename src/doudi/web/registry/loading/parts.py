"""A register in parts, so that a county of any size is assessed in as much memory as one part needs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

PART = 60_000
"""Households that are looked at together."""


def parts(folder: Path) -> Iterator[Path]:
    """Folders with so many households each and all that belongs to them; the register itself if it is no larger.

    A part is gone when the next one is asked for.
    """
    homes = pl.scan_parquet(folder / "households.parquet").select("household_id").collect().to_series().sort()
    if homes.len() <= PART:
        yield folder
        return
    for start in range(0, homes.len(), PART):
        chosen = homes.slice(start, PART)
        with TemporaryDirectory() as room:
            _write(
                folder, Path(room), pl.col("household_id").is_between(pl.lit(chosen[0]), pl.lit(chosen[-1]))
            )
            yield Path(room)


def _write(folder: Path, room: Path, within: pl.Expr) -> None:
    """The rows of some households in every table; supporters name only the person whose they are."""
    people = pl.scan_parquet(folder / "persons.parquet").filter(within).select("person_id")
    for path in sorted(folder.glob("*.parquet")):
        rows = pl.scan_parquet(path)
        if "household_id" in rows.collect_schema():
            kept = rows.filter(within)
        else:
            kept = rows.join(people, on="person_id", how="semi", maintain_order="left")
        kept.collect().write_parquet(room / path.name, compression="lz4")
