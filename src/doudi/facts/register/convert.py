"""A table as received to engine columns: one pass for all columns, then the doubtful values one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from doudi.facts.register.expressions import expression
from doudi.facts.register.faults import Places, RowFaults
from doudi.facts.register.sources import Source
from doudi.facts.values import Fault, ValueFault, parse
from doudi.facts.vocabulary import Fact


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


def convert(tables: Mapping[str, tuple[Source, Mapping[str, str]]]) -> dict[str, Table]:
    """All tables at once. Values that cannot be read become null and a fault of their row."""
    queries = [
        source.raw.select(_columns(source, headings)) if headings else pl.LazyFrame()
        for source, headings in tables.values()
    ]
    found: dict[str, Table] = {}
    for (name, (source, headings)), frame in zip(tables.items(), pl.collect_all(queries), strict=True):
        table = Table(source, headings, frame, RowFaults(source))
        for column in headings:
            fact = source.entity.facts[column]
            if fact.in_engine:
                _repair(table, fact, headings[column])
        _require_ids(table)
        found[name] = table
    return found


def _columns(source: Source, headings: Mapping[str, str]) -> list[pl.Expr]:
    schema = source.raw.collect_schema()
    return [
        expression(source.entity.facts[column], heading, schema[heading], source.form == "xlsx")
        if source.entity.facts[column].in_engine
        else _text(column, heading, source)
        for column, heading in headings.items()
    ]


def _text(column: str, heading: str, source: Source) -> pl.Expr:
    text = pl.col(heading).cast(pl.String)
    text = text if source.form == "parquet" else text.str.strip_chars()
    return pl.when(text != "").then(text).alias(column)


def _repair(table: Table, fact: Fact, heading: str) -> None:
    """Read the values outside the fact's range one by one: some are aliases or words, the others are faults."""
    values = table.frame.get_column(fact.name)
    places = _doubtful(values, fact)
    if not len(places):
        return
    raw = table.source.raw.select(pl.col(heading).cast(pl.String)).collect().to_series().gather(places)
    unique = raw.unique(maintain_order=True)
    readings, kinds, faults = _read_each(fact, unique)
    which = raw.replace_strict(unique, pl.int_range(unique.len(), eager=True), return_dtype=pl.Int64)
    repaired = pl.Series(readings, dtype=values.dtype).gather(which)
    table.frame = table.frame.with_columns(values.scatter(places, repaired).alias(fact.name))
    kind = kinds[which.to_numpy()]
    table.faults.add_values(heading, places[kind >= 0], kind[kind >= 0], faults)


def _doubtful(values: pl.Series, fact: Fact) -> Places:
    """The rows whose value is outside the fact's range; a date that may be none may be 0."""
    least, greatest = values.min(), values.max()
    if least is None or (fact.low <= least and greatest <= fact.high):  # type: ignore[operator]
        return np.empty(0, dtype=np.int64)
    outside = (values < fact.low) | (values > fact.high)
    if fact.may_be_none:
        outside &= values != 0
    return outside.fill_null(False).arg_true().to_numpy().astype(np.int64)


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
