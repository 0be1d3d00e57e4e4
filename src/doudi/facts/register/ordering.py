"""The order of a register's rows: those that are kept, under the order of their parents."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

Places = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Order:
    """Which rows of a table are kept, in their final order.

    ``places`` are theirs among the ``received``; None where all rows stay as they stand, as is usual.
    """

    received: int
    places: Places | None

    @classmethod
    def by(cls, kept: Mask, rank: Places | None) -> Order:
        """The kept rows, by the rank of each row received; as they stand if it is None."""
        places = None if kept.all() else np.flatnonzero(kept)
        if rank is not None:
            ranks = rank if places is None else rank[places]
            if not (ranks[1:] >= ranks[:-1]).all():
                order = np.argsort(ranks, kind="stable")
                places = order if places is None else places[order]
        return cls(len(kept), places)

    def __len__(self) -> int:
        return self.received if self.places is None else len(self.places)

    def of(self, values: Places) -> Places:
        """A column in this order."""
        return values if self.places is None else values[self.places]

    def frame(self, frame: pl.DataFrame) -> pl.DataFrame:
        """A table in this order."""
        return frame if self.places is None else frame[self.places]

    def found(self, places: Places) -> Places:
        """Where rows that were received at ``places`` stand now; −1 for those that are not kept, and for −1."""
        if self.places is None:
            return places
        now = np.full(self.received + 1, -1, dtype=np.int64)
        now[self.places] = np.arange(len(self.places))
        return now[places]
