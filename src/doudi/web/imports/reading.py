"""The tables of a file, read as rows: values as they are stored, and what is wrong with each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from doudi.feeds.contract_model import fault
from doudi.feeds.sniffing import form_of
from doudi.feeds.table import Cells
from doudi.feeds.text_file import read_text
from doudi.feeds.values import Manner, read_column
from doudi.feeds.workbook import read_workbook
from doudi.web.imports.columns import Match, Sheet, match, plain, sheets

MOST_ROWS = 2_000_000
PIECE = 20_000
_REMARKS = {"check_digit": "校验位不对，请核对", "birth_date": "中的出生日期不存在，请核对"}
_MISTAKES = {"unreadable_character": "含有无法识别的字符，请核对"}


@dataclass(slots=True)
class Row:
    """One row: its number in the file, its cells as received, its values, and what is wrong in it."""

    place: int
    raw: dict[str, str]
    values: dict[str, Any]
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Part:
    """A table of the file that is read as households or as persons."""

    sheet: Sheet
    cells: Cells
    match: Match
    received: date

    def pieces(self) -> Iterator[list[Row]]:
        """Its rows, so many at a time; empty rows are passed over."""
        for frame in self.cells.batches(self.match.start):
            for part in frame.iter_slices(PIECE):
                yield self._read(part)

    def _read(self, frame: pl.DataFrame) -> list[Row]:
        manner = Manner(
            self.received, marked=self.cells.form == "xlsx", from_1904=getattr(self.cells, "from_1904", False)
        )
        places = frame["row"].to_list()
        rows = [Row(place, {}, {}) for place in places]
        for name, column in self.sheet.columns.items():
            if name not in self.match.places:
                continue
            texts = frame[f"c{self.match.places[name]}"]
            reading = read_column(column.field, texts, manner)
            for row, raw, value in zip(rows, texts, reading.values, strict=True):
                row.raw[name] = (raw or "").strip("\ufdd0\ufdd1\ufdd2")
                row.values[name] = value.isoformat() if isinstance(value, date) else value
            told = [(text, np.flatnonzero(flags)) for text, flags in reading.faults]
            words = {**_REMARKS, **_MISTAKES}
            told += [(words[code], np.flatnonzero(flags)) for code, flags in reading.remarks if code in words]
            for text, wrong in told:
                for place in wrong:
                    rows[place].faults.append(f"{column.field.zh}{text}")
            _too_long(rows, name, column.longest, column.field.zh)
        return [row for row in rows if any(row.raw.values())]


def _too_long(rows: list[Row], name: str, longest: int, zh: str) -> None:
    for row in rows:
        value = row.values.get(name)
        if isinstance(value, str) and len(value) > longest:
            row.values[name] = None
            row.faults.append(f"{zh}过长，最多 {longest} 个字符")


def parts(path: Path, work: Path, received: date, shown: str) -> list[Part]:
    """The tables of households and of persons in a file; one table with the columns of both is read twice.

    Raises:
        FeedError: it is no workbook and no text with delimiters, it is damaged, or a table is missing.
    """
    cells: list[Cells] = (
        list(read_workbook(path, work)) if form_of(path) == "xlsx" else list(read_text(path, work, shown))
    )
    found = []
    for sheet in sheets().values():
        fitting = [(each, place) for each in cells if (place := match(sheet, each.head)) is not None]
        fitting = _named(sheet, fitting)
        if not fitting:
            needed = "、".join(sheet.columns[name].field.zh for name in sheet.needed)
            raise fault(
                "import.no_table", f"没有找到“{sheet.zh}”表：表头要有 {needed}",
                f"there is no table of {sheet.kind}: its heading needs {needed}",
                "用下载的模板填写", "fill in the template", file=shown,
            )  # fmt: skip
        found.append(Part(sheet, *fitting[0], received))
    return found


def _named(sheet: Sheet, fitting: list[tuple[Cells, Match]]) -> list[tuple[Cells, Match]]:
    """Of several tables that fit, the one under the name of the template first."""
    return sorted(fitting, key=lambda each: plain(each[0].name) != sheet.zh)


def refuse_rows(count: int, shown: str) -> None:
    """Refuse a file with more rows than anybody means to import.

    Raises:
        FeedError: it has.
    """
    if count > MOST_ROWS:
        raise fault("import.rows", f"超过 {MOST_ROWS:,} 行", f"more than {MOST_ROWS:,} rows", "分成几个文件导入",
                    "import it in several files", file=shown)  # fmt: skip


def together(first: Part, second: Part) -> bool:
    """Whether households and persons stand in the same table."""
    return first.cells is second.cells


def unique(rows: list[Row], seen: set[str]) -> list[Row]:
    """Of a table with both, the first row of each household: the others tell of its members."""
    found = []
    for row in rows:
        key = str(row.values.get("number") or "")
        if not key or key not in seen:
            found.append(row)
        seen.add(key)
    return found
