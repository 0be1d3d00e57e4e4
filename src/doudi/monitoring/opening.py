"""The files of a prepared night opened: all of it, some households, only what the next night asks of it, or its heads."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import polars as pl

from doudi.monitoring.errors import fault
from doudi.monitoring.tables import Mask, Tables

NIGHT = "night.json"
HEAD = ("household_id", "digest", "wakes")
"""Columns of households that say which of them have to be looked at."""
ITEMS = ("asset", "expense", "holding", "supporter")
"""Entities of households and persons of which a night keeps a table only where it is asked for."""
_Read = TypeVar("_Read")
_IDS = {
    "household": ("household_id",),
    "person": ("household", "person_id"),
    "departed": ("household", "person_id"),
}


@dataclass(frozen=True)
class Head:
    """What a night was made of (``page``), and of its households :data:`HEAD`."""

    page: dict[str, Any]
    household: pl.DataFrame

    @property
    def day(self) -> date:
        """The day of the night."""
        return date.fromisoformat(self.page["day"])


def read_night(folder: Path, households: Mask | None = None) -> Tables:
    """The night in a folder, or of the chosen households alone; of the others only whose rows they are is read.

    Raises:
        MonitoringError: the folder holds no night.
    """
    return _told(folder, lambda: _Files(folder, households).night())


def read_before(folder: Path, asked: Collection[str], households: Mask | None = None) -> Tables:
    """The night in a folder as the next one asks for it: who was there, with the values in ``asked``; no rows, no standings.

    Raises:
        MonitoringError: the folder holds no night.
    """
    return _told(folder, lambda: _Files(folder, households).before(frozenset(asked)))


def read_head(folder: Path) -> Head:
    """What a night was made of, and what says which of its households have to be looked at.

    Raises:
        MonitoringError: the folder holds no night.
    """
    return _told(folder, lambda: _Files(folder, None).head())


def _told(folder: Path, read: Callable[[], _Read]) -> _Read:
    try:
        return read()
    except (OSError, ValueError, KeyError, pl.exceptions.PolarsError):
        raise fault(
            "no_night", "不是准备好的一夜", "not a prepared night", "重新准备", "prepare it again", str(folder / NIGHT)
        ) from None  # fmt: skip


class _Files:
    """The files of a night, of which some households are chosen; None: all."""

    def __init__(self, folder: Path, households: Mask | None) -> None:
        self.folder = folder
        self.chosen = households

    def head(self) -> Head:
        page = json.loads((self.folder / NIGHT).read_text("utf-8"))
        return Head(page, pl.read_parquet(self.folder / "household.parquet", columns=list(HEAD)))

    def night(self) -> Tables:
        rows = {
            path.stem: self._of_homes(path, "household")
            for path in sorted((self.folder / "rows").glob("*.parquet"))
        }
        items = {
            name: self._of_people(path, "parent") if name == "supporter" else self._of_homes(path, "parent")
            for name in ITEMS
            if (path := self.folder / f"{name}.parquet").exists()
        }  # fmt: skip
        return self._tables(None, items, rows)

    def before(self, asked: frozenset[str]) -> Tables:
        return self._tables(asked, {}, {})

    def _tables(
        self, asked: frozenset[str] | None, items: dict[str, pl.DataFrame], rows: dict[str, pl.DataFrame]
    ) -> Tables:
        household, opened = (self._own(name, asked) for name in ("household", "open"))
        person, departed, standing = (
            self._of_homes(self.folder / f"{name}.parquet", "household", self._columns(name, asked))
            for name in ("person", "departed", "standing")
        )
        page = json.loads((self.folder / NIGHT).read_text("utf-8"))
        found = Tables(page, household, person, departed, items, rows, standing, opened)
        return found if self.chosen is None else found.renumbered(self.chosen, self._people)

    def _columns(self, name: str, asked: frozenset[str] | None) -> list[str] | None:
        """The columns of a table that are read; None: all. Who was there is always asked for."""
        if asked is None or name not in _IDS:
            return None
        wanted = asked | frozenset(_IDS[name])
        return [one for one in pl.read_parquet_schema(self.folder / f"{name}.parquet") if one in wanted]

    def _own(self, name: str, asked: frozenset[str] | None) -> pl.DataFrame:
        """A table with a row for each household."""
        table = pl.read_parquet(self.folder / f"{name}.parquet", columns=self._columns(name, asked))
        return table if self.chosen is None or not table.width else table.filter(pl.Series(self.chosen))

    def _of_homes(self, path: Path, parent: str, columns: list[str] | None = None) -> pl.DataFrame:
        return self._among(path, parent, columns, self.chosen)

    def _of_people(self, path: Path, parent: str) -> pl.DataFrame:
        return self._among(path, parent, None, None if self.chosen is None else self._people)

    def _among(self, path: Path, parent: str, columns: list[str] | None, chosen: Mask | None) -> pl.DataFrame:
        """The rows whose parents were chosen. What stands beside these in the file is not unpacked."""
        if chosen is None:
            return pl.read_parquet(path, columns=columns)
        places = pl.Series(np.flatnonzero(chosen), dtype=pl.Int32).implode()
        table = pl.scan_parquet(path).filter(pl.col(parent).is_in(places))
        return (table if columns is None else table.select(columns)).collect()

    @cached_property
    def _people(self) -> Mask:
        """The people of the chosen households."""
        assert self.chosen is not None
        homes = pl.read_parquet(self.folder / "person.parquet", columns=["household"])["household"]
        return self.chosen[homes.to_numpy()]
