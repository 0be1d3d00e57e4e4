"""Workbooks: each sheet converted once, in bounded pieces, to a table of texts that is then read like any other."""

from __future__ import annotations

import gc
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

import polars as pl

from doudi.feeds import marks
from doudi.feeds.contract_model import FeedError
from doudi.feeds.sniffing import damaged
from doudi.feeds.text_file import EXTRA, HEAD
from doudi.feeds.workbook_xml import DamagedError, head, shared_texts, sheet_parts, tables

_PIECE = 50_000
_HELD_PIECES = 1
"""Pieces of a sheet whose rows are kept once they are read."""


@dataclass(slots=True)
class SheetTable:
    """One sheet. ``pieces`` lie on the disk but for a single one; ``head`` are its first rows, those that are not written
    included as empty ones."""

    pieces: list[Path] | list[pl.DataFrame]
    head: list[list[str]]
    width: int
    name: str
    from_1904: bool
    form: str = "xlsx"
    kept: dict[int, list[pl.DataFrame]] = field(default_factory=dict)

    def held(self, start: int) -> list[pl.DataFrame]:
        """All batches, if the sheet is small enough to be held; see :meth:`doudi.feeds.text_file.TextTable.held`."""
        if start not in self.kept and len(self.pieces) <= _HELD_PIECES:
            self.kept[start] = list(self.batches(start))
        return self.kept.get(start, [])

    def batches(self, start: int, columns: Sequence[int] | None = None) -> Iterator[pl.DataFrame]:
        """Rows from row ``start`` (from 0) on; see :meth:`doudi.feeds.text_file.TextTable.batches`."""
        names = [f"c{place}" for place in range(self.width + EXTRA)]
        wanted = names if columns is None else [f"c{place}" for place in columns]
        for piece in self.pieces:
            frame = pl.read_ipc(piece) if isinstance(piece, Path) else piece
            frame = frame.filter(pl.col("row") > start)
            absent = [
                pl.lit(None, dtype=pl.String).alias(name) for name in wanted if name not in frame.columns
            ]
            frame = frame.with_columns(absent).select("row", *wanted)
            if frame.height:
                yield frame


def read_workbook(path: Path, work: Path) -> list[SheetTable]:
    """All sheets that have rows, converted into the folder ``work``.

    Raises:
        FeedError: the workbook is damaged.
    """
    found = []
    try:
        with zipfile.ZipFile(path) as archive, _without_collector():
            parts, from_1904 = sheet_parts(archive)
            texts = shared_texts(archive)
            for place, part in enumerate(parts):
                first = _head(head(archive, part.member, texts, HEAD))
                table = _convert(
                    tables(archive, part.member, texts), first, work, place, part.name, from_1904
                )
                if table is not None:
                    found.append(table)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        DamagedError,
        ValueError,
        IndexError,
        KeyError,
    ) as error:
        if isinstance(error, FeedError):
            raise
        raise damaged(path) from error
    return found


@contextmanager
def _without_collector() -> Iterator[None]:
    """Pause the collector of cycles: a sheet makes millions of elements and no cycle, and looking for some costs half the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _convert(
    read: Iterator[pl.DataFrame], first: list[list[str]], work: Path, place: int, name: str, from_1904: bool
) -> SheetTable | None:
    gathered = _gathered(read)
    begun = list(islice(gathered, 2))
    if len(begun) < 2:
        pieces: list[Path] | list[pl.DataFrame] = begun
        width = max((frame.width - 1 for frame in begun), default=0)
    else:
        kept = [
            (frame.width - 1, _kept(frame, work / f"sheet{place}-{number}.arrow"))
            for number, frame in enumerate(chain(begun, gathered))
        ]
        pieces, width = [path for _, path in kept], max(wide for wide, _ in kept)
    if not width:
        return None
    return SheetTable(pieces, first, max((len(row) for row in first), default=0), name, from_1904)


def _kept(frame: pl.DataFrame, path: Path) -> Path:
    frame.write_ipc(path, compression="lz4")
    return path


def _gathered(read: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The tables joined to fewer of many rows each."""
    held: list[pl.DataFrame] = []
    for frame in read:
        held.append(frame)
        if sum(each.height for each in held) >= _PIECE:
            yield pl.concat(held, how="diagonal")
            held = []
    if held:
        yield pl.concat(held, how="diagonal")


def _head(piece: list[tuple[int, list[str | None]]]) -> list[list[str]]:
    found: list[list[str]] = [[] for _ in range(min(HEAD, piece[-1][0] if piece else 0))]
    for number, row in piece:
        if number > HEAD:
            break
        found[number - 1] = [(cell or "").lstrip(marks.FORMULA).strip() for cell in row]
    return found
