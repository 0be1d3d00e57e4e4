"""A table to be read: where its rows are, which contract they follow, and how each column of it is understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from datetime import date
from typing import Protocol

import polars as pl

from doudi.feeds.contract_model import Contract, Field
from doudi.feeds.recognising import Match
from doudi.feeds.values import Manner, Reading, read_column


class Cells(Protocol):
    """Rows as texts: of a file with delimiters, or of a sheet."""

    name: str
    form: str
    head: list[list[str]]
    width: int

    def batches(self, start: int, columns: Sequence[int] | None = None) -> Iterator[pl.DataFrame]:
        """Rows from record ``start`` on in bounded batches, with their numbers in ``row``."""
        ...

    def held(self, start: int) -> list[pl.DataFrame]:
        """All batches with every column, always the same ones, if they are few; else none."""
        ...


@dataclass(frozen=True, slots=True)
class Table:
    """One table that follows a contract. ``period``: as stated with the file, None where nobody stated it; ``whole``: of
    events, the month or the months from one to another (``2025-07/2026-02``) of which a title or the file's name says that
    it is the file, where they had ended when it came."""

    cells: Cells
    match: Match
    received: date
    period: str | None = None
    whole: str | None = None
    _read: dict[tuple[str, int], Reading] = dataclass_field(default_factory=dict, repr=False)

    @property
    def contract(self) -> Contract:
        """The contract that the table follows."""
        return self.match.contract

    @property
    def columns(self) -> int:
        """How many columns the heading has."""
        return len(self.match.labels)

    @property
    def present(self) -> Mapping[str, Field]:
        """The fields that have a column here."""
        return {name: field for name, field in self.contract.fields.items() if name in self.match.places}

    def read(self, name: str, raw: pl.DataFrame, shift: int = 0) -> Reading:
        """The column of a field; with ``shift``, the column so many places to the right of it. Of rows that are held it is read
        once."""
        place = next((place for place, batch in enumerate(self._held) if batch is raw), None)
        if place is None or shift:
            return self._reading(name, raw, shift)
        if (name, place) not in self._read:
            self._read[name, place] = self._reading(name, raw)
        return self._read[name, place]

    def values(self, raw: pl.DataFrame, chosen: pl.Series) -> pl.DataFrame:
        """What the chosen rows say in every field that has a column, with their numbers in ``row``."""
        if any(batch is raw for batch in self._held):
            columns = {name: self.read(name, raw).values.filter(chosen) for name in self.present}
        else:
            part = raw.filter(chosen)
            columns = {name: self.read(name, part).values for name in self.present}
        return pl.DataFrame({"row": raw["row"].filter(chosen)} | columns)

    def _reading(self, name: str, raw: pl.DataFrame, shift: int = 0) -> Reading:
        field = self.contract.fields[name]
        if shift:
            field = replace(field, required=False, wrong="reject")
        manner = Manner(
            self.received,
            marked=self.cells.form == "xlsx",
            from_1904=getattr(self.cells, "from_1904", False),
            ten_thousands=name in self.match.ten_thousands,
        )
        return read_column(field, raw[f"c{self.match.places[name] + shift}"], manner)

    @property
    def _held(self) -> list[pl.DataFrame]:
        return self.cells.held(self.match.start)

    def rows(self) -> Iterator[pl.DataFrame]:
        """All rows below the heading, with every column."""
        return iter(self._held) if self._held else self.cells.batches(self.match.start)

    def key_rows(self) -> Iterator[pl.DataFrame]:
        """All rows below the heading, with the columns of the key at least."""
        if self._held:
            return iter(self._held)
        return self.cells.batches(
            self.match.start, sorted({self.match.places[name] for name in self.contract.key})
        )
