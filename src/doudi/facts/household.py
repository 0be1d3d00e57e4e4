"""The facts of one household, complete and in engine values, and the rules by which they are completed.

What a file does not say is filled in here and nowhere else: its meaning stands in the vocabulary, and every value so
assumed is listed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from doudi.facts.values import as_engine
from doudi.facts.vocabulary import EntityFacts, Fact

Row = dict[str, Any]
Written = Mapping[str, int | None]
"""What a file says of one row: column name → engine integer, None for "not known"."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """A value that nobody wrote: ``fact`` (engine name) of the row ``id`` was taken to be ``value``."""

    entity: str
    row: int
    id: str
    fact: str
    value: int


@dataclass(slots=True)
class HouseholdFacts:
    """One household for the plain-Python kernel.

    ``facts`` is ``{"household": {..}, "person": [{..}, ..], "supporter": [..], "asset": [..], "expense": [..],
    "holding": [..]}``: engine names → engine integers (flags as truth values), None where not known. A supporter
    carries ``person_index``; an asset, expense or holding ``owner_index``, −1 for the household's own.
    ``ids`` holds the ids of the rows in the same order; ids, names and the village never enter the engine.
    ``region`` and ``date`` (``yyyymmdd``) are what the file asks for, if it does.
    """

    facts: dict[str, Any]
    ids: dict[str, list[str]]
    names: list[str]
    village: str = ""
    assumed: list[Assumption] = field(default_factory=list)
    region: str | None = None
    date: int | None = None

    @property
    def id(self) -> str:
        """The id of the household."""
        return self.ids["household"][0]

    def rows(self, entity: str) -> list[Row]:
        """All rows of an entity; the household is a list of one."""
        found = self.facts[entity]
        return [found] if isinstance(found, dict) else list(found)

    def unknown(self) -> frozenset[str]:
        """The engine names of all facts that are not known for at least one row."""
        return frozenset(
            name
            for entity in self.facts
            for row in self.rows(entity)
            for name, value in row.items()
            if value is None
        )


@dataclass(frozen=True, slots=True)
class Completed:
    """A row with every fact of its entity, and the facts whose values were assumed."""

    row: Row
    assumed: tuple[tuple[str, int], ...]


def complete(entity: EntityFacts, written: Written, stated_groups: Collection[str], on: int) -> Completed:
    """A whole row from what is written.

    ``stated_groups`` names the groups of which something was written: their other facts are zero. ``on`` is the day
    of evaluation (``yyyymmdd``), on which the age is counted that decides what an unstated income means.
    """
    row: Row = {}
    assumed: list[tuple[str, int]] = []
    for fact in entity.engine_facts():
        if fact.column in written:
            row[fact.name] = as_engine(fact, written[fact.column])
            continue
        value, is_assumption = _absent(entity, fact, row, stated_groups, on)
        row[fact.name] = as_engine(fact, value)
        if is_assumption and value is not None:
            assumed.append((fact.name, value))
    return Completed(row, tuple(assumed))


def _absent(
    entity: EntityFacts, fact: Fact, row: Row, stated_groups: Collection[str], on: int
) -> tuple[int | None, bool]:
    """What a fact that is not written means, and whether that is an assumption."""
    if fact.group is not None:
        if fact.group in stated_groups:
            return 0, False
        return (
            (0, True) if is_child(row.get("born"), entity.groups[fact.group].child_age, on) else (None, False)
        )
    if fact.companion is not None:
        deciding = row[fact.companion.fact]
        called_for = deciding is None or deciding in fact.companion.codes
        return (None, False) if called_for else (fact.default, False)
    return (fact.default, True) if fact.absent == "none" else (None, False)


def is_child(born: int | None, age: int, on: int) -> bool:
    """Whether somebody born on that day is known to be younger than ``age`` on the day ``on``."""
    return born is not None and on < born + age * 10_000
