"""The files of all departments landed in the order of their receipt, each on the day on which it came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from doudi.feeds import disk
from doudi.feeds.contract_model import FeedError
from doudi.feeds.landing import land_as
from doudi.feeds.processing import Origin
from doudi.feeds.report import Report
from doudi.feeds.store import Store, aware
from doudi.feeds.synthetic.files import Sent, SentFile
from doudi.feeds.synthetic.sharing import shared

_TWICE = "feed.twice"


def land_all(sent: Sent, store: Path, by: str, processes: int = 1) -> list[Report]:
    """Land every file as its place in the order of receipt; a file that came before is refused, as it must be, and has no
    report. ``processes`` share the feeds: what a file supersedes is of its own feed.

    Raises:
        FeedError: another file was refused, or another landing is under way.
    """
    keeper = Store(store)
    with disk.telling_full_disk():
        keeper.prepare()
        with keeper.locked():
            keeper.recover()
            arrivals = _Arrivals(sent.folder, keeper, by)
            files = list(enumerate(sent.files, start=keeper.next_number()))
            found = dict(arrivals.landed(files) if processes == 1 else _shared(arrivals, files, processes))
    return [found[number] for number in sorted(found)]


Numbered = Sequence[tuple[int, SentFile]]
"""Files with the numbers under which they land."""


@dataclass(frozen=True)
class _Arrivals:
    """Where files come from, and where they land."""

    folder: Path
    store: Store
    by: str

    def landed(self, files: Numbered) -> list[tuple[int, Report]]:
        """Land files in their order; those that landed, by number."""
        return [
            (number, report) for number, file in files if (report := self._land(number, file)) is not None
        ]

    def _land(self, number: int, file: SentFile) -> Report | None:
        try:
            return land_as(
                number, self.store, self.folder / file.path, Origin(self.by, aware(file.received_at))
            )
        except FeedError as error:
            if file.kind != "again" or [problem.code for problem in error.problems] != [_TWICE]:
                raise
            return None


def _shared(arrivals: _Arrivals, files: Numbered, processes: int) -> Iterator[tuple[int, Report]]:
    """The same by several processes, each feed by one of them."""
    feeds = dict.fromkeys(file.feed for _, file in files)
    shares = [[each for each in files if each[1].feed == feed] for feed in feeds]
    with shared(processes) as pool:
        for reports in pool.map(arrivals.landed, sorted(shares, key=_rows, reverse=True)):
            yield from reports


def _rows(files: Numbered) -> int:
    return sum(file.rows for _, file in files)
