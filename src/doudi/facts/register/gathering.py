"""Households that were read one by one, brought together as a register: the same facts, nothing read a second time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.facts.household import HouseholdFacts
from doudi.facts.register.absence import Filled
from doudi.facts.register.register import Register
from doudi.facts.vocabulary import EntityFacts, Fact, Vocabulary

Array = NDArray[Any]
_KINDS: dict[str, Any] = {"flag": np.bool_, "code": np.int8}
_LINKS = ("household", "person")
"""Entities whose rows are known by an id."""


class Gathering:
    """Columns that grow by some households at a time; ``on`` is the day of evaluation, ``yyyymmdd``.

    What a household does not say was filled in when it was read (:func:`doudi.facts.household.complete`), so every fact of
    the register is stated.
    """

    def __init__(self, on: int) -> None:
        self.on = on
        self._entities = Vocabulary.load().entities
        self._counts = dict.fromkeys(self._entities, 0)
        self._values: dict[str, list[Array]] = {}
        self._unknown: dict[str, list[Array]] = {}
        self._ids: dict[str, list[str]] = {name: [] for name in _LINKS}
        self._parents: dict[str, list[int]] = {name: [] for name, one in self._entities.items() if one.parent}
        self._owners: dict[str, list[int]] = {
            name: [] for name, one in self._entities.items() if len(one.links) > 1
        }

    def add(self, households: Sequence[HouseholdFacts]) -> None:
        """Append households with all that belongs to them."""
        rows: dict[str, list[dict[str, Any]]] = {name: [] for name in self._entities}
        for household in households:
            self._link(household, rows)
            for name in self._entities:
                rows[name] += household.rows(name)
            for name in _LINKS:
                self._ids[name] += household.ids[name]
        for name, entity in self._entities.items():
            self._counts[name] += len(rows[name])
            for fact in entity.engine_facts():
                self._append(fact, [row[fact.name] for row in rows[name]])

    def register(self) -> Register:
        """All of them as a register, in the order in which they were added."""
        parents = {name: np.array(found, dtype=np.int64) for name, found in self._parents.items()}
        return Register(
            path="", on=self.on, counts=dict(self._counts),
            facts={name: self._filled(entity) for name, entity in self._entities.items()},
            ids={name: pl.Series(found, dtype=pl.String) for name, found in self._ids.items()},
            texts={}, parents=parents,
            offsets={name: self._offsets(name, found) for name, found in parents.items()},
            owners={name: np.array(found, dtype=np.int64) for name, found in self._owners.items()},
            written={name: frozenset(fact.column for fact in one.engine_facts()) for name, one in self._entities.items()},
            stated={}, rows_read={one.table: self._counts[name] for name, one in self._entities.items()},
            set_aside={one.table: pl.DataFrame() for one in self._entities.values()}, forms={},
            problems=(), problem_counts=Counter(), notices=(),
        )  # fmt: skip

    def _link(self, household: HouseholdFacts, rows: dict[str, list[dict[str, Any]]]) -> None:
        """Say to whom the rows of a household belong, before they are appended to ``rows``."""
        home = self._counts["household"] + len(rows["household"])
        first = self._counts["person"] + len(rows["person"])
        for name, parents in self._parents.items():
            for row in household.rows(name):
                parents.append(
                    first + row["person_index"] if self._entities[name].parent == "person" else home
                )
                if name in self._owners:
                    self._owners[name].append(first + row["owner_index"] if row["owner_index"] >= 0 else -1)

    def _append(self, fact: Fact, told: list[Any]) -> None:
        kind = _KINDS.get(fact.kind, np.int64)
        values = [fact.filler if value is None else value for value in told]
        self._values.setdefault(fact.name, []).append(np.array(values, dtype=kind))
        self._unknown.setdefault(fact.name, []).append(
            np.array([value is None for value in told], dtype=np.bool_)
        )

    def _filled(self, entity: EntityFacts) -> Filled:
        filled = Filled()
        for fact in entity.engine_facts():
            values = _together(self._values.get(fact.name), _KINDS.get(fact.kind, np.int64))
            unknown = _together(self._unknown.get(fact.name), np.bool_)
            filled.values[fact.name] = values
            if unknown.any():
                filled.unknown[fact.name] = unknown
            if len(values):
                filled.bounds[fact.name] = int(values.min()), int(values.max())
        return filled

    def _offsets(self, name: str, parents: Array) -> Array:
        above = self._entities[name].parent
        lengths = np.bincount(parents, minlength=self._counts[str(above)])
        return np.concatenate(([0], np.cumsum(lengths)))


def _together(parts: list[Array] | None, kind: Any) -> Array:
    return np.concatenate(parts) if parts else np.empty(0, dtype=kind)
