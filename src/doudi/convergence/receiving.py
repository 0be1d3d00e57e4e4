"""The two registers as received: landed under their data contracts, with what was wrong set aside and told."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import polars as pl

from doudi.convergence.errors import ConvergenceError
from doudi.feeds import FeedError, Report, current, land
from doudi.feeds.store import Store
from doudi.rules.errors import Problems

LISTED, BASE = "monitoring_list", "aid_roll"
"""The contracts: 防返贫监测对象 of the rural-affairs department, and the low-income base (在保名册) of civil affairs."""


@dataclass(frozen=True)
class Received:
    """``listed`` and ``base``: the rows in effect, in the order of their files, with the columns of the contracts. ``reports``: what
    came of each file; rows set aside lie in ``folder``."""

    listed: pl.DataFrame
    base: pl.DataFrame
    reports: tuple[Report, Report]
    folder: Path

    @property
    def set_aside(self) -> int:
        """Rows of both files that must be mended first."""
        return sum(report.set_aside_rows for report in self.reports)

    @property
    def aside(self) -> tuple[Path | None, Path | None]:
        """The file of rows to mend of the list, and that of the base; None where there are none."""
        listed, base = (self._aside(report) for report in self.reports)
        return listed, base

    def _aside(self, report: Report) -> Path | None:
        landings = Store(self.folder).landings_folder
        return None if report.set_aside is None else landings / report.landing / report.set_aside


def receive(
    listed: Path, base: Path, folder: Path, day: date, by: str, period: str | None = None
) -> Received:
    """Land both files into ``folder``, which is emptied first; columns are recognised as departments write them.

    ``period`` (``2026-08``) is needed where a file does not say of which month it is.

    Raises:
        ConvergenceError: a file cannot be read or does not follow its contract; what is wrong with both is told at once.
        OSError: a file cannot be read, the folder not written.
    """
    shutil.rmtree(folder, ignore_errors=True)
    received_at = datetime.combine(day, time(23, 59))
    problems, reports = Problems(), []
    for path, feed in ((listed, LISTED), (base, BASE)):
        try:
            reports.append(land(path, folder, by, received_at, feed=feed, period=period))
        except FeedError as error:
            problems.extend(error.problems)
    problems.raise_as(ConvergenceError)
    tables = [current(folder, feed, day).collect() for feed in (LISTED, BASE)]
    ordered = [table.sort("source_sheet", "source_row", nulls_last=False) for table in tables]
    return Received(ordered[0], ordered[1], (reports[0], reports[1]), folder)
