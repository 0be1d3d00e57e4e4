"""The best lawful combination for all rows of a register side by side: the same choice as :mod:`doudi.programmes.choice`.

Programmes that bear on each other form small groups. For the rows in which at least two of a group pay, or a cap or a
requirement counts, every lawful part of the group is tried, and the best kept; of equal ones the one that a single
household would get.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from doudi.programmes.catalogue import catalogue
from doudi.programmes.relations import Cap, Relation

Array = NDArray[Any]


@dataclass(frozen=True)
class Group:
    """Programmes that bear on each other, in the order of the catalogue, with the relations and caps among them."""

    programmes: tuple[str, ...]
    relations: tuple[Relation, ...]
    caps: tuple[Cap, ...]

    def lawful_parts(self) -> Iterator[tuple[str, ...]]:
        """The parts that may be had together, in the order in which the search of one household meets them."""
        for bits in range(2 ** len(self.programmes) - 1, -1, -1):
            taken = tuple(
                name
                for place, name in enumerate(self.programmes)
                if bits >> (len(self.programmes) - 1 - place) & 1
            )
            if self._lawful(taken):
                yield taken

    def _lawful(self, taken: tuple[str, ...]) -> bool:
        for one in self.relations:
            if one.one in taken and one.excludes and one.other in taken:
                return False
            if one.one in taken and "requires" in one.kinds and one.other not in taken:
                return False
        return True

    def paid(
        self, taken: tuple[str, ...], amounts: Mapping[str, Array], caps: Mapping[str, Array]
    ) -> dict[str, Array]:
        """What each of a part pays, netted and capped."""
        found: dict[str, Array] = {}

        def amount(name: str) -> Array:
            if name not in found:
                value = amounts[name]
                for one in self.relations:
                    if one.one == name and "netted" in one.kinds and one.other in taken:
                        value = value - amount(one.other)
                found[name] = np.maximum(value, 0)
            return found[name]

        for name in taken:
            amount(name)
        for cap in self.caps:
            left = np.maximum(caps[cap.at], 0)
            for name in cap.of:
                if name in taken:
                    found[name] = np.minimum(found[name], left)
                    left = left - found[name]
        return found


@cache
def groups() -> tuple[Group, ...]:
    """The groups of the catalogue that ships."""
    relations, caps = catalogue().relations.chosen(), catalogue().relations.caps
    ties: list[Sequence[str]] = [(one.one, one.other) for one in relations] + [cap.of for cap in caps]
    left, found = [set(tie) for tie in ties], []
    while left:
        group = left.pop()
        while near := [tie for tie in left if tie & group]:
            for tie in near:
                group |= tie
                left.remove(tie)
        found.append(group)
    return tuple(
        Group(
            tuple(name for name in catalogue().programmes if name in group),
            tuple(one for one in relations if one.one in group),
            tuple(cap for cap in caps if set(cap.of) <= group),
        )
        for group in found
    )


@cache
def tied() -> frozenset[str]:
    """The programmes that are in a group."""
    return frozenset(name for group in groups() for name in group.programmes)


def combined(amounts: Mapping[str, Array], caps: Mapping[str, Array]) -> dict[str, Array]:
    """What each tied programme pays in a year, for each row, from what it would pay alone."""
    found: dict[str, Array] = {}
    for group in groups():
        offered = {name: amounts[name] for name in group.programmes if name in amounts}
        if offered:
            found.update(_combined(group, offered, caps))
    return found


def _combined(group: Group, amounts: dict[str, Array], caps: Mapping[str, Array]) -> dict[str, Array]:
    paying = sum((amount > 0).astype(np.int8) for amount in amounts.values())
    alone = any("requires" in one.kinds for one in group.relations) or bool(group.caps)
    rows = np.flatnonzero(paying >= (1 if alone else 2))
    result = {name: amount.astype(np.int64) for name, amount in amounts.items()}
    if not rows.size:
        return result
    here = {name: amount[rows] for name, amount in result.items()}
    limits = {cap.at: caps[cap.at][rows] for cap in group.caps}
    most = np.full(rows.size, -1, np.int64)
    best = {name: np.zeros(rows.size, np.int64) for name in here}
    for taken in group.lawful_parts():
        if not set(taken) <= here.keys():
            continue
        available = (
            np.logical_and.reduce([here[name] > 0 for name in taken])
            if taken
            else np.ones(rows.size, np.bool_)
        )
        paid = group.paid(taken, here, limits)
        value = sum(paid.values(), np.zeros(rows.size, np.int64))
        better = available & (value > most)
        most[better] = value[better]
        for name in best:
            best[name][better] = paid[name][better] if name in paid else 0
    for name, values in best.items():
        result[name][rows] = values
    return result
