"""Rows with the same key within one table: the same row again is kept once, rows that contradict each other not at all.

Memory is 16 bytes a row, whatever the rows hold; only rows whose key comes back are looked at in full.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.feeds.table import Table

Rows = NDArray[np.int64]
Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Numbers of rows, rising, and beside each the row that it repeats or contradicts.

    ``elsewhere``: rows whose key stands in an earlier table of the same file. ``hashes``: of all keys of this table.
    """

    repeated: Rows
    repeats: Rows
    contradicting: Rows
    contradicted: Rows
    elsewhere: Rows
    hashes: Hashes

    def sentences(self, rows: pl.Series) -> tuple[pl.Series, pl.Series]:
        """What to say of each of these rows, null for most: that it repeats one, that it contradicts one."""
        repeats = _told(rows, self.repeated, self.repeats, " 行相同，未重复入库")
        against = _told(
            rows, self.contradicting, self.contradicted, " 行编号相同而内容不同，请核实后只留一行"
        )
        if len(self.elsewhere):
            hits = np.flatnonzero(np.isin(rows.to_numpy(), self.elsewhere))
            said = pl.Series(["编号在前面的工作表中已有，请核实后只留一行"] * len(hits), dtype=pl.String)
            against, repeats = against.scatter(hits, said), repeats.scatter(hits, None)
        return repeats, against


def _told(rows: pl.Series, numbers: Rows, others: Rows, after: str) -> pl.Series:
    texts = pl.Series([None] * len(rows), dtype=pl.String)
    if not len(numbers):
        return texts
    wanted = rows.to_numpy()
    places = np.clip(np.searchsorted(numbers, wanted), 0, len(numbers) - 1)
    hits = np.flatnonzero(numbers[places] == wanted)
    said = [f"与第 {other}{after}" for other in others[places[hits]]]
    return texts.scatter(hits, pl.Series(said, dtype=pl.String))


def find_duplicates(table: Table, earlier: Hashes | None = None) -> Duplicates:
    """Look for keys that stand twice, here or in tables whose keys have the hashes ``earlier``.

    Rows whose key cannot be read are left to the checks of rows.
    """
    hashes, rows = _hashes(table)
    none: Rows = np.empty(0, dtype=np.int64)
    elsewhere = rows[np.isin(hashes, earlier)] if earlier is not None else none
    order = np.sort(hashes)
    again = np.unique(order[1:][order[1:] == order[:-1]])
    del order
    if not len(again):
        return Duplicates(none, none, none, none, elsewhere, hashes)
    return Duplicates(*_compare(table, rows[np.isin(hashes, again)]), elsewhere, hashes)


def _hashes(table: Table) -> tuple[NDArray[np.uint64], Rows]:
    hashes: list[NDArray[np.uint64]] = [np.empty(0, dtype=np.uint64)]
    rows: list[Rows] = [np.empty(0, dtype=np.int64)]
    for raw in table.key_rows():
        keys = pl.DataFrame({name: table.read(name, raw).values for name in table.contract.key})
        whole = keys.select(pl.all_horizontal(pl.all().is_not_null())).to_series()
        hashes.append(keys.select(pl.struct(pl.all()).hash()).to_series().filter(whole).to_numpy())
        rows.append(raw["row"].filter(whole).to_numpy())
    return np.concatenate(hashes), np.concatenate(rows)


def _compare(table: Table, candidates: Rows) -> tuple[Rows, Rows, Rows, Rows]:
    """The rows that repeat one, those repeated, the rows that contradict one, those contradicted."""
    found = pl.concat(
        part.with_columns(pl.struct(pl.exclude("row")).hash().alias("content"))
        for part in _values(table, pl.Series(candidates))
    ).sort("row")
    key = list(table.contract.key)
    found = found.with_columns(
        pl.col("row").first().over(key).alias("first"),
        pl.col("row").last().over(key).alias("last"),
        pl.len().over(key).alias("times"),
        pl.col("content").n_unique().over(key).alias("different"),
    ).filter(pl.col("times") > 1)
    same = found.filter((pl.col("different") == 1) & (pl.col("row") != pl.col("first")))
    other = found.filter(pl.col("different") > 1).with_columns(
        other=pl.when(pl.col("row") == pl.col("first")).then("last").otherwise("first")
    )
    return (
        same["row"].to_numpy(),
        same["first"].to_numpy(),
        other["row"].to_numpy(),
        other["other"].to_numpy(),
    )


def _values(table: Table, wanted: pl.Series) -> Iterator[pl.DataFrame]:
    """What the rows of these numbers say."""
    for raw in table.rows():
        chosen = raw["row"].is_in(wanted.implode())
        if chosen.any():
            yield table.values(raw, chosen)
