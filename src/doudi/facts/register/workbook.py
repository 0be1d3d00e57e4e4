"""Tables from XLSX: one workbook with a sheet for each table, or a file with the one sheet of its table."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from doudi.facts.register.cells import BrokenError, first_column, odd_cells, sheet_members
from doudi.facts.register.source import Source, broken, empty, source_of_texts
from doudi.facts.vocabulary import EntityFacts, Vocabulary
from doudi.rules.errors import Problem, Problems

if TYPE_CHECKING:
    from fastexcel import ExcelReader


def read_sheets(
    path: Path, vocabulary: Vocabulary, problems: Problems
) -> tuple[list[str], dict[str, Source]]:
    """The names of all sheets, and the tables found among them, by entity; no names if the file cannot be read.

    Raises:
        OSError: the file cannot be opened.
    """
    book = _opened(path, problems)
    if book is None:
        return [], {}
    names: dict[str, str] = {}
    sources: dict[str, Source] = {}
    for name in book.members:
        entity = vocabulary.table(name)
        if entity is None:
            continue
        if entity.name in names:
            problems.add(_two_sheets(entity, path, [names[entity.name], name]))
            continue
        names[entity.name] = name
        frame = book.rows(name, problems)
        if frame is not None and (source := book.source(entity, name, frame, problems)):
            sources[entity.name] = source
    return list(book.members), sources


def read_only_sheet(entity: EntityFacts, path: Path, problems: Problems) -> Source | None:
    """The table in a workbook of its own; a fault if it lies on several sheets.

    Sheets too narrow to hold rows of the table, such as notes on how to fill it in, are none of our business.

    Raises:
        OSError: the file cannot be opened.
    """
    book = _opened(path, problems)
    if book is None:
        return None
    frames: dict[str, pl.DataFrame] = {}
    for name in book.members:
        frame = book.rows(name, problems)
        if frame is None:
            return None
        if any(map(_has_value, frame.iter_rows())):
            frames[name] = frame
    required = sum(fact.absent == "required" for fact in entity.facts.values())
    wide = [name for name, frame in frames.items() if frame.width >= required]
    if len(wide) > 1:
        problems.add(_several_sheets(entity, path, wide))
        return None
    if not frames:
        problems.add(empty(entity, str(path)))
        return None
    book.alone = len(frames) == 1
    name = wide[0] if wide else next(iter(frames))
    return book.source(entity, name, frames[name], problems)


def _opened(path: Path, problems: Problems) -> _Book | None:
    import fastexcel

    with path.open("rb") as file:
        file.read(1)
    try:
        with zipfile.ZipFile(path) as archive:
            return _Book(path, fastexcel.read_excel(path), sheet_members(archive))
    except (fastexcel.FastExcelError, zipfile.BadZipFile, BrokenError):
        problems.add(broken(str(path), "XLSX"))
        return None


@dataclass(slots=True)
class _Book:
    """A workbook, with where the XML of each sheet lies in it; ``alone``: its one sheet need not be named in faults."""

    path: Path
    reader: ExcelReader
    members: Mapping[str, str]
    alone: bool = False

    def file(self, sheet: str) -> str:
        return str(self.path) if self.alone else f"{self.path}#{sheet}"

    def rows(self, sheet: str, problems: Problems) -> pl.DataFrame | None:
        """All rows of a sheet from its first on, as texts; None, with a fault, when they cannot be read."""
        import fastexcel

        try:
            return self.reader.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string").to_polars()
        except fastexcel.FastExcelError:
            problems.add(broken(self.file(sheet), "XLSX"))
            return None

    def source(
        self, entity: EntityFacts, sheet: str, frame: pl.DataFrame, problems: Problems
    ) -> Source | None:
        """The table whose rows, the heading among them, are ``frame``."""
        place = next((place for place, row in enumerate(frame.iter_rows()) if _has_value(row)), None)
        if place is None:
            problems.add(empty(entity, self.file(sheet)))
            return None
        headings = frame.row(place)
        filled = next(number for number, heading in enumerate(headings) if heading is not None)
        try:
            with zipfile.ZipFile(self.path) as archive:
                left = first_column(archive, self.members[sheet], place + 1) - filled
                whole = _with_odd_cells(frame, left, odd_cells(archive, self.members[sheet]))
        except BrokenError:
            problems.add(broken(self.file(sheet), "XLSX"))
            return None
        texts = [heading or "" for heading in headings]
        return source_of_texts(
            entity, self.file(sheet), "xlsx", texts, whole.slice(place + 1), place + 1, left
        )


def _has_value(row: tuple[str | None, ...]) -> bool:
    return any(text and text.strip() for text in row)


def _with_odd_cells(frame: pl.DataFrame, left: int, cells: Iterable[tuple[int, int, str]]) -> pl.DataFrame:
    """The table with what the reader gave as empty or as a number, though it is not, as the texts of ``cells``."""
    found: dict[int, dict[int, str]] = {}
    for row, column, text in cells:
        if 0 <= column - left < frame.width:
            found.setdefault(column - left, {})[row - 1] = text
    below = max((max(texts) + 1 for texts in found.values()), default=0) - frame.height
    if below > 0:
        frame = pl.concat([frame, frame.clear(below)])
    return frame.with_columns(
        frame.to_series(column).scatter(list(texts), list(texts.values())) for column, texts in found.items()
    )


def _several_sheets(entity: EntityFacts, path: Path, names: list[str]) -> Problem:
    return Problem(
        "fact.several_sheets", "这个文件有几张工作表，只应有一张", "the file has several sheets, not one",
        f"把各行并到一张工作表；不是“{entity.zh}”表的移到别的文件",
        f"put all rows on one sheet, and what is no row of {entity.table} into another file",
        file=str(path), value="、".join(names),
    )  # fmt: skip


def _two_sheets(entity: EntityFacts, path: Path, names: list[str]) -> Problem:
    return Problem(
        "fact.table_twice", f"“{entity.zh}”表有两张工作表", f"two sheets for the table {entity.table}",
        "把各行并到一张工作表", "put all rows on one of them", file=str(path), value="、".join(names),
    )  # fmt: skip
