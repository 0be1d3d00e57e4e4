"""A county to be watched: departments' files landed, evidence of some days, prepared nights; and many copies of two nights."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import polars as pl

REGION, SEED = "999901", 2026
PLACES = ("person", "owner", "mother", "father", "guardian", "man", "woman")


def make(home: Path, persons: int) -> list[date]:
    """A county with its departments' files landed; the days on which they came, in order."""
    from doudi.feeds.synthetic import land_all, read_sent, write_departments, write_registry
    from doudi.population import world_of, write_world

    world = world_of(persons, SEED, REGION)
    write_world(world, home)
    write_registry(world, home / "registry", world.ends, SEED)
    write_departments(world, home / "departments", world.ends, seed=SEED)
    sent = read_sent(home / "departments")
    land_all(sent, home / "store", "bench")
    return sorted({file.received_at.date() for file in sent.files})


def nights(home: Path, days: Iterable[date]) -> Iterator[tuple[date, Path]]:
    """The evidence of each day, built one upon the other, and its prepared night."""
    from doudi.evidence import build
    from doudi.monitoring.prepare import prepare

    for day in days:
        build(home / "registry", home / "store", day, home / "evidence", region=REGION)
        yield day, prepare(home / "evidence", home / "store", REGION, home / "nights" / day.isoformat())


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
