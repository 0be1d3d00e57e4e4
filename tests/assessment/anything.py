"""Registers in which every fact takes any of its values: households that no county has, but that the rules must stand."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import polars as pl

from doudi.facts.vocabulary import EntityFacts, Fact, Vocabulary

DAY = date(2026, 8, 1)
AMOUNTS = (
    0,
    0,
    0.01,
    500,
    5000,
    6719.99,
    6720,
    6720.01,
    10080,
    13440,
    20160,
    20160.01,
    22000,
    40000,
    150000.01,
)
AREAS = (8, 15, 20, 24.99, 25, 40, 60, 90.5)
COUNTS = (0, 0, 1, 1, 2, 3, 4, 12, 24, 36)
BORN = (1936, 1950, 1956, 1960, 1966, 1980, 1990, 2000, 2008, 2010, 2016, 2024)
RELATIONS = ("spouse", "child", "child", "parent", "grandchild", "sibling", "child_in_law", "other")
UNKNOWN = "unknown"
Row = dict[str, str | None]


class Anything:
    """A source of households; the same ``seed`` gives the same."""

    def __init__(self, seed: int, doubt: float = 0.01) -> None:
        self.chance = random.Random(seed)
        self.doubt = doubt
        self.vocabulary = Vocabulary.load()

    def tables(self, households: int) -> dict[str, pl.DataFrame]:
        """A register of so many households, as texts."""
        rows: dict[str, list[Row]] = {entity.table: [] for entity in self.vocabulary.entities.values()}
        for number in range(households):
            self._household(f"h{number}", rows)
        return {
            table: pl.DataFrame(found, infer_schema_length=None) for table, found in rows.items() if found
        }

    def _household(self, home: str, rows: Mapping[str, list[Row]]) -> None:
        choice = self.chance.choice
        here = choice(["true"] * 9 + ["false"])
        rows["households"].append(
            self._row("household", household_id=home, village="v1", has_residence_registration=here)
        )
        people = [f"{home}p{place}" for place in range(choice([1, 1, 2, 2, 3, 4]))]
        for person in people:
            relation = choice(RELATIONS) if person is not people[0] else "head"
            rows["persons"].append(
                self._row("person", person_id=person, household_id=home, relation=relation)
            )
            for _ in range(choice([0, 0, 0, 1, 2])):
                rows["supporters"].append(self._row("supporter", 0.5, person_id=person))
        for _ in range(choice([0, 0, 1, 1, 2, 3])):
            rows["assets"].append(
                self._row("asset", 0.7, household_id=home, person_id=choice([None, *people]))
            )
        for _ in range(choice([0, 0, 1, 2])):
            rows["expenses"].append(self._row("expense", 0.7, household_id=home))
        for _ in range(choice([0, 0, 1, 1, 2])):
            rows["holdings"].append(self._row("holding", 0.6, household_id=home))

    def _row(self, name: str, often: float = 0.1, **given: str | None) -> Row:
        """A row: what is ``given``, and of the other facts some as they usually are, some with any value, some unknown."""
        entity = self.vocabulary.entities[name]
        row: Row = dict(given)
        for fact in entity.engine_facts():
            if fact.column not in row:
                row[fact.column] = self._cell(entity, fact, often)
        return row

    def _cell(self, entity: EntityFacts, fact: Fact, often: float) -> str | None:
        if self.chance.random() < self.doubt and fact.absent != "required":
            return UNKNOWN
        if fact.stated_by:
            return self.chance.choice(["true", "true", "true", None])
        if fact.absent == "required" or self.chance.random() < often:
            return self._any(fact)
        if fact.group:
            return "0"
        return self._usual(fact) if fact.absent == "none" else self._any(fact)

    def _usual(self, fact: Fact) -> str:
        if fact.kind == "code":
            assert fact.codes is not None
            return fact.codes.code(fact.default)
        if fact.kind == "flag":
            return "true" if fact.default else "false"
        if fact.kind == "date":
            return "none"
        return str(Decimal(fact.default) / fact.scale)

    def _any(self, fact: Fact) -> str:
        choice = self.chance.choice
        if fact.kind == "code":
            assert fact.codes is not None
            return choice(list(fact.codes.codes))
        if fact.kind == "flag":
            return choice(["true", "false"])
        if fact.kind == "date":
            return self._day(fact).isoformat()
        chosen = choice({"money": AMOUNTS, "area": AREAS}.get(fact.kind, COUNTS))
        low, high = Decimal(fact.low) / fact.scale, Decimal(fact.high) / fact.scale
        return str(min(max(Decimal(str(chosen)), low), high))

    def _day(self, fact: Fact) -> date:
        if fact.column == "born":
            return date(
                self.chance.choice(BORN), self.chance.choice([1, 7, 8]), self.chance.choice([1, 2, 28])
            )
        return DAY - timedelta(days=self.chance.choice([0, 1, 20, 31, 60, 200, 364, 365, 366, 800]))
