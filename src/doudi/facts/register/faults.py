"""Faults of rows: gathered by the thousand, told by the first ones, counted in full, written beside every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.facts.register.source import Source
from doudi.facts.values import Fault
from doudi.rules.errors import Problem

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Entry:
    """Faults of one column: the row at ``places[i]`` has the fault ``kinds[which[i]]`` with its value."""

    column: str
    places: Places
    which: Places
    kinds: Sequence[tuple[Fault, str | None]]


@dataclass(slots=True)
class RowFaults:
    """The faulty rows of one table. Places count rows from 0."""

    source: Source
    entries: list[_Entry] = field(default_factory=list)

    def add(self, column: str, places: Places, fault: Fault) -> None:
        """The same fault for several rows."""
        if len(places):
            which = np.zeros(len(places), dtype=np.int64)
            self.entries.append(_Entry(column, places.astype(np.int64), which, [(fault, None)]))

    def add_values(
        self, column: str, places: Places, which: Places, kinds: Sequence[tuple[Fault, str | None]]
    ) -> None:
        """Faults that differ with the value found: the row at ``places[i]`` has ``kinds[which[i]]``."""
        if len(places):
            self.entries.append(_Entry(column, places.astype(np.int64, copy=False), which, kinds))

    def mask(self) -> NDArray[np.bool_]:
        """Which rows are faulty."""
        faulty = np.zeros(self.source.height, dtype=np.bool_)
        for entry in self.entries:
            faulty[entry.places] = True
        return faulty

    def counts(self) -> Counter[str]:
        """How many values are at fault, by the code of the fault."""
        found: Counter[str] = Counter()
        for entry in self.entries:
            for place, number in enumerate(np.bincount(entry.which, minlength=len(entry.kinds))):
                found[entry.kinds[place][0].code] += int(number)
        return found

    def problems(self) -> Iterator[Problem]:
        """Each fault at its file, row and column."""
        for entry in self.entries:
            for place, kind in zip(entry.places, entry.which, strict=True):
                fault, value = entry.kinds[kind]
                row = self.source.row_number(int(place))
                yield fault.problem(self.source.file, entry.column, value, row=row)

    def sentences(self) -> pl.DataFrame:
        """``place`` and ``text``: all faults of each faulty row in one sentence, in Chinese."""
        parts = [
            pl.DataFrame(
                {
                    "place": entry.places,
                    "text": pl.Series(
                        [f"{entry.column}：{fault.sentence()}" for fault, _ in entry.kinds], dtype=pl.String
                    ).gather(entry.which),
                }
            )
            for entry in self.entries
        ]
        schema = {"place": pl.Int64, "text": pl.String}
        told = pl.concat(parts) if parts else pl.DataFrame(schema=schema)
        return told.group_by("place", maintain_order=True).agg(pl.col("text").str.join("；"))
