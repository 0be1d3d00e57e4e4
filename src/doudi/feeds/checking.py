"""The rows of a batch sorted: landed, set aside with the reason beside each, repeated, blank, or mere notes."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.feeds.duplicates import Duplicates
from doudi.feeds.periods import period_expression
from doudi.feeds.shifts import Shifts
from doudi.feeds.table import Table
from doudi.feeds.text_file import EXTRA
from doudi.feeds.values import TYPES, Reading

Flags = NDArray[np.bool_]

_NOTES = r"^[\s（(]*(?:合计|总计|小计|本页|制表|填表|填报|审核|复核|经办|单位负责人|负责人|备注|说明|注[:：])"
_FIRST_ROWS = 5
_THREADS = 2


@dataclass(slots=True)
class Tally:
    """What the rows of a table came to; the five counts add up to ``records``."""

    records: int = 0
    accepted: int = 0
    rejected: int = 0
    repeated: int = 0
    blank: int = 0
    notes: int = 0
    last_row: int = 0
    faults: Counter[tuple[str, str]] = field(default_factory=Counter)
    first_rows: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    remarks: Counter[str] = field(default_factory=Counter)
    periods: Counter[str] = field(default_factory=Counter)

    def note_fault(self, column: str, text: str, rows: NDArray[np.int64]) -> None:
        """Count the rows of one fault and remember the first."""
        if len(rows):
            self.faults[column, text] += len(rows)
            told = self.first_rows.setdefault((column, text), [])
            told.extend(int(row) for row in rows[: _FIRST_ROWS - len(told)])


@dataclass(frozen=True, slots=True)
class Sorted:
    """A batch sorted: rows to land, in values; rows set aside, as received, with their reasons."""

    landed: pl.DataFrame
    aside: pl.DataFrame
    reasons: pl.Series


class Checker:
    """Checks the batches of one table, one after the other."""

    def __init__(self, table: Table, duplicates: Duplicates) -> None:
        self.table = table
        self.duplicates = duplicates
        self.tally = Tally()
        self.shifts = Shifts()

    def sort(self, raw: pl.DataFrame) -> Sorted:
        """Check and sort one batch."""
        tally = self.tally
        tally.records += raw.height
        tally.last_row = int(raw["row"][-1])
        raw = self._without_blanks(raw)
        readings = self._read(raw)
        surplus = self._surplus(raw)
        bad = surplus.copy()
        for reading in readings.values():
            bad |= reading.faulty()
        notes = self._notes(raw, bad)
        repeats, contradictions = self.duplicates.sentences(raw["row"])
        repeated = repeats.is_not_null().to_numpy() & ~bad
        contradicting = contradictions.is_not_null().to_numpy()
        aside = (bad | contradicting | repeated) & ~notes
        reasons = self._reasons(raw, readings, surplus, contradictions, repeats, aside, repeated)
        kept = ~(aside | notes)
        landed = self._landed(raw, readings, kept)
        tally.notes += int(notes.sum())
        tally.repeated += int(repeated.sum())
        tally.rejected += int(aside.sum()) - int(repeated.sum())
        tally.accepted += landed.height
        return Sorted(landed, raw.filter(pl.Series(aside)), reasons)

    def _read(self, raw: pl.DataFrame) -> dict[str, Reading]:
        names = list(self.table.present)
        if pl.thread_pool_size() == 1:
            return {name: self.table.read(name, raw) for name in names}
        with ThreadPoolExecutor(_THREADS) as threads:
            return dict(zip(names, threads.map(lambda name: self.table.read(name, raw), names), strict=True))

    def _without_blanks(self, raw: pl.DataFrame) -> pl.DataFrame:
        telling = raw[f"c{self.table.match.places[self.table.contract.required[0].name]}"]
        if not (telling.is_null() | (telling.str.strip_chars() == "")).any():
            return raw
        filled = raw.select(
            pl.any_horizontal(pl.exclude("row").str.strip_chars() != "").fill_null(False)
        ).to_series()
        if filled.all():
            return raw
        kept = raw.filter(filled)
        self.tally.blank += raw.height - kept.height
        return kept

    def _surplus(self, raw: pl.DataFrame) -> Flags:
        """Rows of a text file with more fields than the heading."""
        if self.table.cells.form == "xlsx":
            return np.zeros(raw.height, dtype=np.bool_)
        beyond = [f"c{place}" for place in range(self.table.columns, self.table.cells.width + EXTRA)]
        if all(raw[name].null_count() == raw.height for name in beyond):
            return np.zeros(raw.height, dtype=np.bool_)
        return raw.select(pl.any_horizontal(pl.col(beyond).is_not_null())).to_series().to_numpy().copy()

    def _notes(self, raw: pl.DataFrame, bad: Flags) -> Flags:
        """Faulty rows that are totals, signatures, or the heading once more."""
        found = np.zeros(raw.height, dtype=np.bool_)
        if not bad.any():
            return found
        rows = raw.filter(pl.Series(bad))
        told = pl.coalesce(pl.exclude("row").str.strip_chars().replace("", None)).str.contains(_NOTES)
        heading = pl.sum_horizontal(
            pl.col(f"c{self.table.match.places[each.name]}").is_in(list(each.headings)).fill_null(False)
            for each in self.table.contract.required
        )
        found[bad] = rows.select((told | (heading >= 2)).fill_null(False)).to_series().to_numpy()
        return found

    def _reasons(
        self,
        raw: pl.DataFrame,
        readings: dict[str, Reading],
        surplus: Flags,
        contradictions: pl.Series,
        repeats: pl.Series,
        aside: Flags,
        repeated: Flags,
    ) -> pl.Series:
        """The Chinese sentence beside each row set aside."""
        if not aside.any():
            return pl.Series([], dtype=pl.String)
        chosen = pl.Series(aside)
        part = raw.filter(chosen)
        numbers = part["row"].to_numpy()
        faulty = {name: reading.faulty()[aside] for name, reading in readings.items()}
        texts = [self.shifts.look(self.table, part, faulty)]
        if surplus.any():
            texts.append(self._say("", "本行的列数比表头多", surplus[aside], numbers))
        for name, reading in readings.items():
            zh = self.table.contract.fields[name].zh
            texts += [self._say(zh, text, rows[aside], numbers) for text, rows in reading.faults]
        contradicting = contradictions.filter(chosen)
        self.tally.note_fault("", "编号与另一行相同", numbers[contradicting.is_not_null().to_numpy()])
        texts += [contradicting, repeats.set(pl.Series(~repeated), None).filter(chosen)]
        frame = pl.DataFrame({f"t{place}": text for place, text in enumerate(texts)})
        return frame.select(pl.concat_str(pl.all(), separator="；", ignore_nulls=True)).to_series()

    def _say(self, column: str, text: str, rows: Flags, numbers: NDArray[np.int64]) -> pl.Series:
        self.tally.note_fault(column, text, numbers[rows])
        said = f"“{column}”{text}" if column else text
        return pl.select(pl.when(pl.Series(rows)).then(pl.lit(said)).alias("said")).to_series()

    def _landed(self, raw: pl.DataFrame, readings: dict[str, Reading], kept: Flags) -> pl.DataFrame:
        """The values of the rows that land: every field of the contract, the period, the remarks, the row's number."""
        columns = {"row": raw["row"]}
        for name, field_ in self.table.contract.fields.items():
            dtype = TYPES.get(field_.type, pl.String())
            if name in readings:
                columns[name] = readings[name].values.cast(dtype)
            else:
                columns[name] = pl.Series([None], dtype=dtype).new_from_index(0, raw.height)
        columns["remarks"] = self._remarks(readings, kept)
        frame = pl.DataFrame(columns)
        if not kept.all():
            frame = frame.filter(pl.Series(kept))
        frame = frame.with_columns(self._period())
        for period, count in frame["period"].value_counts().iter_rows():
            self.tally.periods[period] += count
        return frame

    def _period(self) -> pl.Expr:
        contract = self.table.contract
        if contract.period_field is None:
            return pl.lit(self.table.period).alias("period")
        type_ = contract.fields[contract.period_field].type
        return period_expression(contract.period_field, type_, contract.period).alias("period")

    def _remarks(self, readings: dict[str, Reading], kept: Flags) -> pl.Series:
        said: list[pl.Expr] = []
        for name, reading in readings.items():
            for code, rows in reading.remarks:
                self.tally.remarks[f"{name}:{code}"] += int((rows & kept).sum())
                said.append(pl.when(pl.Series(rows)).then(pl.lit(f"{name}:{code}")).alias(f"r{len(said)}"))
        if not said:
            return pl.Series([None], dtype=pl.String).new_from_index(0, len(kept))
        texts = pl.select(*said).select(pl.concat_str(pl.all(), separator=";", ignore_nulls=True)).to_series()
        return texts.replace("", None)
