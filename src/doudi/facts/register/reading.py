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

from doudi.facts.register.absence import Filled, fill
from doudi.facts.register.births import check_births
from doudi.facts.register.convert import Conversion, Table
from doudi.facts.register.headings import match_headings
from doudi.facts.register.linking import Links, link
from doudi.facts.register.matching import Matches
from doudi.facts.register.notices import notices
from doudi.facts.register.ordering import Order, Places
from doudi.facts.register.register import Register
from doudi.facts.register.set_aside import rows_set_aside
from doudi.facts.register.sources import find_sources
from doudi.facts.vocabulary import EntityFacts, Vocabulary, engine_date
from doudi.rules.errors import FactError, Problem, Problems

MOST_PROBLEMS = 1_000
_THREADS = 2


def read_register(path: str | Path, on: date | int) -> Register:
    """Read a folder of Parquet, CSV or XLSX tables, or one XLSX workbook, as of the day ``on``.

    Rows at fault are set aside together with the rest of their household; what is left is assessed.

    Raises:
        FactError: what concerns whole files: tables or columns missing or unknown, an encoding that is not read, an
            empty file; all at once.
    """
    day = engine_date(on) if isinstance(on, date) else on
    problems = Problems()
    sources = find_sources(Path(path), problems)
    matched = {name: (source, match_headings(source, problems)) for name, source in sources.items()}
    problems.raise_as(FactError)
    with ThreadPoolExecutor(_THREADS) as threads:
        conversion = Conversion(matched, threads)
        matches = Matches.of(conversion.names, list(matched))
        tables = conversion.tables()
        check_births(tables, day)
        links = link(tables, matches, threads)
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
        order = self._orders()
        counts = {name: len(order[name]) if name in order else 0 for name in self.vocabulary.entities}
        parents, offsets, owners = self._structure(order, counts)
        frames = {name: order[name].frame(table.frame) for name, table in self.tables.items()}
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
            facts={name: self._filled(entity, order, written, stated, counts[name])
                   for name, entity in self.vocabulary.entities.items()},
            ids={name: frames[name][column] for name, column in self._columns("id", written)},
            texts={column: frames[name][column] for name, column in self._columns("text", written)},
            parents=parents, offsets=offsets, owners=owners,
            written={name: written.get(name, frozenset()) for name in self.vocabulary.entities},
            stated=stated, rows_read=rows_read, set_aside=aside,
            forms={table.source.entity.table: table.source.form for table in self.tables.values()},
            problems=self._problems(), problem_counts=problem_counts,
            notices=tuple(notices(self.vocabulary, self.path, self.tables)),
        )  # fmt: skip

    def _orders(self) -> dict[str, Order]:
        """The order of each table: that of its rows' parents, which the order of the households decides."""
        kept, parent = self.links.kept, self.links.parent
        household = Order.by(kept["household"], None)
        found = {"household": household, "person": Order.by(kept["person"], parent["person"])}
        for name in (name for name in self.tables if name not in found):
            under_persons = self.vocabulary.entities[name].parent == "person"
            rank = found["person"].found(parent[name]) if under_persons else parent[name]
            found[name] = Order.by(kept[name], rank)
        return found

    def _structure(
        self, order: Mapping[str, Order], counts: Mapping[str, int]
    ) -> tuple[dict[str, Places], dict[str, Places], dict[str, Places]]:
        """The parent of each row, where the rows of each parent begin, and the owners of rows that may have one."""
        parents: dict[str, Places] = {}
        offsets: dict[str, Places] = {}
        owners: dict[str, Places] = {}
        for name, entity in self.vocabulary.entities.items():
            if entity.parent is None:
                continue
            rows, none = order.get(name), np.empty(0, dtype=np.int64)
            above = none if rows is None else order[entity.parent].found(rows.of(self.links.parent[name]))
            parents[name] = above
            lengths = np.bincount(above, minlength=counts[entity.parent])
            offsets[name] = np.concatenate(([0], np.cumsum(lengths)))
            if len(entity.links) > 1:
                owners[name] = (
                    none if rows is None else order["person"].found(rows.of(self.links.owner[name]))
                )
        return parents, offsets, owners

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
        order: Mapping[str, Order],
        written: Mapping[str, frozenset[str]],
        stated: Mapping[str, int | None],
        height: int,
    ) -> Filled:
        if entity.name not in self.tables:
            return fill(entity, {}, (), {}, self.on, height)
        given = self.tables[entity.name].given
        rows = self.threads.map(lambda one: one.ordered(order[entity.name]), given.values())
        ordered = dict(zip(given, rows, strict=True))
        return fill(
            entity, ordered, written[entity.name], stated if entity.parent is None else {}, self.on, height
        )

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
