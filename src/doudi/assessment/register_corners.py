"""What the place may choose: its elastic values, the corners of their ranges, and the tiers of a register there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from doudi.assessment.register_columns import Mask, only, part
from doudi.assessment.statute import Statute
from doudi.rules.columns import Columns
from doudi.rules.graph import Graph
from doudi.rules.narrow import narrowed
from doudi.rules.numpy_kernel import NumpyKernel
from doudi.rules.program import Node
from doudi.rules.specialise import specialise

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


def turning_points(graph: Graph, names: Collection[str]) -> list[int]:
    """The first truth values of rows on every way from the named parameters to the tier; the tier, if a way has none.

    A household for which all of these stay as they are has the same tier whatever is chosen.
    """
    tier = graph.variables["tier"].node
    moved: set[int] = set()
    found: list[int] = []
    for number in graph.needed([tier]):
        node = graph.nodes[number]
        if _parameter(node) not in names and moved.isdisjoint(node.args):
            continue
        if number == tier or (node.is_flag and node.entity is not None):
            found.append(number)
        else:
            moved.add(number)
    return found


def _parameter(node: Node) -> str | None:
    if node.op in ("parameter", "lookup"):
        return str(node.attribute)
    return str(node.attribute[0]) if node.op == "entry" else None


def tier_at_corners(
    statute: Statute, columns: Columns, chosen: Mask, entity_of: dict[str, str]
) -> tuple[Array, Array]:
    """The least and the greatest tier that the chosen households have at any corner, in their order."""
    elastic = elastic_of_tier(statute)
    free: Mapping[str, Any] = {**statute.values, **dict.fromkeys((one.name for one in elastic), None)}
    graph, outputs = statute.graph, {"tier": statute.variable("tier").node}
    facts = graph.inputs_of(["tier"])
    taken, _ = part(only(columns, facts), chosen, entity_of)
    program, places = specialise(graph, outputs, free, statute.context, narrowed(graph.schema, taken))
    kernel = NumpyKernel(program, places, taken.unknown.keys() | statute.unset, explained=())
    least, greatest = [], []
    for changed in corners(statute, elastic):
        result = kernel.run(taken, {**statute.values, **changed}, statute.context)["tier"]
        least.append(result.values)
        greatest.append(result.values if result.greatest is None else result.greatest)
    return np.minimum.reduce(least), np.maximum.reduce(greatest)
