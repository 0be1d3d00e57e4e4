"""Rows laid down at once are the rows that xlsxwriter writes cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import polars as pl
import xlsxwriter

from doudi.feeds.synthetic.grid import Book, Column, Grid

HEADING = ("序号", "姓名", "金额")
RECORDS: list[list[str | float | None]] = [
    [number, f"甲 & <{number % 7}>", number / 3 if number % 4 else None] for number in range(40)
]
GAPS: list[list[str | float | None]] = [[None, "　乙 ", None], [None, None, None], [None, None, 1e20]]


def _written(path: Path, at_once: bool) -> bytes:
    book = (Book if at_once else xlsxwriter.Workbook)(str(path))
    book.set_properties({"created": datetime(2026, 1, 1)})
    sheet = book.add_worksheet("表", Grid if at_once else None)
    sheet.merge_range(0, 0, 0, 4, "名册")
    for place, word in enumerate(HEADING):
        sheet.write_string(1, place, word)
    records = RECORDS + GAPS
    if at_once:
        sheet.lay(2, [_column(cells) for cells in zip(*records, strict=True)])
    else:
        for row, record in enumerate(records, start=2):
            for place, value in enumerate(record):
                if value is not None:
                    sheet.write(row, place, value)
    sheet.write_string(len(records) + 2, 0, "合计")
    book.close()
    return path.read_bytes()


def _column(cells: Sequence[str | float | None]) -> Column:
    texts = [cell if isinstance(cell, str) else None for cell in cells]
    numbers = [f"{cell:.16G}" if isinstance(cell, int | float) else None for cell in cells]
    return Column(pl.Series(texts, dtype=pl.String), pl.Series(numbers, dtype=pl.String))


def test_rows_laid_down_at_once_are_those_written_cell_by_cell(tmp_path: Path):
    assert _written(tmp_path / "at-once.xlsx", True) == _written(tmp_path / "by-cell.xlsx", False)
