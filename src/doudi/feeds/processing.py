"""The tables of one file, batch by batch: rows to Parquet, rows set aside to a file, counts to the report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import polars as pl

from doudi.feeds import disk
from doudi.feeds.checking import Checker, Tally
from doudi.feeds.contract_model import fault
from doudi.feeds.duplicates import Hashes, find_duplicates
from doudi.feeds.masking import masked
from doudi.feeds.report import Report, TableReport
from doudi.feeds.setting_aside import AsideWriter, aside_writer
from doudi.feeds.table import Table

_HELD_ROWS = 600_000
_PART_ROWS = 400_000
_NO_HASHES: Hashes = np.empty(0, dtype=np.uint64)
_UNSTATED = {
    "zh": "表中没有数据，也没有说明是哪一期，不能算作该期已报送",
    "en": "no rows and no period stated: it counts for no period",
}


@dataclass(frozen=True, slots=True)
class Origin:
    """From whom a file came, when (UTC), and what was said of it."""

    by: str
    received: datetime
    feed: str | None = None
    period: str | None = None
    replaces: bool = False


def process(tables: Sequence[Table], staged: Path, report: Report, origin: Origin, keep: bool) -> None:
    """Check all tables; with ``keep``, write what lands into ``staged``."""
    aside = aside_writer(staged, tables[0].cells.form, report.encoding, report.separator)
    known: dict[str, Hashes] = {}
    for place, table in enumerate(tables):
        name = table.contract.name
        checker = Checker(table, find_duplicates(table, known.get(name)))
        if len(tables) > 1:
            known[name] = np.concatenate([known.get(name, _NO_HASHES), checker.duplicates.hashes])
        writer = PartWriter(staged / f"feed={name}", place) if keep else None
        _check(checker, aside, writer, report, origin, place)
        told = _told(table, checker, origin)
        report.tables.append(told)
        if told.covers is None:
            report.notices.append(_UNSTATED)
    written = aside.close()
    if written is not None:
        report.set_aside = written.name


def _check(
    checker: Checker,
    aside: AsideWriter,
    writer: PartWriter | None,
    report: Report,
    origin: Origin,
    place: int,
) -> None:
    table = checker.table
    for raw in table.rows():
        found = checker.sort(raw)
        aside.add(table, found.aside, found.reasons)
        if writer is not None and found.landed.height:
            writer.add(_with_lineage(found.landed, table, report, origin, place))
    if not checker.tally.records and any(any(record) for record in table.cells.head[table.match.start :]):
        raise fault(
            "feed.unread", "表头下的行没有读出来", "the rows below the heading could not be read",
            "另存为 .xlsx 或“CSV UTF-8”后重新发送", "save it as .xlsx or CSV UTF-8 and send it again", file=report.file,
        )  # fmt: skip
    if writer is not None:
        writer.close()


def _with_lineage(
    frame: pl.DataFrame, table: Table, report: Report, origin: Origin, place: int
) -> pl.DataFrame:
    """The rows with where they come from: file, sheet, row, when, by whom."""
    prefix = f"{report.landing}.{place}."
    fields = list(table.contract.fields)
    return frame.select(
        (pl.lit(prefix) + pl.col("row").cast(pl.String)).alias("row_id"),
        "period",
        *fields,
        "remarks",
        pl.lit(report.sha256).alias("source_hash"),
        pl.lit(table.cells.name or None, dtype=pl.String).alias("source_sheet"),
        pl.col("row").alias("source_row"),
        pl.lit(origin.received).dt.cast_time_unit("us").alias("received_at"),
        pl.lit(origin.by).alias("received_by"),
        pl.lit(report.landing).alias("landing"),
    )


class PartWriter:
    """Writes rows by period into few files: holds a bounded number of rows, and lets the largest period go first."""

    def __init__(self, folder: Path, place: int) -> None:
        self.folder = folder
        self.place = place
        self.held: dict[str, list[pl.DataFrame]] = defaultdict(list)
        self.counts: dict[str, int] = defaultdict(int)
        self.parts: dict[str, int] = defaultdict(int)

    def add(self, frame: pl.DataFrame) -> None:
        """Take rows; write when too many are held."""
        for period in frame["period"].unique(maintain_order=True):
            part = frame.filter(pl.col("period") == period)
            self.held[period].append(part)
            self.counts[period] += part.height
        while sum(self.counts.values()) > _HELD_ROWS or max(self.counts.values()) >= _PART_ROWS:
            self._write(max(self.counts, key=lambda period: self.counts[period]))

    def close(self) -> None:
        """Write what is still held."""
        for period in [period for period, count in self.counts.items() if count]:
            self._write(period)

    def _write(self, period: str) -> None:
        folder = self.folder / f"period={period}"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"rows-{self.place}-{self.parts[period]}.parquet"
        disk.write_parquet(pl.concat(self.held[period]), path)
        self.parts[period] += 1
        self.held[period] = []
        self.counts[period] = 0


def _told(table: Table, checker: Checker, origin: Origin) -> TableReport:
    tally = checker.tally
    return TableReport(
        feed=table.contract.name,
        zh=table.contract.zh,
        sheet=masked(table.cells.name),
        heading_row=table.match.start,
        covers=_covers(table, tally, origin),
        records=tally.records,
        accepted=tally.accepted,
        rejected=tally.rejected,
        repeated=tally.repeated,
        blank=tally.blank,
        notes=tally.notes,
        superseded=0,
        periods=dict(sorted(tally.periods.items())),
        faults=_faults(tally),
        remarks={key: count for key, count in tally.remarks.items() if count},
        shifted=checker.shifts.sentences(table, tally.records, tally.last_row),
        unknown_columns=list(table.match.unknown),
        absent_columns=list(table.match.absent),
        replaces=origin.replaces,
    )


def _covers(table: Table, tally: Tally, origin: Origin) -> str | None:
    """The period of a table. What an officer states counts first; then the months that a title or the file's name states,
    if they were over; then where most events lie, since a day in a file's name may be that of its sending."""
    if table.whole is not None:
        return table.whole
    if table.contract.kind == "events" and origin.period is None and tally.periods:
        return tally.periods.most_common(1)[0][0]
    return table.period


def _faults(tally: Tally) -> list[dict[str, object]]:
    return [
        {"column": column, "zh": text, "rows": count, "first_rows": tally.first_rows[column, text]}
        for (column, text), count in tally.faults.most_common()
    ]
