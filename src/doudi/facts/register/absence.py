"""What the columns of a whole table mean once those it does not have are filled in, for all rows at once.

The same rules as :func:`doudi.facts.household.complete`, which the tests hold equal to these.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np

from doudi.facts.register.given import Array, Given, Mask
from doudi.facts.vocabulary import EntityFacts, Fact


@dataclass(slots=True)
class Filled:
    """Values by engine name (money, counts, areas and dates int64, codes int8, flags bool) and, only where something
    is not known, which rows are not. Masked values lie within the fact's range. ``bounds``: of facts that the table states,
    numbers between which all values lie."""

    values: dict[str, Array] = field(default_factory=dict)
    unknown: dict[str, Mask] = field(default_factory=dict)
    bounds: dict[str, tuple[int, int]] = field(default_factory=dict)


def fill(
    entity: EntityFacts,
    given: Mapping[str, Given],
    columns: Collection[str],
    stated: Mapping[str, int | None],
    on: int,
    height: int,
) -> Filled:
    """Every fact of the entity for each of ``height`` rows: those of ``columns`` are ``given`` under their engine names.

    ``stated`` gives facts that are the same for all rows; ``on`` is the day of evaluation, ``yyyymmdd``.
    """
    filled = Filled()
    groups = {entity.facts[column].group for column in columns}
    for fact in entity.engine_facts():
        if fact.column in columns:
            _put(filled, fact, given[fact.name])
    for fact in entity.engine_facts():
        if fact.column in columns:
            continue
        if fact.column in stated:
            _constant(filled, fact, height, stated[fact.column])
        elif fact.group is not None:
            unknown = (
                None if fact.group in groups else ~_children(filled, entity.groups[fact.group].child_age, on)
            )
            _constant(filled, fact, height, 0, unknown)
        elif fact.companion is not None:
            _constant(filled, fact, height, fact.default, _called_for(filled, fact))
        else:
            _constant(filled, fact, height, fact.default if fact.absent == "none" else None)
    return filled


def _put(filled: Filled, fact: Fact, given: Given) -> None:
    filled.values[fact.name] = given.values.view(np.bool_) if fact.kind == "flag" else given.values
    if given.unknown is not None:
        filled.unknown[fact.name] = given.unknown
    if given.bounds is not None:
        filled.bounds[fact.name] = given.bounds


def _constant(
    filled: Filled, fact: Fact, height: int, value: int | None, unknown: Mask | None = None
) -> None:
    kind = {"flag": np.bool_, "code": np.int8}.get(fact.kind, np.int64)
    if value is None:
        unknown = np.ones(height, dtype=np.bool_)
    same: Array = np.broadcast_to(np.array(fact.filler if value is None else value, dtype=kind), height)
    filled.values[fact.name] = same
    if unknown is not None and unknown.any():
        filled.unknown[fact.name] = unknown
        filled.values[fact.name] = np.where(unknown, np.array(fact.filler, dtype=kind), same)


def _children(filled: Filled, age: int, on: int) -> Mask:
    """Rows known to be younger than ``age`` on the day ``on``."""
    children: Mask = filled.values["born"] + age * 10_000 > on
    return children & ~filled.unknown["born"] if "born" in filled.unknown else children


def _called_for(filled: Filled, fact: Fact) -> Mask:
    assert fact.companion is not None
    name = fact.companion.fact
    wanted: Mask = np.isin(filled.values[name], list(fact.companion.codes))
    return wanted | filled.unknown[name] if name in filled.unknown else wanted
