"""A register read: the facts of many households as columns, the rows set aside, and what was noticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.facts.household import Assumption, HouseholdFacts, complete
from doudi.facts.register.absence import Filled
from doudi.facts.register.set_aside import write_tables
from doudi.facts.vocabulary import EntityFacts, Fact, Vocabulary
from doudi.rules.columns import Columns
from doudi.rules.errors import FactError, Problem

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Register:
    """The accepted households of a register, in the order of its table, with all that belongs to them.

    ``facts``: entity → values and masks by engine name; every entity of the vocabulary is there, with no rows if its
    table is missing. Persons lie in the order of their households, supporters in that of their persons, assets,
    expenses and holdings in that of their households. ``parents[entity]``: the parent of each row.
    ``offsets[entity]``: where the rows of each parent begin, with the total at the end. ``owners[entity]``: the person
    of each asset, expense or holding, −1 for the household's own. ``written``: the columns that each table has;
    ``stated``: the household flags that the presence of tables gave.

    ``rows_read[table]`` = ``counts[entity]`` + rows of ``set_aside[table]``, always. ``problems`` holds the first
    1,000 faults of rows, ``problem_counts`` counts all by code; ``notices`` tells what was taken for granted.
    """

    path: str
    on: int
    counts: Mapping[str, int]
    facts: Mapping[str, Filled]
    ids: Mapping[str, pl.Series]
    texts: Mapping[str, pl.Series]
    parents: Mapping[str, Places]
    offsets: Mapping[str, Places]
    owners: Mapping[str, Places]
    written: Mapping[str, frozenset[str]]
    stated: Mapping[str, int | None]
    rows_read: Mapping[str, int]
    set_aside: Mapping[str, pl.DataFrame]
    forms: Mapping[str, str]
    problems: tuple[Problem, ...]
    problem_counts: Counter[str]
    notices: tuple[Problem, ...]

    def columns(self) -> Columns:
        """The facts as the NumPy kernel takes them."""
        entities = Vocabulary.load().entities
        return Columns(
            counts=self.counts,
            values={name: array for filled in self.facts.values() for name, array in filled.values.items()},
            unknown={name: mask for filled in self.facts.values() for name, mask in filled.unknown.items()},
            bounds={name: ends for filled in self.facts.values() for name, ends in filled.bounds.items()},
            parents=self.parents,
            links={
                (entity, str(entities[entity].links[1].link)): owner for entity, owner in self.owners.items()
            },
        )

    def household(self, place: int) -> HouseholdFacts:
        """The household at ``place`` (from 0) as the plain-Python kernel takes it."""
        return _Extract(self, place).facts()

    def place_of(self, household_id: str) -> int:
        """Where the household with that id stands.

        Raises:
            FactError: no accepted household has it.
        """
        found = self.ids["household"].index_of(household_id)
        if found is None:
            raise FactError([Problem(
                "fact.no_household", "登记册中没有这个家庭", "the register has no such household",
                "核对家庭编号，或看是否已搁置", "check the id, or whether the household was set aside", file=self.path,
            )])  # fmt: skip
        return int(found)

    def write_set_aside(self, folder: str | Path) -> list[Path]:
        """Write the rows set aside, table by table in the form received, each with the column 错误; nothing if none.

        Once mended, the folder can be read again as a register.
        """
        return write_tables(self.set_aside, self.forms, Path(folder))


class _Extract:
    """One household taken out of the columns."""

    def __init__(self, register: Register, place: int) -> None:
        if not 0 <= place < register.counts["household"]:
            raise IndexError(f"no household at {place}")
        self.register = register
        self.assumed: list[Assumption] = []
        self.rows = {
            "household": range(place, place + 1),
            "person": self._under("person", range(place, place + 1)),
        }
        self.rows["supporter"] = self._under("supporter", self.rows["person"])
        for entity in register.owners:
            self.rows[entity] = self._under(entity, self.rows["household"])

    def _under(self, entity: str, parents: range) -> range:
        offsets = self.register.offsets[entity]
        return range(int(offsets[parents.start]), int(offsets[parents.stop]))

    def facts(self) -> HouseholdFacts:
        found: dict[str, Any] = {}
        ids: dict[str, list[str]] = {}
        for name, entity in Vocabulary.load().entities.items():
            series = self.register.ids.get(name)
            rows = self.rows[name]
            ids[name] = [""] * len(rows) if series is None else [series[row] or "" for row in rows]
            found[name] = [self._row(entity, row, ids[name][row - rows.start]) for row in rows]
        self._link(found)
        found["household"] = found["household"][0]
        return HouseholdFacts(
            found,
            ids,
            self._texts("person", "name"),
            "".join(self._texts("household", "village")),
            self.assumed,
        )

    def _texts(self, entity: str, column: str) -> list[str]:
        series = self.register.texts.get(column)
        return ["" if series is None else series[row] or "" for row in self.rows[entity]]

    def _row(self, entity: EntityFacts, row: int, identifier: str) -> dict[str, Any]:
        columns = self.register.written[entity.name]
        written = {
            fact.column: self._value(fact, row) for fact in entity.engine_facts() if fact.column in columns
        }
        if entity.name == "household":
            written = {**self.register.stated, **written}
        groups = {str(entity.facts[column].group) for column in columns}
        completed = complete(entity, written, groups, self.register.on)
        place = row - self.rows[entity.name].start
        self.assumed += [
            Assumption(entity.name, place, identifier, fact, value) for fact, value in completed.assumed
        ]
        return completed.row

    def _value(self, fact: Fact, row: int) -> int | None:
        filled = self.register.facts[fact.entity]
        mask = filled.unknown.get(fact.name)
        return None if mask is not None and mask[row] else int(filled.values[fact.name][row])

    def _link(self, found: dict[str, Any]) -> None:
        first = self.rows["person"].start
        offsets = self.register.offsets["supporter"]
        for row, completed in zip(self.rows["supporter"], found["supporter"], strict=True):
            completed["person_index"] = int(np.searchsorted(offsets, row, side="right")) - 1 - first
        for entity, owners in self.register.owners.items():
            for row, completed in zip(self.rows[entity], found[entity], strict=True):
                completed["owner_index"] = int(owners[row]) - first if owners[row] >= 0 else -1
