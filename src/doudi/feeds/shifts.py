"""Rows whose columns stand one place to the right or left of their headings: found by what the neighbours hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.feeds.table import Table
from doudi.feeds.text_file import EXTRA

Flags = NDArray[np.bool_]

_TELLING = ("id_number", "date", "month", "code")
_PATTERNED = (*_TELLING, "money", "number", "count", "phone")
_ENOUGH = 2
_RUN = 0.8
_NOWHERE = 2**31
"""The place of the first fault of a row without any."""
_WORDS = {1: "右", -1: "左"}


@dataclass(slots=True)
class Shifts:
    """The rows found so far, by direction (1 right, −1 left), with the column where the shift begins."""

    rows: dict[int, list[NDArray[np.int64]]] = field(default_factory=lambda: {1: [], -1: []})
    first: dict[int, int] = field(default_factory=dict)

    def look(self, table: Table, raw: pl.DataFrame, faulty: Mapping[str, Flags]) -> pl.Series:
        """What to say of each row of ``raw`` (rows with faults), null where nothing is shifted."""
        texts = pl.Series([None] * raw.height, dtype=pl.String)
        for shift in (1, -1):
            hit, place = _shifted(table, raw, faulty, shift)
            places = np.flatnonzero(hit)
            if not len(places):
                continue
            numbers = raw["row"].to_numpy()[places]
            self.rows[shift].append(numbers)
            start = int(place[places].min())
            self.first[shift] = min(start, self.first.get(shift, start))
            said = f"本行自“{_label(table, start)}”起各列向{_WORDS[shift]}错开一列"
            texts = texts.scatter(places, pl.Series([said] * len(places)))
        return texts

    def sentences(self, table: Table, all_rows: int, last_row: int) -> list[dict[str, object]]:
        """For each direction the rows concerned: from a row on, or here and there."""
        found: list[dict[str, object]] = []
        for shift, parts in self.rows.items():
            if not parts:
                continue
            numbers = np.sort(np.concatenate(parts))
            since = int(numbers[0])
            run = len(numbers) > 1 and len(numbers) >= _RUN * (last_row - since + 1)
            label, side = _label(table, self.first[shift]), _WORDS[shift]
            where = f"从第 {since} 行起" if run else f"有 {len(numbers)} 行（首见第 {since} 行）"
            found.append(
                {
                    "rows": len(numbers), "from_row": since, "to_the_end": run, "shift": shift, "column": label,
                    "zh": f"{where}，自“{label}”起各列向{side}错开一列",
                }
            )  # fmt: skip
        return found


def _label(table: Table, place: int) -> str:
    name = next((name for name, where in table.match.places.items() if where == place), None)
    return table.contract.fields[name].zh if name else table.match.labels[place]


def _shifted(
    table: Table, raw: pl.DataFrame, faulty: Mapping[str, Flags], shift: int
) -> tuple[Flags, NDArray[np.int64]]:
    """The rows in which everything of a pattern, from the first fault on, is right one place further and nothing of it
    is wrong there; two columns at least, one of them telling. Beside it, where the shift begins."""
    first = np.full(raw.height, _NOWHERE, dtype=np.int64)
    for name in table.present:
        first[faulty[name]] = np.minimum(first[faulty[name]], table.match.places[name])
    agreeing = np.zeros(raw.height, dtype=np.int64)
    telling = np.zeros(raw.height, dtype=np.bool_)
    against = first == _NOWHERE
    for name in _patterned(table, first):
        place, field_ = table.match.places[name], table.present[name]
        concerned = (place >= first) & ~against
        if not concerned.any():
            continue
        if not 0 <= place + shift < table.cells.width + EXTRA:
            against |= concerned & field_.required
            continue
        right = table.read(name, raw, shift).values.is_not_null().to_numpy() & concerned
        empty = raw[f"c{place + shift}"].is_null().to_numpy() & (not field_.required)
        agreeing += right
        telling |= right & (field_.type in _TELLING)
        against |= concerned & ~right & ~empty
    return (agreeing >= _ENOUGH) & telling & ~against, first


def _patterned(table: Table, first: NDArray[np.int64]) -> list[str]:
    """The fields of a pattern: first those with which the faults begin, which tell of most rows that they are not shifted."""
    begin = set(np.unique(first).tolist())
    places = table.match.places
    patterned = [name for name, field_ in table.present.items() if field_.type in _PATTERNED]
    return sorted(patterned, key=lambda name: (places[name] not in begin, places[name]))
