"""The bounds that the facts of a register keep in fact: tighter than the permitted ones, so that less has to be asked."""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from doudi.rules.columns import Array, Columns
from doudi.rules.kinds import Entity, Input, Schema

THREADS = 2
YEAR = 10_000
"""Between the same days of two years, as dates are numbered."""


def narrowed(schema: Schema, columns: Columns) -> Schema:
    """The schema with each fact bounded by its column, and each entity by the most rows that one parent has.

    A fact with gaps keeps its permitted bounds: what is not known may be anything. Amounts, counts and rows are bounded by
    a number of three binary digits and zeros, and dates by the year, so that registers which are alike have the same bounds.
    """
    names = [name for name in columns.values if name not in columns.unknown]
    with ThreadPoolExecutor(THREADS) as pool:
        found = dict(
            zip(
                names,
                pool.map(lambda name: _bounds(schema.inputs[name], columns, name), names),
                strict=True,
            )
        )
    inputs = {
        name: replace(fact, low=found[name][0], high=found[name][1]) if name in found else fact
        for name, fact in schema.inputs.items()
    }
    entities = {name: _entity(entity, columns) for name, entity in schema.entities.items()}
    return Schema(entities, inputs, schema.parameters, schema.codes)


def opened(narrow: Schema, permitted: Schema, facts: Collection[str]) -> Schema:
    """The narrower schema with the permitted bounds for these facts."""
    inputs = {name: permitted.inputs[name] if name in facts else fact for name, fact in narrow.inputs.items()}
    return replace(narrow, inputs=inputs)


def _bounds(fact: Input, columns: Columns, name: str) -> tuple[int, int]:
    if columns.values[name].size == 0:
        return fact.low, fact.low
    telling = fact.low != 0 or fact.kind.name in ("date", "flag")
    least, greatest = columns.bounds.get(name) or _ends(columns.values[name])
    least = least if telling else fact.low
    greatest = max(least, greatest)
    if fact.kind.name in ("flag", "code"):
        return least, greatest
    if fact.kind.name == "date":
        return max(fact.low, least - least % YEAR), min(fact.high, greatest - greatest % YEAR + YEAR - 1)
    return least, min(fact.high, _above(greatest))


def _ends(column: Array) -> tuple[int, int]:
    return int(column.min()), int(column.max())


def _above(number: int) -> int:
    """The least number not below that is one less than three binary digits followed by zeros; small ones as they are."""
    zeros = max(number.bit_length() - 3, 0)
    return ((number >> zeros) + 1 << zeros) - 1


def _entity(entity: Entity, columns: Columns) -> Entity:
    parents = columns.parents.get(entity.name)
    if parents is None or len(parents) == 0:
        return entity
    return replace(entity, at_most=min(entity.at_most, _above(int(np.bincount(parents).max()))))
