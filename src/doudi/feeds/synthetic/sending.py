"""The files of all departments landed one after the other, each on the day on which it came."""

from __future__ import annotations

from pathlib import Path

from doudi.feeds.contract_model import FeedError
from doudi.feeds.landing import land
from doudi.feeds.report import Report
from doudi.feeds.synthetic.departments import Sent

_TWICE = "feed.twice"


def land_all(sent: Sent, store: Path, by: str) -> list[Report]:
    """Land every file in the order of its receipt; a file that came before is refused, as it must be, and has no report.

    Raises:
        FeedError: another file was refused.
    """
    reports = []
    for file in sent.files:
        try:
            reports.append(land(sent.folder / file.path, store, by, file.received_at))
        except FeedError as error:
            if file.kind != "again" or [problem.code for problem in error.problems] != [_TWICE]:
                raise
    return reports
