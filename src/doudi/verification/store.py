"""The store of reports: one file for each, written whole or not at all, never overwritten, numbered without gaps.

checks/
  999901-2026-000001.json                a report
  999901-2026-000001.objection-1.json    an objection to it
  looks.jsonl                            who saw a report in full, when and why, where no database keeps this
  lock                                   held while a number is taken

The number is taken, the report frozen under it, written beside and flushed, then put in place by a hard link, which
fails if the name exists. A process killed at any moment leaves the file or none; the number of one that was not written
is taken by the next.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from doudi.verification.errors import fault
from doudi.verification.report import Report

_REPORT = re.compile(r"([0-9]{6})-([0-9]{4})-([0-9]{6})")
_STAGED = ".staged-"
LOOKS = "looks.jsonl"


class Checks:
    """A folder of reports and objections."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def add(self, region: str, year: int, make: Callable[[str], Report]) -> Report:
        """Take the next number of a county and year, make the report under it, and put it in place.

        ``make`` is called with the number while every other writer waits; if it raises, no number is used up.
        """
        with self.locked():
            number = f"{region}-{year:04}-{self._last(region, year) + 1:06}"
            report = make(number)
            self.put(f"{number}.json", report.text())
            return report

    def put(self, name: str, text: str) -> Path:
        """Write a file whole, flushed to the disk, under a name that is not taken. The caller holds the lock.

        Raises:
            MeansError: the name is taken.
        """
        staged = self.root / f"{_STAGED}{name}"
        with open(
            os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(staged, self.root / name)
        except FileExistsError:
            raise fault(
                "means.taken", "已有同名的文件，不得覆盖", "a file of that name exists and is never overwritten",
                "核对核对库", "check the store", file=name,
            ) from None  # fmt: skip
        finally:
            staged.unlink()
        self._flush()
        return self.root / name

    def read(self, number: str) -> Report:
        """The report of that number.

        Raises:
            MeansError: there is none, or it was altered.
        """
        path = self.root / f"{number}.json"
        if not _REPORT.fullmatch(number) or not path.exists():
            raise fault(
                "means.unknown", "核对库中没有这份报告", "the store has no such report",
                "核对编号，如 999901-2026-000001", "check the number, such as 999901-2026-000001", value=number[:40],
            )  # fmt: skip
        return Report.from_text(path.read_text("utf-8"), path.name)

    def record_look(self, number: str, by: str, reason: str, at: datetime) -> None:
        """Write down who sees a report in full and why; on the disk when this returns."""
        line = {"at": at.isoformat(timespec="seconds"), "report": number, "by": by, "reason": reason}
        with self.locked(), open(self.root / LOOKS, "a", encoding="utf-8", opener=_private) as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def numbers(self) -> list[str]:
        """The numbers of all reports, in their order."""
        return sorted(path.stem for path in self.root.glob("*.json") if _REPORT.fullmatch(path.stem))

    def objection_files(self, number: str) -> list[Path]:
        """The files of the objections to a report, oldest first."""
        found = self.root.glob(f"{number}.objection-*.json")
        return sorted(found, key=lambda path: int(path.stem.rpartition("-")[2]))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Wait for every other writer; the lock of a process that dies is gone with it. Clears what it left half made."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            for staged in self.root.glob(f"{_STAGED}*"):
                staged.unlink()
            yield

    def _last(self, region: str, year: int) -> int:
        start = f"{region}-{year:04}-"
        return max((int(number[-6:]) for number in self.numbers() if number.startswith(start)), default=0)

    def _flush(self) -> None:
        folder = os.open(self.root, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
