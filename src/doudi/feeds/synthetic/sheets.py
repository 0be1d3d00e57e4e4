"""Files laid down: text with delimiters in an encoding, or a workbook with titles, a heading and totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl
import xlsxwriter

from doudi.feeds.contract_model import Contract
from doudi.feeds.synthetic.forms import NUMBER, Form
from doudi.feeds.synthetic.grid import Book, Column, Grid
from doudi.feeds.synthetic.texts import numeric

_SHEET = "Sheet1"
_CREATED = datetime(2026, 1, 1)
_TOTAL = "合计"
NOTES = 2
"""Rows below the data: totals, signatures."""
_SIGNED = "制表人：　　　　审核人：　　　　"


@dataclass(frozen=True)
class Laid:
    """Where the rows of a file lie: sheet (empty for text), row of the first as a spreadsheet counts, rows of notes."""

    sheet: str
    first_row: int
    notes: int


def write_text(path: Path, contract: Contract, form: Form, cells: pl.DataFrame) -> Laid:
    """A text file: one heading, then the rows."""
    named = cells.rename({name: form.heading(contract, name) for name in cells.columns})
    windows = form.encoding == "gb18030"
    text = named.write_csv(separator=form.separator, line_terminator="\r\n" if windows else "\n")
    path.write_bytes(text.encode(form.encoding))
    return Laid("", 2, 0)


def write_workbook(
    path: Path, contract: Contract, form: Form, cells: pl.DataFrame, titles: Sequence[str]
) -> Laid:
    """A workbook of one sheet: titles, a heading of one or two rows, the rows, totals and signatures."""
    book = Book(str(path))
    book.set_properties({"created": _CREATED})
    sheet = book.add_worksheet(_SHEET, Grid)
    columns = cells.columns
    shift = 1 if form.numbered else 0
    for row, title in enumerate(titles):
        sheet.write_string(row, 0, title)
    first = len(titles) + _heading(sheet, contract, form, columns, len(titles), shift)
    sheet.lay(first, _columns(contract, form, cells))
    notes = _totals(sheet, contract, form, cells, first + cells.height, shift) if form.totals else 0
    book.close()
    return Laid(_SHEET, first + 1, notes)


def _columns(contract: Contract, form: Form, cells: pl.DataFrame) -> list[Column]:
    """The columns as a workbook holds them: numbered if the form is, numbers as numbers, an id number that lost digits as well."""
    numbered = pl.int_range(1, cells.height + 1, eager=True).cast(pl.String)
    found = [Column(numbered, numbered)] if form.numbered else []
    for texts in cells.iter_columns():
        if numeric(contract, form, texts.name):
            found.append(Column(texts, _numbers(texts)))
        elif contract.fields[texts.name].type == "id_number":
            lost = texts.str.contains("E+", literal=True)
            found.append(Column(texts, _numbers(texts.set(~lost.fill_null(True), None))))
        else:
            found.append(Column(texts, pl.Series([None], dtype=pl.String).new_from_index(0, len(texts))))
    return found


def _numbers(texts: pl.Series) -> pl.Series:
    """Numbers with the digits that a workbook keeps of each."""
    distinct = texts.drop_nulls().unique()
    kept = pl.Series([f"{float(text):.16G}" for text in distinct], dtype=pl.String)
    return texts.replace_strict(distinct, kept, default=None)


def _heading(
    sheet: xlsxwriter.worksheet.Worksheet,
    contract: Contract,
    form: Form,
    columns: list[str],
    row: int,
    shift: int,
) -> int:
    """The rows that the heading takes."""
    if not form.groups:
        words = [NUMBER] * shift + [form.heading(contract, name) for name in columns]
        for place, word in enumerate(words):
            sheet.write_string(row, place, word)
        return 1
    lower: list[tuple[int, str]] = []
    if shift:
        sheet.merge_range(row, 0, row + 1, 0, NUMBER)
    place = 0
    while place < len(columns):
        group, word = form.group(columns[place]), form.heading(contract, columns[place])
        if group is None:
            sheet.merge_range(row, place + shift, row + 1, place + shift, word)
            place += 1
            continue
        end = place
        while end < len(columns) and form.group(columns[end]) == group:
            lower.append((end + shift, form.heading(contract, columns[end])))
            end += 1
        if end - place > 1:
            sheet.merge_range(row, place + shift, row, end - 1 + shift, group)
        else:
            sheet.write_string(row, place + shift, group)
        place = end
    for place, word in lower:
        sheet.write_string(row + 1, place, word)
    return NOTES


def _totals(
    sheet: xlsxwriter.worksheet.Worksheet,
    contract: Contract,
    form: Form,
    cells: pl.DataFrame,
    row: int,
    shift: int,
) -> int:
    """A row of totals, and one for signatures; the number of such rows."""
    sheet.write_string(row, 0, _TOTAL)
    for place, name in enumerate(cells.columns):
        if contract.fields[name].type == "money" and place + shift:
            total = cells[name].str.replace_all(",", "").cast(pl.Decimal(18, 6)).sum()
            sheet.write_number(row, place + shift, float(total))
    sheet.write_string(row + 1, 0, _SIGNED)
    return NOTES
