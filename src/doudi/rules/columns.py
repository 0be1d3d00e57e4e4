"""Facts of many households as columns, and how the rows of one entity belong to those of another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Indices = NDArray[np.int64]


@dataclass(frozen=True)
class Columns:
    """A register ready for the kernel.

    ``counts``: rows by entity. ``values``: a column by fact (int64; flags bool; codes may be narrower). ``unknown``: for facts with
    gaps, which rows are not known. ``parents``: for each entity but the root, the row it belongs to, in rising order.
    ``links``: for ``(entity, link)`` of an optional link the row it leads to, or −1.
    """

    counts: Mapping[str, int]
    values: Mapping[str, Array]
    parents: Mapping[str, Indices]
    unknown: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)
    links: Mapping[tuple[str, str], Indices] = field(default_factory=dict)


class Grouping:
    """The rows of an entity, gathered under the rows of its parent."""

    __slots__ = ("parent", "size")

    def __init__(self, parent: Indices, size: int) -> None:
        self.parent = parent
        self.size = size

    def fold(self, function: str, values: Array) -> Array:
        """Sum, count, any, all, max (at least 0) or bitwise union of the rows under each parent; neutral where there are none.

        ``sum`` is computed in floating point and exact below 2⁵³; ``long_sum`` is exact always.
        """
        if function == "any":
            return self._any(values)
        if function == "all":
            return self._any(values ^ True) ^ True
        if function in ("max", "union"):
            return self._reduce(function, values)
        if values.dtype == np.bool_:
            return np.bincount(self.parent.take(np.flatnonzero(values)), minlength=self.size)
        if function == "sum":
            return np.bincount(self.parent, weights=values, minlength=self.size).astype(np.int64)
        sums: Array = np.zeros(self.size, np.int64)
        np.add.at(sums, self.parent, values)
        return sums

    def _any(self, flags: Array) -> Array:
        found: Array = np.zeros(self.size, np.bool_)
        found[self.parent.take(np.flatnonzero(flags))] = True
        return found

    def _reduce(self, function: str, values: Array) -> Array:
        folded: Array = np.zeros(self.size, values.dtype)
        _UFUNCS[function].at(folded, self.parent, values)
        return folded


_UFUNCS: dict[str, np.ufunc] = {
    "sum": np.add,
    "any": np.logical_or,
    "all": np.logical_and,
    "max": np.maximum,
    "union": np.bitwise_or,
}


def follow(values: Array, link: Indices) -> Array:
    """The values at the rows a link leads to; 0 or false where it leads nowhere."""
    if values.ndim == 0:
        return np.where(link >= 0, values, np.zeros(1, dtype=values.dtype))
    if len(values) == 0:
        return np.zeros(len(link), dtype=values.dtype)
    return np.where(link >= 0, values[link], np.zeros(1, dtype=values.dtype))


def gather(function: str, values: Array, link: Indices, size: int) -> Array:
    """Fold values into the rows that ``link`` leads to; rows that nothing leads to get the neutral value."""
    values = np.broadcast_to(values, link.shape)
    led = link >= 0
    return Grouping(link[led], size).fold(function, values[led])
