"""What a folder of evidence holds for a night: the register, everybody ever known, and how far the feeds answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from doudi.facts.register import Register, read_register
from doudi.law import library
from doudi.monitoring.errors import fault
from doudi.monitoring.linked import day_number, linked_rows
from doudi.monitoring.reach import Reach, reach_of
from doudi.monitoring.rows import rows_of_feeds


@dataclass(frozen=True)
class Ground:
    """Evidence as it lies on disk. ``store``: where the feeds were landed."""

    folder: Path
    store: Path
    sources: Mapping[str, Any]

    @property
    def day(self) -> date:
        """The day of the evidence."""
        return date.fromisoformat(self.sources["day"])

    @cached_property
    def reach(self) -> Mapping[str, Reach]:
        """How far each feed answers."""
        return reach_of(self.sources)

    @cached_property
    def register(self) -> Register:
        """The register of what is known."""
        return read_register(self.folder / "register", self.day)

    @cached_property
    def homes(self) -> pl.DataFrame:
        """``household_id`` and ``village``: of the register in its order, then those in which nobody is present any more."""
        ids = self.register.ids["household"].alias("household_id")
        villages = self.register.texts.get("village", pl.Series([None] * len(ids), dtype=pl.String))
        here = pl.DataFrame([ids, villages.alias("village")])
        others = self._everybody.filter(pl.col("household_id").is_not_null()).join(
            here, on="household_id", how="anti"
        )
        gone = (
            others.group_by("household_id").agg(pl.col("village").drop_nulls().first()).sort("household_id")
        )
        return pl.concat([here, gone])

    @cached_property
    def people(self) -> pl.DataFrame:
        """Everybody ever known: ``person_id``; ``place`` among the persons of the register, −1 for who is not there; ``home``, the
        place of the household, null where none is known; ``state``; ``ended_on`` (0: has not ended); ``born``."""
        present = self.register.ids["person"].alias("person_id").to_frame().with_row_index("place")
        homes = self.homes.select("household_id").with_row_index("home")
        codes = library.indicator_code_sets()["presence"]
        states = {code: codes.index(code) for code in codes.codes}
        found = self._everybody.join(present, on="person_id", how="left").join(
            homes, on="household_id", how="left"
        )
        return found.select(
            "person_id",
            pl.col("place").cast(pl.Int32).fill_null(-1),
            pl.col("home").cast(pl.Int32),
            pl.col("state").replace_strict(states, return_dtype=pl.UInt8),
            day_number(pl.col("ended_on")).fill_null(0).alias("ended_on"),
            day_number(pl.col("born")).alias("born"),
        )

    @cached_property
    def _everybody(self) -> pl.DataFrame:
        columns = ["person_id", "household_id", "village", "state", "ended_on", "born"]
        return pl.read_parquet(self.folder / "people.parquet", columns=columns)

    def rows(self, entity: str, fields: tuple[str, ...]) -> pl.DataFrame | None:
        """The rows of a feed with those whom they name; None where the feed was not read."""
        kind = rows_of_feeds()[entity]
        feed = kind.contract.name
        links = self.folder / "links" / f"{feed}.parquet"
        told = self.reach.get(feed)
        if not links.exists() or told is None or not told.newest:
            return None
        return linked_rows(kind, fields, self.store, links, self.day, told.newest, self.people)


def ground_of(evidence: Path, store: Path) -> Ground:
    """The evidence in a folder.

    Raises:
        MonitoringError: the folder holds none.
    """
    path = evidence / "sources.json"
    try:
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
        date.fromisoformat(found["day"])
    except (OSError, ValueError, KeyError, TypeError):
        raise fault(
            "no_evidence", "不是 doudi facts build 的结果", "not a result of doudi facts build",
            "写生成结果的文件夹", "name the folder of a build", str(path),
        ) from None  # fmt: skip
    return Ground(evidence, store, found)
