"""Rows set aside: a file of the same shape as the one received, with the reason beside each row."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, Protocol

import polars as pl

from doudi.feeds import marks
from doudi.feeds.table import Table

ERROR_COLUMN = "错误"
NAME = "set_aside"
_SHEET_NAME = 31


class AsideWriter(Protocol):
    """Takes rows as received with their reasons; writes nothing when there are none."""

    def add(self, table: Table, rows: pl.DataFrame, reasons: pl.Series) -> None:
        """Write rows of a table."""
        ...

    def close(self) -> Path | None:
        """Finish; the file written, or None."""
        ...


def aside_writer(folder: Path, form: str, encoding: str = "utf-8", separator: str = ",") -> AsideWriter:
    """The writer for a file of this form."""
    return _Workbook(folder) if form == "xlsx" else _Text(folder, encoding, separator)


def _columns(table: Table) -> list[str]:
    return [f"c{place}" for place in range(table.columns)]


def _beyond(table: Table, rows: pl.DataFrame) -> list[str]:
    """Columns to the right of the heading that hold something."""
    names = [name for name in rows.columns if name != "row"][table.columns :]
    return [name for name in names if rows[name].null_count() < rows.height]


def _heading(table: Table) -> list[list[str]]:
    """Titles and headings as received, with the column of reasons."""
    records = [list(record[: table.columns]) for record in table.cells.head[: table.match.start]]
    for record in records:
        record.extend([""] * (table.columns - len(record)))
    if records:
        records[-1].append(ERROR_COLUMN)
    return records


class _Text:
    def __init__(self, folder: Path, encoding: str, separator: str) -> None:
        self.path = folder / f"{NAME}.csv"
        self.encoding = encoding
        self.separator = separator
        self.file: IO[bytes] | None = None

    def add(self, table: Table, rows: pl.DataFrame, reasons: pl.Series) -> None:
        if not rows.height:
            return
        if self.file is None:
            self.file = self.path.open("wb")
            if self.encoding == "utf-8":
                self.file.write(b"\xef\xbb\xbf")
            text = io.StringIO(newline="")
            csv.writer(text, delimiter=self.separator).writerows(_heading(table))
            self.file.write(text.getvalue().encode(self.encoding))
        told = rows.select(*_columns(table), reasons.alias(ERROR_COLUMN), *_beyond(table, rows))
        text_of = told.write_csv(include_header=False, separator=self.separator, line_terminator="\r\n")
        self.file.write(text_of.encode(self.encoding, errors="replace"))

    def close(self) -> Path | None:
        if self.file is None:
            return None
        self.file.close()
        return self.path


class _Workbook:
    def __init__(self, folder: Path) -> None:
        self.path = folder / f"{NAME}.xlsx"
        self.book: Any = None
        self.sheets: dict[str, tuple[Any, int]] = {}

    def add(self, table: Table, rows: pl.DataFrame, reasons: pl.Series) -> None:
        if not rows.height:
            return
        if self.book is None:
            import xlsxwriter

            self.book = xlsxwriter.Workbook(
                str(self.path), {"constant_memory": True, "strings_to_formulas": False}
            )
        sheet, line = self.sheets.get(table.cells.name, (None, 0))
        if sheet is None:
            sheet = self.book.add_worksheet(table.cells.name[:_SHEET_NAME])
            for record in _heading(table):
                line = _write(sheet, line, record)
        told = rows.select(*_columns(table), reasons.alias(ERROR_COLUMN), *_beyond(table, rows))
        for row in told.iter_rows():
            line = _write(sheet, line, row)
        self.sheets[table.cells.name] = (sheet, line)

    def close(self) -> Path | None:
        if self.book is None:
            return None
        self.book.close()
        return self.path


def _write(sheet: Any, line: int, cells: Sequence[str | None]) -> int:
    for column, text in enumerate(cells):
        if text:
            sheet.write_string(line, column, text.lstrip(marks.FORMULA + marks.ERROR + marks.LOST))
    return line + 1
