"""Households of any shape, drawn from the vocabulary for tests of the whole law, alone and as columns.

A household is what the kernels take: ``{"household": {..}, "person": [..], ..}`` with every fact of the vocabulary, None
where unknown. Structure (how many rows) is drawn by hypothesis and shrinks; values come from a drawn seed, since a
household has some hundreds of them. Most facts keep what their absence means; the others take any value of their kind.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

import numpy as np
from hypothesis import strategies as st

from doudi.assessment.statute import OWNED, schema
from doudi.facts.vocabulary import Fact, Vocabulary
from doudi.rules.columns import Columns

Case = dict[str, Any]
Row = dict[str, Any]

VOCABULARY = Vocabulary.load()
ENTITIES = ("person", "supporter", *OWNED)
FACTS = frozenset(name for name, fact in schema().inputs.items() if fact.entity is not None)
INCOME = frozenset(fact.name for fact in VOCABULARY.facts.values() if fact.group == "income")
STATED = ("assets_stated", "expenses_stated", "supporters_stated")
EVENT_DATES = ("started_work_on", "grace_from")
FEW = {
    "disability_grade": 4,
    "supporter_disability_grade": 4,
    "gravest_component_grade": 4,
    "job_refusals": 5,
    "supporter_supported_persons": 3,
}
NEAR_LINES = (56_000, 72_000, 84_000, 108_000, 672_000, 864_000, 1_008_000, 1_296_000, 2_200_000, 5_000_000)
SHARE_CHANGED = (0.02, 0.15, 0.6)


@st.composite
def households(draw: st.DrawFn, unknown: float = 0.0, least_persons: int = 1) -> Case:
    """A household of one to five persons; each fact is unknown with probability ``unknown``."""
    persons = draw(st.integers(least_persons, 5))
    sizes = {"person": persons, "supporter": draw(st.integers(0, 3))}
    sizes.update({entity: draw(st.integers(0, 3)) for entity in OWNED})
    changed = draw(st.sampled_from(SHARE_CHANGED))
    return Builder(Random(draw(st.integers(0, 2**32 - 1))), changed, unknown).household(sizes)


class Builder:
    """Makes households from one source of chance."""

    def __init__(self, chance: Random, changed: float, unknown: float) -> None:
        self.chance = chance
        self.changed = changed
        self.unknown = unknown
        self.poor = chance.random() < 0.6

    def household(self, sizes: dict[str, int]) -> Case:
        """A household with so many rows of each entity."""
        case: Case = {"household": self.row("household")}
        case["person"] = [self.person(place) for place in range(sizes["person"])]
        supported = sorted(self.chance.randrange(sizes["person"]) for _ in range(sizes["supporter"]))
        case["supporter"] = [{**self.row("supporter"), "person_index": place} for place in supported]
        for entity in OWNED:
            case[entity] = [self.owned(entity, sizes["person"]) for _ in range(sizes[entity])]
        return case

    def person(self, place: int) -> Row:
        """A person; the first is the head, only the second may be the spouse."""
        row = self.row("person")
        relations = (
            ["head"] if place == 0 else ["child", "parent", "grandchild", "sibling", "child_in_law", "other"]
        )
        relations += ["spouse"] * 3 if place == 1 else []
        codes = VOCABULARY.facts["relation"].codes
        assert codes is not None
        row["relation"] = codes.index(self.chance.choice(relations))
        return row

    def owned(self, entity: str, persons: int) -> Row:
        """An asset, expense or holding: of somebody or of the household as such."""
        owner = self.chance.randrange(-1, persons)
        return {**self.row(entity), "owner_index": owner, f"{entity}_has_owner": owner >= 0}

    def row(self, entity: str) -> Row:
        """All facts of one row."""
        return {fact.name: self.cell(fact) for fact in VOCABULARY.entities[entity].engine_facts()}

    def cell(self, fact: Fact) -> Any:
        """A value, or None where it is not known."""
        if self.chance.random() < self.unknown:
            return None
        if fact.name in STATED:
            return True
        vital = fact.absent == "required" or fact.name in ("wage", "pension", "asset_value", "expense_amount")
        if not vital and self.chance.random() >= self.changed:
            value = max(fact.default, fact.lowest)
            return bool(value) if fact.kind == "flag" else value
        return self.value(fact)

    def value(self, fact: Fact) -> Any:
        """Any value of the fact's kind, more often one near the lines of the law."""
        chance = self.chance
        if fact.kind == "flag":
            return chance.random() < 0.5
        if fact.kind == "code":
            return chance.randint(fact.low, fact.high)
        if fact.kind == "date":
            return self.date(2023 if fact.name in EVENT_DATES else 1930, fact)
        if fact.kind == "money":
            return min(fact.high, self.money(fact.high))
        return min(fact.high, max(fact.low, chance.randint(fact.low, FEW.get(fact.name, 100))))

    def money(self, high: int) -> int:
        """Nothing, near a line, within a few years' income, or anything at all; less in a poor household."""
        chance = self.chance
        if self.poor:
            return chance.choice(
                [0, 0, 0, chance.randint(0, 600_000), chance.choice(NEAR_LINES[4:7]) + chance.randint(-1, 1)]
            )
        near = chance.choice(NEAR_LINES) * chance.randint(1, 5) + chance.randint(-1, 1)
        return chance.choice(
            [
                0,
                0,
                near,
                near,
                chance.randint(0, 3_000_000),
                chance.randint(0, 12_000_000),
                chance.randint(0, high),
            ]
        )

    def date(self, first_year: int, fact: Fact) -> int:
        """Any day; 29 February now and then; none where the thing need not have happened."""
        chance = self.chance
        if fact.may_be_none and chance.random() < 0.3:
            return 0
        if chance.random() < 0.05:
            return chance.randrange(1932, 2025, 4) * 10_000 + 229
        return chance.randint(first_year, 2026) * 10_000 + chance.randint(1, 12) * 100 + chance.randint(1, 28)


def settled(case: Case, chance: Random) -> Case:
    """The same household with every unknown fact given some value of its kind."""
    builder = Builder(chance, 1.0, 0.0)
    full = copy.deepcopy(case)
    for row in rows(full):
        for name, value in row.items():
            if value is None:
                row[name] = builder.value(VOCABULARY.facts[name])
    return full


def rows(case: Case) -> Iterable[Row]:
    """All rows of a household, its own first."""
    yield case["household"]
    for entity in ENTITIES:
        yield from case[entity]


def unknown_in(cases: Iterable[Case]) -> frozenset[str]:
    """The facts that are unknown in at least one row."""
    return frozenset(
        name for case in cases for row in rows(case) for name, value in row.items() if value is None
    )


def columns(cases: Sequence[Case]) -> Columns:
    """Households as the NumPy kernel takes them."""
    table: dict[str, list[Row]] = {
        "household": [case["household"] for case in cases],
        **{entity: [] for entity in ENTITIES},
    }
    parents: dict[str, list[int]] = {entity: [] for entity in ENTITIES}
    owners: dict[str, list[int]] = {entity: [] for entity in OWNED}
    for number, case in enumerate(cases):
        first = len(table["person"])
        for entity in ENTITIES:
            above = (
                [first + row["person_index"] for row in case[entity]]
                if entity == "supporter"
                else [number] * len(case[entity])
            )
            parents[entity] += above
            table[entity] += case[entity]
        for entity in OWNED:
            owners[entity] += [
                row["owner_index"] + first if row["owner_index"] >= 0 else -1 for row in case[entity]
            ]
    values, unknown = {}, {}
    for name in FACTS:
        fact = schema().inputs[name]
        cells = [row[name] for row in table[str(fact.entity)]]
        values[name] = np.array(
            [0 if cell is None else cell for cell in cells],
            dtype=np.bool_ if fact.kind.name == "flag" else np.int64,
        )
        if None in cells:
            unknown[name] = np.array([cell is None for cell in cells])
    return Columns(
        {entity: len(found) for entity, found in table.items()},
        values,
        {entity: np.array(found, dtype=np.int64) for entity, found in parents.items()},
        unknown,
        {(entity, "owner"): np.array(found, dtype=np.int64) for entity, found in owners.items()},
    )
