"""A fact that a table states, as a column of engine values with what is not known and the bounds that it keeps beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.facts.register.ordering import Order, Places
from doudi.facts.vocabulary import Fact

Array = NDArray[Any]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Given:
    """``values``: money, counts, areas and dates int64, codes and flags int8; where something is ``unknown``, they hold
    the fact's filler. ``bounds``: the least and the greatest of all values, None if there are none."""

    values: Array
    unknown: Mask | None
    bounds: tuple[int, int] | None

    @classmethod
    def of(cls, values: pl.Series, unknown: pl.Series | None) -> Given:
        """From columns in one piece: values already filled, and which of them are not known."""
        array: Array = values.to_numpy()
        bounds = (int(array.min()), int(array.max())) if len(array) else None
        mask = None if unknown is None or not unknown.any() else unknown.to_numpy()
        return cls(array, mask, bounds)

    def ordered(self, order: Order) -> Given:
        """The rows that are kept, in their order. The bounds may be wider than these rows need."""
        if order.places is None:
            return self
        return Given(self.values[order.places], _any(self.mask()[order.places]), self.bounds)

    def mended(self, places: Places, values: Array, unknown: Mask) -> Given:
        """The column with other values at some places, of which some are not known."""
        mended, mask = self.values.copy(), self.mask().copy()
        mended[places], mask[places] = values, unknown
        return Given(mended, _any(mask), (int(mended.min()), int(mended.max())))

    def mask(self) -> Mask:
        """Which values are not known, also where all are."""
        return np.zeros(len(self.values), dtype=np.bool_) if self.unknown is None else self.unknown

    def within(self, fact: Fact) -> bool:
        """Whether all values lie in the fact's range."""
        return self.bounds is None or (fact.low <= self.bounds[0] and self.bounds[1] <= fact.high)


def _any(mask: Mask) -> Mask | None:
    return mask if bool(mask.any()) else None
