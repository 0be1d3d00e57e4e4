"""Rows of the departments with the households and people whom they name, as a night keeps them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from doudi.feeds import current
from doudi.feeds.periods import following
from doudi.law import library
from doudi.monitoring.rows import RowsOf
from doudi.rules.kinds import DATE, FLAG, Kind

MONTHS_KEPT = 12
"""How far back from the newest period rows of events are kept."""


def day_number(column: pl.Expr) -> pl.Expr:
    """A date as the engine holds it, ``yyyymmdd``."""
    year, month, day = (getattr(column.dt, part)().cast(pl.Int32) for part in ("year", "month", "day"))
    return year * 10_000 + month * 100 + day


def in_engine(column: pl.Expr, kind: Kind, type_: str) -> pl.Expr:
    """A field of a feed in engine units; null where the row does not tell it."""
    if kind.codes is not None:
        places = {code: kind.codes.index(code) for code in kind.codes.codes}
        return column.replace_strict(places, default=None, return_dtype=pl.UInt8)
    if kind is FLAG:
        return column
    if kind is DATE:
        text = pl.concat_str(column, pl.lit("-01")).str.to_date(strict=False) if type_ == "month" else column
        return day_number(text)
    scale = 100 if kind.name == "money" else kind.denominator
    return (column * scale).cast(pl.Int64)


def linked_rows(
    rows: RowsOf,
    fields: Collection[str],
    store: Path,
    links: Path,
    day: date,
    newest: str | None,
    people: pl.DataFrame,
) -> pl.DataFrame:
    """One row for each row in effect and household that it names, in the order of the households.

    ``fields``: values of the rows (``deaths_died_on``). ``people``: ``person_id``, ``place`` (among those present, −1), ``home``
    (the household's place), ``state`` and ``ended_on`` of everybody ever known. Columns: ``household``, ``received_on``; for each
    part ``<part>`` (place, −1), ``<part>_state``, ``<part>_ended_on``; the fields by their names. Rows about nobody are left out.
    """
    table = _in_window(current(store, rows.contract.name, day), rows, newest)
    told = {name: rows.told[name] for name in fields}
    table = table.select(
        "row_id",
        day_number(pl.col("received_at").dt.convert_time_zone("Asia/Shanghai").dt.date()).alias(
            "received_on"
        ),
        *(
            in_engine(pl.col(one.field.name), one.input.kind, one.field.type).alias(name)
            for name, one in told.items()
        ),
    )
    named = pl.scan_parquet(links).filter(pl.col("zone") == "link").select("row_id", "part", "person_id")
    known = named.join(people.lazy(), on="person_id")
    for part in rows.parts:
        own = known.filter(pl.col("part") == part).select(
            "row_id", pl.col("place").alias(part), pl.col("home").alias(f"_{part}"),
            pl.col("state").alias(f"{part}_state"), pl.col("ended_on").alias(f"{part}_ended_on"),
        )  # fmt: skip
        table = table.join(own, on="row_id", how="left")
    homes = pl.concat_list(f"_{part}" for part in rows.parts).list.unique().list.drop_nulls()
    table = table.with_columns(household=homes).explode("household", empty_as_null=False)
    return _settled(table.filter(pl.col("household").is_not_null()), rows, told).collect()


def _in_window(table: pl.LazyFrame, rows: RowsOf, newest: str | None) -> pl.LazyFrame:
    """Of events only the periods that are kept."""
    if rows.contract.kind == "snapshot" or newest is None:
        return table
    step = 1 - MONTHS_KEPT if rows.contract.period == "month" else -1
    return table.filter(pl.col("period") >= following(newest, rows.contract.period, step))


def _settled(table: pl.LazyFrame, rows: RowsOf, told: Mapping[str, Any]) -> pl.LazyFrame:
    """A part leads to a person of the household of the row only; who is not known is nobody."""
    presence = library.indicator_code_sets()["presence"]
    parts: list[pl.Expr] = []
    for part in rows.parts:
        here = pl.col(f"_{part}") == pl.col("household")
        parts += [
            pl.when(here).then(part).otherwise(-1).fill_null(-1).cast(pl.Int32).alias(part),
            pl.col(f"{part}_state").fill_null(presence.index("nobody")).cast(pl.UInt8),
            pl.col(f"{part}_ended_on").fill_null(0).cast(pl.Int32),
        ]
    columns = ["household", "received_on", *parts, *told]
    return table.sort("household", "row_id").select(columns)
