"""What was sent: the files in the order in which they came, and what is true of each of their rows."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

INDEX = "sent.json"
TRUTH = "letters_truth"
"""The folder of what is true of rows, one table for each feed."""


@dataclass(frozen=True)
class SentFile:
    """One file: path below the folder, feed, kind (regular, correction, again), when it was received (Chinese time), and
    what landing must make of its rows: ``rows`` = accepted + rejected + repeated; ``notes`` are rows of totals."""

    path: str
    feed: str
    kind: str
    received_at: datetime
    rows: int
    accepted: int
    rejected: int
    repeated: int
    notes: int


@dataclass(frozen=True)
class Sent:
    """What was written: the folder, and its files in the order in which they came."""

    folder: Path
    files: tuple[SentFile, ...]

    @property
    def truth(self) -> pl.DataFrame:
        """Whom each row is about: feed, file, sheet (empty for text), row as a spreadsheet counts, role (the field of the
        number), person_id (null for strangers), noise (kinds joined by +, empty for none), outcome of landing."""
        return pl.read_parquet(sorted((self.folder / TRUTH).glob("*.parquet")))


def write_index(folder: Path, files: tuple[SentFile, ...]) -> None:
    """Write the list of files."""
    entries = [asdict(file) | {"received_at": file.received_at.isoformat()} for file in files]
    (folder / INDEX).write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n", "utf-8")


def read_sent(folder: Path) -> Sent:
    """What :func:`doudi.feeds.synthetic.write_departments` wrote there."""
    entries: list[dict[str, Any]] = json.loads((folder / INDEX).read_text("utf-8"))
    files = [
        SentFile(**entry | {"received_at": datetime.fromisoformat(entry["received_at"])}) for entry in entries
    ]
    return Sent(folder, tuple(files))
