"""Tables as received to engine columns: ids first, the others a few at a time, then the doubtful values one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

import numpy as np
import polars as pl

from doudi.facts.register.expressions import expression, leaves_gaps, within_by_type
from doudi.facts.register.faults import Places, RowFaults
from doudi.facts.register.sources import Source
from doudi.facts.values import Fault, ValueFault, parse
from doudi.facts.vocabulary import Fact, Vocabulary

_AT_ONCE = 8
"""How many columns of a table are converted together: few, so that the memory of what was read serves for the next."""

Column = tuple[Fact, str, pl.DataType]
"""What a column of a file stands for, its heading, and its type there."""


@dataclass(slots=True)
class Table:
    """One table in engine values. ``frame`` has the ids and links under their column names, as text, and the facts
    under their engine names; null means not known. Its rows are those of the source, in the same order."""

    source: Source
    headings: Mapping[str, str]
    frame: pl.DataFrame
    faults: RowFaults

    @property
    def height(self) -> int:
        """How many rows were read."""
        return self.source.height

    def given_up(self) -> pl.DataFrame:
        """The frame, of which only an empty one is left here: its memory is then in the hands of who takes it."""
        frame, self.frame = self.frame, self.frame.clear()
        return frame


class Conversion:
    """All tables on their way. Their ids and links come first: rows are matched by these while the rest is converted."""

    def __init__(
        self, tables: Mapping[str, tuple[Source, Mapping[str, str]]], threads: ThreadPoolExecutor
    ) -> None:
        self._received = tables
        self._threads = threads
        upper_first = sorted(tables, key=list(Vocabulary.load().entities).index)
        self._names = {name: threads.submit(_read_names, *tables[name]) for name in upper_first}
        self._others = {name: threads.map(_Part.read, _parts(*table)) for name, table in tables.items()}

    def names(self, table: str) -> pl.DataFrame:
        """The columns of ids and links of a table, as soon as they are there."""
        return self._names[table].result()

    def tables(self) -> dict[str, Table]:
        """All tables. Values that cannot be read are null and a fault of their row."""
        return dict(zip(self._received, self._threads.map(self._table, self._received), strict=True))

    def _table(self, name: str) -> Table:
        source, headings = self._received[name]
        parts = list(self._others[name])
        frames = [self.names(name), *(part.frame for part in parts)]
        table = Table(source, headings, pl.concat(frames, how="horizontal"), RowFaults(source))
        for part in parts:
            for column in part.doubtful:
                _repair(table, *column)
        _require_ids(table)
        return table


def _read_names(source: Source, headings: Mapping[str, str]) -> pl.DataFrame:
    """The ids and links of a table, by column."""
    facts = source.entity.facts
    named = {column: heading for column, heading in headings.items() if facts[column].kind in ("id", "link")}
    values = [_text(source, column, heading) for column, heading in named.items()]
    return _worked_out(source.raw.select(named.values()), values)


@dataclass(frozen=True, slots=True)
class _Values:
    """Columns in engine values, and those of them in which some may have to be read one by one."""

    frame: pl.DataFrame
    doubtful: Sequence[Column]


@dataclass(frozen=True, slots=True)
class _Part:
    """A few columns of a table."""

    source: Source
    columns: Sequence[Column]

    def read(self) -> _Values:
        """Their values."""
        raw = self.source.raw.select(heading for _, heading, _ in self.columns)
        frame = _worked_out(raw, [_value(self.source, *column) for column in self.columns])
        return _Values(frame, [column for column in self.columns if _may_be_doubtful(frame, *column)])


def _worked_out(columns: pl.LazyFrame, values: Sequence[pl.Expr]) -> pl.DataFrame:
    """The values, from columns in one piece: from a scan they would come in pieces, and putting those together costs more
    than all the rest."""
    return columns.collect().rechunk().select(values)


def _parts(source: Source, headings: Mapping[str, str]) -> Iterator[_Part]:
    """The table but for its ids and links, a few columns at a time."""
    facts, schema = source.entity.facts, source.raw.collect_schema()
    columns = ((facts[column], heading, schema[heading]) for column, heading in headings.items())
    others = (one for one in columns if one[0].kind not in ("id", "link"))
    while few := list(islice(others, _AT_ONCE)):
        yield _Part(source, few)


def _value(source: Source, fact: Fact, heading: str, dtype: pl.DataType) -> pl.Expr:
    if not fact.in_engine:
        return _text(source, fact.column, heading)
    return expression(fact, heading, dtype, source.form == "xlsx")


def _text(source: Source, column: str, heading: str) -> pl.Expr:
    """The texts of a column; null where one is empty."""
    text = pl.col(heading).cast(pl.String)
    text = text if source.form == "parquet" else text.str.strip_chars()
    return pl.when(text != "").then(text).alias(column)


def _may_be_doubtful(frame: pl.DataFrame, fact: Fact, heading: str, dtype: pl.DataType) -> bool:
    if not fact.in_engine:
        return False
    values = frame.get_column(fact.name)
    outside = not within_by_type(fact, dtype) and _outside(values, fact)
    return outside or (leaves_gaps(fact, dtype) and values.null_count() > 0)


def _repair(table: Table, fact: Fact, heading: str, dtype: pl.DataType) -> None:
    """Read the doubtful values one by one: some are aliases or words, the others are faults."""
    values = table.frame.get_column(fact.name)
    texts = table.source.raw.select(pl.col(heading).cast(pl.String))
    places = _doubtful(values, fact, texts.collect().to_series() if leaves_gaps(fact, dtype) else None)
    if not len(places):
        return
    raw = texts.collect().to_series().gather(places)
    unique = raw.unique(maintain_order=True)
    readings, kinds, faults = _read_each(fact, unique)
    which = raw.replace_strict(unique, pl.int_range(unique.len(), eager=True), return_dtype=pl.Int64)
    repaired = pl.Series(readings, dtype=values.dtype).gather(which)
    table.frame = table.frame.with_columns(values.scatter(places, repaired).alias(fact.name))
    kind = kinds[which.to_numpy()]
    table.faults.add_values(heading, places[kind >= 0], kind[kind >= 0], faults)


def _outside(values: pl.Series, fact: Fact) -> bool:
    """Whether any value lies outside the fact's range."""
    least, greatest = values.min(), values.max()
    return least is not None and not (fact.low <= least and greatest <= fact.high)  # type: ignore[operator]


def _doubtful(values: pl.Series, fact: Fact, raw: pl.Series | None) -> Places:
    """The rows whose value is outside the fact's range, or missing where ``raw`` has one.

    A date that may be none may be 0.
    """
    doubtful = ((values < fact.low) | (values > fact.high)).fill_null(False)
    if fact.may_be_none:
        doubtful &= values != 0
    if raw is not None:
        doubtful |= values.is_null() & raw.is_not_null()
    return doubtful.arg_true().to_numpy().astype(np.int64)


def _read_each(
    fact: Fact, texts: pl.Series
) -> tuple[list[int | None], Places, list[tuple[Fault, str | None]]]:
    """The reading of each text; for each the number of its fault, or −1; and the faults."""
    readings: list[int | None] = []
    kinds: list[int] = []
    faults: list[tuple[Fault, str | None]] = []
    for text in texts:
        reading, kind = None, -1
        try:
            reading = 0 if fact.may_be_none and not text.strip() else parse(fact, text)
        except ValueFault as error:
            kind = len(faults)
            faults.append((error.fault, text))
        readings.append(reading)
        kinds.append(kind)
    return readings, np.array(kinds, dtype=np.int64), faults


def _require_ids(table: Table) -> None:
    for column, heading in table.headings.items():
        fact = table.source.entity.facts[column]
        if fact.kind in ("id", "link") and fact.absent == "required":
            missing = table.frame.get_column(column).is_null().arg_true().to_numpy()
            table.faults.add(heading, missing, _no_id(fact))


def _no_id(fact: Fact) -> Fault:
    return Fault(
        "fact.missing", f"“{fact.zh}”是空的", f"{fact.column} is empty",
        "补写编号", "write the id",
    )  # fmt: skip
