"""The store of feeds: landings side by side, none ever changed, each put in place by one rename; a journal of what happened.

store/
  journal.jsonl                               what was begun, landed, refused, given up
  staging/<landing>/                          in the making; of no account
  landings/<landing>/report.json, report.txt
                    /received/<file>          the file as received
                    /set_aside.csv or .xlsx   rows to be mended
                    /feed=<feed>/period=<period>/rows-<n>.parquet
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any

from doudi.feeds import disk
from doudi.feeds.contract_model import fault
from doudi.feeds.report import Report

CHINA = timezone(timedelta(hours=8))
"""The time of a ``received_at`` without a zone."""


def aware(moment: datetime) -> datetime:
    """The moment in UTC; without a zone it is Chinese time."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=CHINA)).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Landing:
    """A landing that is in place."""

    folder: Path
    report: Report

    @property
    def id(self) -> str:
        """Its number and the beginning of the file's hash."""
        return self.folder.name

    @property
    def received_at(self) -> datetime:
        """When the file was received."""
        return datetime.fromisoformat(self.report.received_at)

    @property
    def order(self) -> tuple[datetime, str]:
        """Landings in the order in which they supersede each other."""
        return self.received_at, self.id


class Store:
    """A folder of landings."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.landings_folder = root / "landings"
        self.staging = root / "staging"
        self.journal_file = root / "journal.jsonl"

    def prepare(self) -> None:
        """Make the folders."""
        for folder in (self.landings_folder, self.staging):
            folder.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep every other landing out; the lock of a process that dies is gone with it.

        Raises:
            FeedError: another landing is under way.
        """
        with (self.root / "lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise fault(
                    "feed.busy", "另一个文件正在入库", "another landing is under way",
                    "等它完成后再试", "try again when it is done", file=str(self.root),
                ) from None  # fmt: skip
            yield

    def recover(self) -> None:
        """Clear away what a killed process left half made, and finish the journal of what it had put in place."""
        known = self._mend_journal()
        for folder in sorted(self.staging.iterdir()):
            shutil.rmtree(folder)
            self.note("abandoned", folder.name)
        for landing in self.landings():
            if landing.id not in known:
                self.note("landed", landing.id, sha256=landing.report.sha256, by=landing.report.received_by)

    def _mend_journal(self) -> set[str]:
        """Drop a line broken off at the end; the landings that the journal knows."""
        if not self.journal_file.exists():
            return set()
        data = self.journal_file.read_bytes()
        whole = data[: data.rfind(b"\n") + 1]
        if len(whole) < len(data):
            os.truncate(self.journal_file, len(whole))
        return {entry["landing"] for entry in self.journal() if entry["event"] == "landed"}

    def journal(self) -> list[dict[str, Any]]:
        """What happened, oldest first."""
        if not self.journal_file.exists():
            return []
        return [
            json.loads(line)
            for line in self.journal_file.read_text("utf-8").splitlines()
            if line.endswith("}")
        ]

    def note(self, event: str, landing: str, **more: Any) -> None:
        """Add a line to the journal and flush it."""
        entry = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "event": event,
            "landing": landing,
            **more,
        }
        with self.journal_file.open("ab") as file:
            file.write(json.dumps(entry, ensure_ascii=False).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def landings(self) -> list[Landing]:
        """All landings in place, in the order in which they supersede each other."""
        if not self.landings_folder.exists():
            return []
        with os.scandir(self.landings_folder) as entries:
            found = [landing for entry in entries if (landing := _landing_in(entry.path)) is not None]
        return sorted(found, key=lambda landing: landing.order)

    def next_number(self) -> int:
        """The number of the next landing."""
        numbers = [int(folder.name.partition("-")[0]) for folder in self.landings_folder.glob("[0-9]*-*")]
        return max(numbers, default=0) + 1

    def commit(self, staged: Path, report: Report) -> None:
        """Put a finished landing in place: flushed first, then renamed at once, then written into the journal."""
        disk.sync_tree(staged)
        disk.put_in_place(staged, self.landings_folder / report.landing)
        self.note(
            "landed", report.landing, sha256=report.sha256, by=report.received_by,
            feeds={table.feed: table.accepted for table in report.tables}, set_aside=report.set_aside_rows,
        )  # fmt: skip


def _landing_in(folder: str) -> Landing | None:
    """The landing in a folder; None for a folder of something else."""
    try:
        changed = os.stat(os.path.join(folder, "report.json")).st_mtime_ns
    except (FileNotFoundError, NotADirectoryError):
        return None
    return _landing(folder, changed)


@lru_cache(maxsize=10_000)
def _landing(folder: str, changed: int) -> Landing:
    report = Path(folder, "report.json").read_text("utf-8")
    return Landing(Path(folder), Report.from_data(json.loads(report)))
