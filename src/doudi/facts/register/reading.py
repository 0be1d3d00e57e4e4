"""From files to a :class:`~doudi.facts.register.register.Register`: find, match, convert, link, fill in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.facts.register.absence import Filled, fill
from doudi.facts.register.convert import Conversion, Table
from doudi.facts.register.headings import match_headings
from doudi.facts.register.linking import Links, link
from doudi.facts.register.matching import Matches
from doudi.facts.register.notices import notices
from doudi.facts.register.register import Register
from doudi.facts.register.set_aside import rows_set_aside
from doudi.facts.register.sources import find_sources
from doudi.facts.vocabulary import EntityFacts, Vocabulary, engine_date
from doudi.rules.errors import FactError, Problem, Problems

MOST_PROBLEMS = 1_000
_THREADS = 2
Places = NDArray[np.int64]


def read_register(path: str | Path, on: date | int) -> Register:
    """Read a folder of Parquet, CSV or XLSX tables, or one XLSX workbook, as of the day ``on``.

    Rows at fault are set aside together with the rest of their household; what is left is assessed.

    Raises:
        FactError: what concerns whole files: tables or columns missing or unknown, an encoding that is not read, an
            empty file; all at once.
    """
    problems = Problems()
    sources = find_sources(Path(path), problems)
    matched = {name: (source, match_headings(source, problems)) for name, source in sources.items()}
    problems.raise_as(FactError)
    with ThreadPoolExecutor(_THREADS) as threads:
        conversion = Conversion(matched, threads)
        matches = Matches.of(conversion.ids())
        tables = conversion.tables()
        links = link(tables, matches, threads)
        day = engine_date(on) if isinstance(on, date) else on
        return _Assembly(str(path), day, Vocabulary.load(), tables, links, threads).register()


@dataclass(slots=True)
class _Assembly:
    """Kept rows in their final order, renumbered, completed."""

    path: str
    on: int
    vocabulary: Vocabulary
    tables: Mapping[str, Table]
    links: Links
    threads: ThreadPoolExecutor

    def register(self) -> Register:
        order = dict(zip(self.tables, self.threads.map(self._order, self.tables), strict=True))
        new_place = {
            name: _inverse(order[name], self.tables[name].height) for name in ("household", "person")
        }
        counts = {name: len(order[name]) if name in order else 0 for name in self.vocabulary.entities}
        offsets, owners = self._structure(order, new_place, counts)
        frames = dict(
            zip(
                self.tables,
                self.threads.map(lambda name: self._frame(name, order[name]), self.tables),
                strict=True,
            )
        )
        written = {name: frozenset(table.headings) for name, table in self.tables.items()}
        stated = self._stated(written["household"])
        aside = {
            table.source.entity.table: rows_set_aside(table, self.links.kept[name])
            for name, table in self.tables.items()
        }
        rows_read = {table.source.entity.table: table.height for table in self.tables.values()}
        for name, table in self.tables.items():
            label = table.source.entity.table
            assert rows_read[label] == counts[name] + aside[label].height, f"rows of {label} were lost"
        problem_counts: Counter[str] = Counter()
        for table in self.tables.values():
            problem_counts.update(table.faults.counts())
        return Register(
            path=self.path, on=self.on, counts=counts,
            facts={name: self._filled(entity, frames.get(name), written, stated)
                   for name, entity in self.vocabulary.entities.items()},
            ids={name: frames[name][column] for name, column in self._columns("id", written)},
            texts={column: frames[name][column] for name, column in self._columns("text", written)},
            offsets=offsets, owners=owners,
            written={name: written.get(name, frozenset()) for name in self.vocabulary.entities},
            stated=stated, rows_read=rows_read, set_aside=aside,
            forms={table.source.entity.table: table.source.form for table in self.tables.values()},
            problems=self._problems(), problem_counts=problem_counts,
            notices=tuple(notices(self.vocabulary, self.path, self.tables)),
        )  # fmt: skip

    def _order(self, name: str) -> Places:
        """The kept rows by the order of their parents, which the order of the households decides."""
        places = np.flatnonzero(self.links.kept[name])
        if name == "household":
            return places
        parent = self.links.parent[name][places]
        if name == "supporter":
            parent = self._rank_of_persons()[parent]
        if (parent[1:] >= parent[:-1]).all():
            return places
        return places[np.argsort(parent, kind="stable")]

    def _frame(self, name: str, order: Places) -> pl.DataFrame:
        return _reordered(self.tables[name].given_up(), order)

    def _rank_of_persons(self) -> Places:
        return _inverse(self._order("person"), self.tables["person"].height)

    def _structure(
        self, order: Mapping[str, Places], new_place: Mapping[str, Places], counts: Mapping[str, int]
    ) -> tuple[dict[str, Places], dict[str, Places]]:
        none = np.empty(0, dtype=np.int64)

        def offsets(entity: EntityFacts) -> Places:
            rows, parent = order.get(entity.name, none), str(entity.parent)
            parents = new_place[parent][self.links.parent[entity.name][rows]] if len(rows) else rows
            lengths = np.bincount(parents, minlength=counts[parent])
            return np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)

        def owners(entity: EntityFacts) -> Places:
            rows = order.get(entity.name, none)
            owner = self.links.owner[entity.name][rows] if len(rows) else rows
            return np.where(owner >= 0, new_place["person"][owner], -1)

        below = [entity for entity in self.vocabulary.entities.values() if entity.parent is not None]
        linked = [entity for entity in below if len(entity.links) > 1]
        found = self.threads.map(
            lambda place: place[0](place[1]),
            [*((offsets, one) for one in below), *((owners, one) for one in linked)],
        )
        return (
            {one.name: next(found) for one in below},
            {one.name: next(found) for one in linked},
        )

    def _stated(self, columns: frozenset[str]) -> dict[str, int | None]:
        names = {entity.table: name for name, entity in self.vocabulary.entities.items()}
        return {
            fact.column: int(names[fact.stated_by] in self.tables)
            for fact in self.vocabulary.entities["household"].engine_facts()
            if fact.stated_by is not None and fact.column not in columns
        }

    def _filled(
        self,
        entity: EntityFacts,
        frame: pl.DataFrame | None,
        written: Mapping[str, frozenset[str]],
        stated: Mapping[str, int | None],
    ) -> Filled:
        if frame is None:
            return fill(entity, pl.DataFrame(), (), {}, self.on, self.threads)
        named = stated if entity.parent is None else {}
        return fill(entity, frame, written[entity.name], named, self.on, self.threads)

    def _columns(self, kind: str, written: Mapping[str, frozenset[str]]) -> list[tuple[str, str]]:
        return [
            (name, column)
            for name, columns in written.items()
            for column in columns
            if self.vocabulary.entities[name].facts[column].kind == kind
        ]

    def _problems(self) -> tuple[Problem, ...]:
        every = (problem for table in self.tables.values() for problem in table.faults.problems())
        return tuple(islice(every, MOST_PROBLEMS))


def _inverse(order: Places, size: int) -> Places:
    """For each old place the new one, −1 for rows that are not kept."""
    inverse = np.full(size, -1, dtype=np.int64)
    inverse[order] = np.arange(len(order))
    return inverse


def _reordered(frame: pl.DataFrame, order: Places) -> pl.DataFrame:
    if len(order) == frame.height and (order == np.arange(frame.height)).all():
        return frame
    return frame[order]
