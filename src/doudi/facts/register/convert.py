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
from doudi.facts.register.given import Given
from doudi.facts.register.source import Source
from doudi.facts.values import CELL_ERROR, CELL_ERRORS, DIGITS_LOST, DIGITS_LOST_IN, Fault, ValueFault, parse
from doudi.facts.vocabulary import Fact, Vocabulary

_AT_ONCE = 8
"""How many columns of a table are converted together: few, so that the memory of what was read serves for the next."""

Column = tuple[Fact, str, pl.DataType]
"""What a column of a file stands for, its heading, and its type there."""


@dataclass(slots=True)
class Table:
    """One table, its rows those of the source and in the same order. ``frame`` has ids, links and texts under their column
    names, null where there is none; ``given`` has the facts under their engine names."""

    source: Source
    headings: Mapping[str, str]
    frame: pl.DataFrame
    given: dict[str, Given]
    faults: RowFaults

    @property
    def height(self) -> int:
        """How many rows were read."""
        return self.source.height


class Conversion:
    """All tables on their way. Their ids and links come first: rows are matched by these while the rest is converted."""

    def __init__(
        self, tables: Mapping[str, tuple[Source, Mapping[str, str]]], threads: ThreadPoolExecutor
    ) -> None:
        self._received = tables
        self._threads = threads
        upper_first = sorted(tables, key=list(Vocabulary.load().entities).index)
        self._names = {name: threads.submit(_read_names, *tables[name]) for name in upper_first}
        self._parts = {
            name: [threads.submit(_read_some, tables[name][0], few) for few in _parts(*tables[name])]
            for name in tables
        }

    def names(self, table: str) -> pl.DataFrame:
        """The columns of ids and links of a table, as soon as they are there."""
        return self._names[table].result()

    def tables(self) -> dict[str, Table]:
        """All tables. Values that cannot be read are null and a fault of their row."""
        return dict(zip(self._received, self._threads.map(self._table, self._received), strict=True))

    def _table(self, name: str) -> Table:
        source, headings = self._received[name]
        parts = [part.result() for part in self._parts[name]]
        frame = pl.concat([self.names(name), *(part.texts for part in parts)], how="horizontal")
        table = Table(source, headings, frame, {}, RowFaults(source))
        for part in parts:
            table.given.update(part.given)
            for column in part.doubtful:
                fact = column[0]
                table.given[fact.name] = _repaired(table, part.given[fact.name], *column)
        _check_texts(table)
        return table


def _read_names(source: Source, headings: Mapping[str, str]) -> pl.DataFrame:
    """The ids and links of a table, by column."""
    facts = source.entity.facts
    named = {column: heading for column, heading in headings.items() if facts[column].kind in ("id", "link")}
    values = [_text(source, facts[column], heading) for column, heading in named.items()]
    return source.raw.select(named.values()).collect().rechunk().select(values)


@dataclass(frozen=True, slots=True)
class _Values:
    """Texts, facts in engine values, and the columns in which some values may have to be read one by one."""

    texts: pl.DataFrame
    given: Mapping[str, Given]
    doubtful: Sequence[Column]


def _read_some(source: Source, columns: Sequence[Column]) -> _Values:
    """A few columns that are not ids or links.

    They are put into one piece first: from a scan they come in several, and putting the values together costs more than
    all the rest.
    """
    raw = source.raw.select(heading for _, heading, _ in columns).collect().rechunk()
    frame = raw.select(one for column in columns for one in _wanted(source, column))
    given: dict[str, Given] = {}
    doubtful: list[Column] = []
    for column in columns:
        fact, _, dtype = column
        if not fact.in_engine:
            continue
        gaps = None if fact.may_be_none else frame.drop_in_place(_gaps(fact))
        given[fact.name] = one = Given.of(frame.drop_in_place(fact.name), gaps)
        if not (within_by_type(fact, dtype) or one.within(fact)) or (
            leaves_gaps(fact, dtype) and one.unknown is not None
        ):
            doubtful.append(column)
    return _Values(frame, given, doubtful)


def _parts(source: Source, headings: Mapping[str, str]) -> Iterator[list[Column]]:
    """The table but for its ids and links, a few columns at a time."""
    facts, schema = source.entity.facts, source.raw.collect_schema()
    columns = ((facts[column], heading, schema[heading]) for column, heading in headings.items())
    others = (one for one in columns if one[0].kind not in ("id", "link"))
    while few := list(islice(others, _AT_ONCE)):
        yield few


def _wanted(source: Source, column: Column) -> Iterator[pl.Expr]:
    """The values of a column, filled where they are not known, and where that is."""
    fact, heading, dtype = column
    if not fact.in_engine:
        yield _text(source, fact, heading)
        return
    values = expression(fact, heading, dtype, source.form == "xlsx")
    yield values.fill_null(fact.filler)
    if not fact.may_be_none:
        gaps = values.is_null() if leaves_gaps(fact, dtype) else pl.col(heading).is_null()
        yield gaps.alias(_gaps(fact))


def _gaps(fact: Fact) -> str:
    return f"{fact.name} is not known"


def _text(source: Source, fact: Fact, heading: str) -> pl.Expr:
    """The texts of a column; null where one is empty, or is an id that a spreadsheet has spoilt."""
    text = pl.col(heading).cast(pl.String)
    if source.form == "parquet":
        return pl.when(text != "").then(text).alias(fact.column)
    text = text.str.strip_chars()
    sound = text != ""
    if fact.kind != "text":
        sound &= ~(text.is_in(list(CELL_ERRORS)) | text.str.contains(DIGITS_LOST_IN))
    return pl.when(sound).then(text).alias(fact.column)


def _repaired(table: Table, given: Given, fact: Fact, heading: str, dtype: pl.DataType) -> Given:
    """The column with its doubtful values read one by one: some are aliases or words, the others are faults."""
    texts = table.source.raw.select(pl.col(heading).cast(pl.String))
    places = _doubtful(given, fact, texts.collect().to_series() if leaves_gaps(fact, dtype) else None)
    if not len(places):
        return given
    raw = texts.collect().to_series().gather(places)
    unique = raw.unique(maintain_order=True)
    readings, kinds, faults = _read_each(fact, unique)
    which = raw.replace_strict(
        unique, pl.int_range(unique.len(), eager=True), return_dtype=pl.Int64
    ).to_numpy()
    kind = kinds[which]
    table.faults.add_values(heading, places[kind >= 0], kind[kind >= 0], faults)
    unknown = np.array([reading is None for reading in readings])
    values = np.array([fact.filler if reading is None else reading for reading in readings])
    return given.mended(places, values[which], unknown[which])


def _doubtful(given: Given, fact: Fact, raw: pl.Series | None) -> Places:
    """The rows whose value is outside the fact's range, or missing where ``raw`` has one.

    A date that may be none may be 0.
    """
    doubtful = (given.values < fact.low) | (given.values > fact.high)
    if fact.may_be_none:
        doubtful &= given.values != 0
    if raw is not None:
        doubtful |= given.mask() & raw.is_not_null().to_numpy()
    return np.flatnonzero(doubtful)


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


def _check_texts(table: Table) -> None:
    """Ids that are missing or have lost digits, and errors of spreadsheets where an id or a text should stand.

    In Parquet, whose columns have types, only missing ids are looked for.
    """
    for column, heading in table.headings.items():
        fact = table.source.entity.facts[column]
        if fact.in_engine:
            continue
        missing = table.frame.get_column(column).is_null()
        if table.source.form != "parquet":
            missing &= ~_spoilt(table, fact, heading)
        if fact.kind in ("id", "link") and fact.absent == "required":
            table.faults.add(heading, missing.arg_true().to_numpy(), _no_id(fact))


def _spoilt(table: Table, fact: Fact, heading: str) -> pl.Series:
    """Which texts of a column a spreadsheet has spoilt; each is a fault."""
    texts = table.source.raw.select(pl.col(heading).str.strip_chars()).collect().to_series()
    errors = texts.is_in(list(CELL_ERRORS)).fill_null(False)
    lost = errors.clear(len(errors)).fill_null(False)
    if fact.kind != "text":
        lost = texts.str.contains(DIGITS_LOST_IN).fill_null(False)
    for fault, which in ((CELL_ERROR, errors), (DIGITS_LOST, lost)):
        places = which.arg_true().to_numpy()
        kinds = texts.gather(places).unique(maintain_order=True)
        number = texts.gather(places).replace_strict(
            kinds, pl.int_range(len(kinds), eager=True), return_dtype=pl.Int64
        )
        table.faults.add_values(heading, places, number.to_numpy(), [(fault, text) for text in kinds])
    return errors | lost


def _no_id(fact: Fact) -> Fault:
    return Fault(
        "fact.missing", f"“{fact.zh}”是空的", f"{fact.column} is empty",
        "补写编号", "write the id",
    )  # fmt: skip
