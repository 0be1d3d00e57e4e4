"""The two registers as received: landed under their data contracts, with what was wrong set aside and told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import polars as pl

from doudi.convergence.errors import ConvergenceError
from doudi.evidence.placing import refuse_foreign, replacing
from doudi.feeds import FeedError, Report, current, land
from doudi.feeds.store import Store
from doudi.rules.errors import Problem, Problems

LISTED, BASE = "monitoring_list", "aid_roll"
"""The contracts: 防返贫监测对象 of the rural-affairs department, and the low-income base (在保名册) of civil affairs."""

JOURNAL = "journal.jsonl"
LANDING = (JOURNAL, "landings", "staging", "lock")
"""What a landing leaves in its folder."""


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
    """Land both files into ``folder``, in place of an earlier landing; columns are recognised as departments write them.

    ``period`` (``2026-08``) is needed where a file does not say of which month it is. Where a file is refused, the earlier landing
    stays.

    Raises:
        ConvergenceError: a file cannot be read, does not follow its contract or lies in ``folder``; what is wrong with both is told
            at once.
        EvidenceError: the folder holds something else than a landing, or another run writes into it.
        OSError: a file cannot be read, the folder not written.
    """
    _apart(folder, (listed, base))
    refuse_foreign(folder, LANDING, JOURNAL, inside=None)
    received_at = datetime.combine(day, time(23, 59))
    with replacing(folder) as making:
        problems, reports = Problems(), []
        for path, feed in ((listed, LISTED), (base, BASE)):
            try:
                reports.append(land(path, making, by, received_at, feed=feed, period=period))
            except FeedError as error:
                problems.extend(error.problems)
        problems.raise_as(ConvergenceError)
        tables = [current(making, feed, day).collect() for feed in (LISTED, BASE)]
    ordered = [table.sort("source_sheet", "source_row", nulls_last=False) for table in tables]
    return Received(ordered[0], ordered[1], (reports[0], reports[1]), folder)


def _apart(folder: Path, files: tuple[Path, ...]) -> None:
    """That no file to be landed lies in the folder, where it would be lost."""
    problems = Problems()
    for path in files:
        if path.resolve().is_relative_to(folder.resolve()):
            problems.add(Problem(
                "converge.input_inside", "要读取的文件在结果文件夹的 received 里，会被删除",
                "the file lies in the folder of what was received, where it would be lost",
                "把文件移到别处", "move the file elsewhere", file=str(path),
            ))  # fmt: skip
    problems.raise_as(ConvergenceError)
