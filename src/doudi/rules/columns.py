"""Facts of many households as columns, and how the rows of one entity belong to those of another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Indices = NDArray[np.int64]
_FEW = 0.15
"""The share of values that are not zero below which they are summed one by one."""


@dataclass(frozen=True)
class Columns:
    """A register ready for the kernel.

    ``counts``: rows by entity. ``values``: a column by fact (int64; flags bool; codes may be narrower). ``unknown``: for facts with
    gaps, which rows are not known. ``parents``: for each entity but the root, the row it belongs to, in rising order.
    ``links``: for ``(entity, link)`` of an optional link the row it leads to, or −1. ``bounds``: for facts of which it is known
    already, numbers between which all values lie; programs are proved by them, so whoever changes values changes these, too.
    """

    counts: Mapping[str, int]
    values: Mapping[str, Array]
    parents: Mapping[str, Indices]
    unknown: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)
    links: Mapping[tuple[str, str], Indices] = field(default_factory=dict)
    bounds: Mapping[str, tuple[int, int]] = field(default_factory=dict)


class Grouping:
    """The rows of an entity, gathered under the rows that they belong to, which they name in any order."""

    __slots__ = ("parent", "size")

    def __init__(self, parent: Indices, size: int) -> None:
        self.parent = parent
        self.size = size

    def fold(self, function: str, values: Array) -> Array:
        """Sum, count, any, all, max (at least 0) or bitwise union of the rows under each parent; neutral where there are none."""
        if function == "any":
            return self._any(values)
        if function == "all":
            return self._any(values ^ True) ^ True
        if function == "sum":
            return self._sum(values)
        places = np.flatnonzero(values != 0)
        folded: Array = np.zeros(self.size, values.dtype)
        _UFUNCS[function].at(folded, self.parent.take(places), values.take(places))
        return folded

    def _any(self, flags: Array) -> Array:
        found: Array = np.zeros(self.size, np.bool_)
        found[self.parent.take(np.flatnonzero(flags))] = True
        return found

    def _sum(self, values: Array) -> Array:
        places = np.flatnonzero(values != 0)
        parents = self.parent.take(places)
        if values.dtype == np.bool_:
            return np.bincount(parents, minlength=self.size)
        sums: Array = np.zeros(self.size, np.int64)
        np.add.at(sums, parents, values.take(places).astype(np.int64))
        return sums


class Runs(Grouping):
    """Rows that lie in the order of their parents, so that those of one parent are a run."""

    __slots__ = ("edges",)

    def __init__(self, parent: Indices, size: int) -> None:
        super().__init__(parent, size)
        self.edges = np.zeros(size + 1, np.int64)
        np.cumsum(np.bincount(parent, minlength=size), out=self.edges[1:])

    def _sum(self, values: Array) -> Array:
        """Few values one by one; many by the difference of running totals, which may wrap around without harm to it."""
        if np.count_nonzero(values) < _FEW * len(values):
            return super()._sum(values)
        totals = np.empty(len(values) + 1, np.int64)
        totals[0] = 0
        np.cumsum(values, out=totals[1:])
        at_edges = totals.take(self.edges)
        sums: Array = at_edges[1:] - at_edges[:-1]
        return sums


_UFUNCS: dict[str, np.ufunc] = {"max": np.maximum, "union": np.bitwise_or}


def _gathered(parent: Indices, size: int) -> Grouping:
    in_order = bool((parent[1:] >= parent[:-1]).all())
    return Runs(parent, size) if in_order else Grouping(parent, size)


class Link:
    """Where the rows of an entity lead to: a row among ``size``, or −1 for nowhere. ``led`` is None where all lead somewhere."""

    __slots__ = ("grouping", "led", "target")

    def __init__(self, target: Indices, size: int) -> None:
        self.target = target
        led = np.flatnonzero(target >= 0)
        self.led = led if len(led) < len(target) else None
        self.grouping = _gathered(target if self.led is None else target.take(self.led), size)

    def follow(self, values: Array) -> Array:
        """The values at the rows that the link leads to; 0 or false where it leads nowhere."""
        at_end = values if values.ndim == 0 else values.take(self.grouping.parent)
        if self.led is None and values.ndim:
            return at_end
        found: Array = np.zeros(len(self.target), values.dtype)
        found[... if self.led is None else self.led] = at_end
        return found

    def gather(self, function: str, values: Array) -> Array:
        """Fold values into the rows that the link leads to; rows that nothing leads to get the neutral value."""
        values = np.broadcast_to(values, self.target.shape)
        return self.grouping.fold(function, values if self.led is None else values.take(self.led))
