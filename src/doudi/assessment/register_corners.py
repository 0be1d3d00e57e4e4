"""What the place may choose: its elastic values, the corners of their ranges, and the tiers of a register there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from doudi.assessment.statute import Statute
from doudi.rules.columns import Columns
from doudi.rules.graph import Graph
from doudi.rules.kernels import Kernels
from doudi.rules.numpy_kernel import NumpyKernel
from doudi.rules.program import Node

MOST_CORNERS = 64
Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Elastic:
    """A value that may be chosen, with the cells of its table that move with it; ``places`` is empty for a single value."""

    name: str
    places: tuple[int, ...]
    value: int
    low: int
    high: int


def elastic_of_tier(statute: Statute) -> list[Elastic]:
    """The elastic values that the tier rests on. A cell taken from another one moves with it."""
    names, resolved = statute.graph.inputs_of(["tier"]), statute.resolved
    found = []
    for one in resolved.elastic_values():
        cells, definition = resolved.cells[one.name], resolved.definition(one.name)
        own = definition.key(one.code)
        if one.name not in names or one.low == one.high or cells[own].taken_from is not None:
            continue
        moved = (
            key for key, cell in cells.items() if key == own or (own is not None and cell.taken_from == own)
        )
        places = tuple(key for key in moved if key is not None)
        found.append(Elastic(one.name, places, one.value, one.low, one.high))
    return found


def corners(statute: Statute, elastic: Sequence[Elastic]) -> Iterator[dict[str, Any]]:
    """The elastic parameters at every choice of ends; where there are too many, at each end of each alone and all together."""
    for values in _choices(elastic):
        changed: dict[str, Any] = {}
        for one, value in zip(elastic, values, strict=True):
            if not one.places:
                changed[one.name] = value
                continue
            table = changed.setdefault(one.name, list(statute.values[one.name]))
            for place in one.places:
                table[place] = value
        yield changed


def _choices(elastic: Sequence[Elastic]) -> Iterator[tuple[int, ...]]:
    if not elastic:
        return
    ends = [(value.low, value.high) for value in elastic]
    if 2 ** len(ends) <= MOST_CORNERS:
        yield from product(*ends)
        return
    usual = [value.value for value in elastic]
    yield tuple(low for low, _ in ends)
    yield tuple(high for _, high in ends)
    for place, pair in enumerate(ends):
        for end in pair:
            yield (*usual[:place], end, *usual[place + 1 :])


def turning(graph: Graph, names: Collection[str]) -> tuple[list[int], list[int]]:
    """What the named parameters move on their ways to the tier, up to and with the points at which it becomes a condition.

    Returns all nodes moved, in order, and those of them that are points: truth values of rows that something other than a
    condition of the same row asks for; the tier, where a way leads to it past none. A household for which no point turns has
    the same tier whatever is chosen: what lies behind the points is then as it was.
    """
    tier = graph.variables["tier"].node
    moved: set[int] = set()
    points: set[int] = set()
    for number in graph.needed([tier]):
        node = graph.nodes[number]
        asked = moved.intersection(node.args)
        if not asked and _parameter(node) not in names:
            continue
        ended = set() if _is_logic(node) else {arg for arg in asked if _is_condition(graph.nodes[arg])}
        points |= ended
        if ended != asked or not asked:
            moved.add(number)
    return sorted(moved), sorted(points | ({tier} & moved))


def _is_condition(node: Node) -> bool:
    return node.is_flag and node.entity is not None


def _is_logic(node: Node) -> bool:
    """Whether it makes one condition of others, row by row: that costs next to nothing."""
    return node.is_flag and node.op in ("and", "or", "not", "where")


def _parameter(node: Node) -> str | None:
    if node.op in ("parameter", "lookup"):
        return str(node.attribute)
    return str(node.attribute[0]) if node.op == "entry" else None


def corner_kernels(statute: Statute) -> Kernels:
    """The maker of kernels whose elastic parameters are still to be chosen."""
    free = dict.fromkeys((one.name for one in elastic_of_tier(statute)), None)
    return Kernels({**statute.values, **free}, statute.context, statute.unset)


def tier_at_corners(statute: Statute, kernel: NumpyKernel, columns: Columns) -> tuple[Array, Array]:
    """The least and the greatest tier that households have at any corner.

    ``kernel`` is for the tier alone, made by :func:`corner_kernels`.
    """
    least, greatest = [], []
    for changed in corners(statute, elastic_of_tier(statute)):
        result = kernel.run(columns, {**statute.values, **changed}, statute.context)["tier"]
        least.append(result.values)
        greatest.append(result.most)
    return np.minimum.reduce(least), np.maximum.reduce(greatest)
