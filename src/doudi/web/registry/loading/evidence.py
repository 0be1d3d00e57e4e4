"""A build of evidence and the registry that it was built from, as files."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from doudi.evidence.schema import FACTS, ITEMS, PEOPLE
from doudi.rules.errors import Problem, Problems
from doudi.web.registry.errors import LoadError

_TABLES = {"people": PEOPLE, "facts": FACTS, "items": ITEMS}


@dataclass(frozen=True)
class Evidence:
    """The folder of a build, and the folder of the registry (for addresses), if it is at hand."""

    folder: Path
    registry: Path | None = None

    def check(self) -> None:
        """Look for every table and column that is read.

        Raises:
            LoadError: with all that is missing.
        """
        problems = Problems()
        for name, schema in _TABLES.items():
            _check(self.table(name), set(schema), problems)
        if self.registry is not None:
            _check(self.registry / "households.parquet", {"household_id", "area", "address"}, problems)
        for name in ("sources.json", "register/households.parquet"):
            if not (self.folder / name).exists():
                problems.add(_missing(self.folder / name))
        problems.raise_as(LoadError)

    def table(self, name: str) -> Path:
        """Where a table lies."""
        return self.folder / f"{name}.parquet"

    @property
    def people(self) -> pl.DataFrame:
        """Everyone ever known."""
        return pl.read_parquet(self.table("people"))

    @property
    def homes(self) -> pl.DataFrame:
        """``household_id``, ``area`` and ``address``: as built, addresses from the registry."""
        built = pl.read_parquet(self.folder / "register" / "households.parquet")
        area = pl.col("area") if "area" in built.columns else pl.lit(None, pl.String).alias("area")
        homes = built.select("household_id", area)
        if self.registry is None:
            return homes.with_columns(address=pl.lit(None, pl.String))
        known = pl.read_parquet(self.registry / "households.parquet").select("household_id", "address")
        return homes.join(known, on="household_id", how="left")

    @cached_property
    def sources(self) -> dict[str, Any]:
        """What was asked of whom, and when it last answered."""
        found: dict[str, Any] = json.loads((self.folder / "sources.json").read_text("utf-8"))
        return found

    def must_be_of(self, day: date) -> None:
        """Refuse a build of another day.

        Raises:
            LoadError: the build says another day.
        """
        if self.sources.get("day") != day.isoformat():
            raise LoadError([Problem(
                "load.day", "事实不是这一天的", "the facts were built for another day", "改 --date，或者重新生成",
                "change --date or build again", file=str(self.folder), value=str(self.sources.get("day")),
            )])  # fmt: skip

    @cached_property
    def content(self) -> str:
        """A hash of the tables."""
        whole = hashlib.sha256()
        for name in _TABLES:
            with self.table(name).open("rb") as file:
                whole.update(hashlib.file_digest(file, "sha256").digest())
        return whole.hexdigest()


def _check(path: Path, columns: set[str], problems: Problems) -> None:
    if not path.exists():
        problems.add(_missing(path))
        return
    for column in sorted(columns - set(pl.read_parquet_schema(path))):
        problems.add(Problem("load.no_column", "缺少这一列", "a column is missing", "重新生成事实", "build the facts again",
                             file=str(path), column=column))  # fmt: skip


def _missing(path: Path) -> Problem:
    return Problem("load.no_table", "缺少这个文件", "a file is missing", "先运行 doudi facts build",
                   "run doudi facts build first", file=str(path))  # fmt: skip
