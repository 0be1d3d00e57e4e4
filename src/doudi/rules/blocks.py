"""Runs of households with all rows that belong to them, as views of the columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from doudi.rules.columns import Array, Columns, Link, Runs
from doudi.rules.program import Program

Rows = Mapping[str, slice]

WORTH_SHARING = 10_000
"""Households; fewer are done sooner in one piece."""


class Group:
    """Rows of one entity in a block, with their gathering under the parent (none for the root)."""

    __slots__ = ("grouping", "rows")

    def __init__(self, rows: int, grouping: Runs | None) -> None:
        self.rows = rows
        self.grouping = grouping

    def fold(self, function: str, values: Array) -> Array:
        assert self.grouping is not None
        if np.ndim(values) == 0:
            values = np.full(self.rows, values)
        return self.grouping.fold(function, values)


def spread(values: Array, group: Group) -> Array:
    """The parents' values repeated for each of their rows."""
    if np.ndim(values) == 0:
        return values
    assert group.grouping is not None
    return values.take(group.grouping.parent)


@dataclass(frozen=True, slots=True)
class Block:
    """A run of households: where its rows lie, their facts as views, their grouping, their links within the block."""

    rows: Rows
    values: Mapping[str, Array]
    unknown: Mapping[str, NDArray[np.bool_]]
    groups: Mapping[str, Group]
    links: Mapping[tuple[str, str], Link]


def even_cuts(rows: int, size: int, threads: int) -> list[tuple[int, int]]:
    """Where blocks of at most ``size`` rows begin and end: as many and as even as keep all threads at work to the end."""
    count = max(1, -(-rows // size))
    if count > 1 or rows > WORTH_SHARING:
        count = -(-count // threads) * threads
    edges = [rows * place // count for place in range(count)]
    return list(zip(edges, [*edges[1:], rows], strict=True))


class Blocks:
    """Cuts columns into blocks of households."""

    def __init__(self, program: Program, columns: Columns) -> None:
        self.program = program
        self.columns = columns

    def between(self, start: int, end: int) -> Block:
        """The households from ``start`` to before ``end``."""
        schema, columns = self.program.schema, self.columns
        rows: dict[str, slice] = {schema.root: slice(start, end)}
        groups: dict[str, Group] = {schema.root: Group(end - start, None)}
        for entity in schema.entities.values():
            if entity.parent is None:
                continue
            above, parents = rows[entity.parent], columns.parents[entity.name]
            first, last = np.searchsorted(parents, [above.start, above.stop])
            rows[entity.name] = slice(int(first), int(last))
            local = parents[first:last] - above.start
            groups[entity.name] = Group(int(last - first), Runs(local, above.stop - above.start))
        values = {name: column[rows[self._entity(name)]] for name, column in columns.values.items()}
        unknown = {name: mask[rows[self._entity(name)]] for name, mask in columns.unknown.items()}
        links = {key: self._local(key, rows) for key in columns.links}
        return Block(rows, values, unknown, groups, links)

    def _entity(self, fact: str) -> str:
        return self.program.schema.inputs[fact].entity or self.program.schema.root

    def _local(self, key: tuple[str, str], rows: Mapping[str, slice]) -> Link:
        entity, name = key
        target = next(link.to for link in self.program.schema.entities[entity].links if link.name == name)
        link = self.columns.links[key][rows[entity]]
        start, stop = rows[target].start, rows[target].stop
        return Link(np.where(link >= 0, link - start, -1), stop - start)
