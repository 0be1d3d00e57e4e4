"""Two prepared nights as the kernel takes them: kept values, words made of them, and who leads to whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.facts.vocabulary import engine_date
from doudi.monitoring.earlier import Earlier
from doudi.monitoring.rows import rows_of_feeds
from doudi.monitoring.tables import Tables
from doudi.monitoring.words import BEFORE, DEPARTED, GONE, NEVER, SINCE, THERE, WRITTEN, Word
from doudi.rules.columns import Array, Columns, Indices

Mask = NDArray[np.bool_]
_IDS = ("household_id", "person_id", "village", "digest", "wakes", "household", "parent", "owner")


def columns_of_night(
    today: Tables, before: Earlier | None, words: Mapping[str, Word], clock: date | None = None
) -> Columns:
    """All that the rules of the indicators may ask for, with what is not known marked.

    ``clock``: the day from which days are counted, by default that of the night.
    """
    return _Assembly(today, before, words, clock or today.day).columns()


def days_since(dates: Array, today: int) -> Array:
    """Days from each date (``yyyymmdd``) until ``today``; :data:`NEVER` where there is none (0)."""
    found: Array = np.where(dates == 0, NEVER, _day_of(np.asarray(today)) - _day_of(dates))
    return found


def _day_of(dates: Array) -> Array:
    """The number of the day of each date, in 32 bits; without meaning where there is none."""
    narrow = dates.astype(np.int32)
    years = narrow // 10_000
    rest = narrow - years * 10_000
    months = rest // 100
    return _first_days().take(years * 12 + months, mode="clip") + (rest - months * 100)


@cache
def _first_days() -> Array:
    """For each month since the year 0, numbered by twelve times the year and the month, the number of the day before its first."""
    months = np.arange(-1, 12 * 2_300) - 12 * 1_970
    found: Array = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int32) - 1
    return found


class _Assembly:
    def __init__(self, today: Tables, before: Earlier | None, words: Mapping[str, Word], clock: date) -> None:
        self.today, self.before, self.words, self.clock = today, before, words, clock
        self.values: dict[str, Array] = {}
        self.unknown: dict[str, Mask] = {}
        self.there: dict[str, Indices] = {}

    def columns(self) -> Columns:
        """Everything; the order of what is put in matters, since words are made of what is there."""
        today = self.today
        self._put(today.household)
        self._put(today.person)
        for table in today.items.values():
            self._put(table)
        parents, links, counts = self._structure()
        for name, table in today.rows.items():
            self._put_rows(name, table)
        self._put_departed()
        self._put_before()
        for word in self.words.values():
            if word.prefix == SINCE and word.of in self.values:
                self._put_days(word)
        return Columns(counts, self.values, parents, self.unknown, links)

    def _put(self, table: pl.DataFrame, prefix: str = "") -> None:
        for column in table.get_columns():
            if column.name not in _IDS and column.name != "":
                self._one(prefix + column.name, column)

    def _one(self, name: str, column: pl.Series) -> None:
        values, mask = known_of(column)
        self.values[name] = values
        if mask is not None:
            self.unknown[name] = mask

    def _structure(self) -> tuple[dict[str, Indices], dict[tuple[str, str], Indices], dict[str, int]]:
        """Who belongs to whom. Entities of which there is nothing have no rows."""
        today = self.today
        parents: dict[str, Indices] = {
            "person": _indices(today.person["household"]), DEPARTED: _indices(today.departed["household"])
        }  # fmt: skip
        links: dict[tuple[str, str], Indices] = {}
        for name in ("supporter", "asset", "expense", "holding"):
            table = today.items.get(name)
            parents[name] = _indices(table["parent"]) if table is not None else _NONE
            if name != "supporter":
                links[name, "owner"] = _indices(table["owner"]) if table is not None else _NONE
        for name, rows in rows_of_feeds().items():
            table = today.rows.get(name)
            parents[name] = _indices(table["household"]) if table is not None else _NONE
            for part in rows.parts:
                links[name, part] = _indices(table[part]) if table is not None else _NONE
        counts = {"household": today.household.height, **{name: len(rows) for name, rows in parents.items()}}
        return parents, links, counts

    def _put_rows(self, name: str, table: pl.DataFrame) -> None:
        """The fields by their names; the standard values with the name of the entity in front."""
        kind = rows_of_feeds()[name]
        for told in kind.told:
            if told in table.columns:
                self._one(told, table[told])
        if "received_on" in table.columns:
            received = table["received_on"].to_numpy()
            self.values[f"{name}_received_on"] = received
            self.values[f"{name}_is_new"] = received > self._yesterday()
        for part in kind.parts:
            for what in ("state", "ended_on"):
                if f"{part}_{what}" in table.columns:
                    self.values[f"{name}_{part}_{what}"] = table[f"{part}_{what}"].to_numpy()
        for word in self.words.values():
            if word.prefix == WRITTEN and word.input.entity == name:
                self.values[word.input.name] = table[word.of].is_not_null().to_numpy()

    def _yesterday(self) -> int:
        return engine_date(self.before.day) if self.before is not None else engine_date(self.today.day) - 1

    def _put_departed(self) -> None:
        """On the first night of all nobody is newly departed."""
        table = self.today.departed
        self._put(table)
        never = np.zeros(table.height, np.bool_)
        self.values["departed_is_new"] = never if self.before is None else self.before.newly

    def _put_before(self) -> None:
        sizes = {
            "household": self.today.household.height, "person": self.today.person.height, DEPARTED: self.today.departed.height
        }  # fmt: skip
        for entity, size in sizes.items():
            nowhere = np.full(size, -1, np.int64)
            places = nowhere if self.before is None else self.before.places(entity)
            earlier = None if self.before is None else self.before.table(entity)
            if entity in THERE:
                self.values[THERE[entity]] = places >= 0
            for word in self.words.values():
                if word.prefix == (GONE if entity == DEPARTED else BEFORE) and word.input.entity == entity:
                    self._put_earlier(word, earlier, places)

    def _put_earlier(self, word: Word, earlier: pl.DataFrame | None, places: Indices) -> None:
        """The values of the night before where there was somebody, else not known."""
        column = earlier[word.of] if earlier is not None and word.of in earlier.columns else None
        if column is None or not len(column):
            self.values[word.input.name] = np.zeros(
                len(places), np.bool_ if word.input.kind.name == "flag" else np.int64
            )
            self.unknown[word.input.name] = np.ones(len(places), np.bool_)
            return
        values, mask = known_of(column)
        there = places >= 0
        self.values[word.input.name] = values.take(np.where(there, places, 0))
        missing = ~there if mask is None else ~there | mask.take(np.where(there, places, 0))
        if missing.any():
            self.unknown[word.input.name] = missing

    def _put_days(self, word: Word) -> None:
        self.values[word.input.name] = days_since(self.values[word.of], engine_date(self.clock))
        if word.of in self.unknown:
            self.unknown[word.input.name] = self.unknown[word.of]


_NONE: Any = np.empty(0, np.int64)


def known_of(column: pl.Series) -> tuple[Array, Mask | None]:
    """The values, with 0 or false where they are not known, and where that is; None where all are known."""
    if not column.null_count():
        return column.to_numpy(), None
    filler: Any = False if column.dtype == pl.Boolean else 0
    return column.fill_null(filler).to_numpy(), column.is_null().to_numpy()


def _indices(column: pl.Series) -> Indices:
    return column.to_numpy().astype(np.int64)
