"""The workbook for the meeting: summary, a row for each person, what is open, the review, and the list of visits."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from doudi.convergence.classes import COLUMNS
from doudi.convergence.doubts import COLUMNS as DOUBTS
from doudi.convergence.report import report_of
from doudi.convergence.review import STATES
from doudi.convergence.run import Converged
from doudi.convergence.survey import TASKS
from doudi.documents import Heading, Table

LABELS = {column.name: column.zh for column in COLUMNS} | {
    "state_zh": "审核状态", "decided_zh": "决定归类", "decided_tier_zh": "决定类别", "decided_by": "决定人", "decided_on": "决定日期",
}  # fmt: skip
PERSONS = {
    "row_id": 24, "household_number": 16, "name": 10, "id_masked": 22, "village": 20, "monitored_zh": 16, "risk_zh": 14,
    "identified_on": 12, "place_zh": 20, "tier_zh": 20, "reason_zh": 24, "sentence": 70, "articles": 50, "missing_zh": 40,
    "watch_until": 12, "held_since": 12, "route_zh": 26, "state_zh": 14, "decided_zh": 20, "decided_tier_zh": 18,
    "decided_by": 10, "decided_on": 12,
}  # fmt: skip
"""The columns of the sheets of persons, with their widths in characters."""
WIDE = ("sentence", "articles", "missing_zh", "asks_zh", "bring_zh")


def write_workbook(found: Converged, path: Path) -> Path:
    """Write ``path`` (XLSX) and return it. Ids are texts; no text is ever a formula."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": datetime.combine(found.law.day, datetime.min.time())})
        writer = _Book(book)
        writer.summary(found)
        rows = shown(found)
        writer.table("逐人归类", rows, PERSONS, LABELS)
        writer.table("新纳入", rows.filter(pl.col("place") == "new"), PERSONS, LABELS)
        writer.table("拟退出", rows.filter(pl.col("place") == "exit"), PERSONS, LABELS)
        writer.table("待定", rows.filter(pl.col("place") == "open"), PERSONS, LABELS)
        doubts = found.doubts.with_columns(
            pl.col("probability").map_elements(lambda share: f"{share:.4f}", pl.String())
        )
        writer.table("身份复核", doubts, dict.fromkeys(DOUBTS, 20), DOUBTS)
        widths = {name: 30 if name.endswith("_zh") else 14 for name in TASKS if name != "asks"}
        writer.table("调查任务", found.survey.tasks, widths, TASKS)
    return path


def shown(found: Converged) -> pl.DataFrame:
    """The rows with the labels of the review."""
    from doudi.convergence.classes import CLASSES, labelled

    tiers = found.law.graph.schema.codes["tier"]
    return found.rows.with_columns(
        pl.col("state").replace_strict({name: zh for name, (zh, _) in STATES.items()}, default=None, return_dtype=pl.String())
        .alias("state_zh"),
        labelled(CLASSES, "decided_place").alias("decided_zh"),
        labelled(tiers, "decided_tier").alias("decided_tier_zh"),
    )  # fmt: skip


class _Book:
    def __init__(self, book: Any) -> None:
        self.book = book
        font = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
        self.plain = book.add_format(font)
        self.wrapped = book.add_format({**font, "text_wrap": True})
        self.day = book.add_format({**font, "num_format": "yyyy-mm-dd"})
        self.head = book.add_format(
            {**font, "bold": True, "bg_color": "#E6F0FB", "bottom": 1, "text_wrap": True}
        )
        self.title = book.add_format({**font, "bold": True, "font_size": 14, "font_color": "#0958D9"})
        self.section = book.add_format({**font, "bold": True, "font_size": 11})

    def summary(self, found: Converged) -> None:
        """The tables of the report, one under the other."""
        document = report_of(found)
        sheet = self.book.add_worksheet("汇总")
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 8, 16)
        sheet.write_string(0, 0, f"{document.title}（{found.law.day}）", self.title)
        line = 2
        for block in document.blocks:
            if isinstance(block, Heading):
                sheet.write_string(line, 0, block.text, self.section)
                line += 1
            elif isinstance(block, Table):
                rows = [
                    [column.title for column in block.columns],
                    *([cell.text for cell in row] for row in block.rows),
                ]
                for number, row in enumerate(rows):
                    for place, text in enumerate(row):
                        self._cell(
                            sheet, line + number, place, text, self.head if number == 0 else self.plain
                        )
                line += len(rows) + 1
        self._paper(sheet)

    def table(self, name: str, rows: pl.DataFrame, widths: dict[str, int], labels: dict[str, str]) -> None:
        """A sheet with a heading and a row for each row."""
        sheet = self.book.add_worksheet(name)
        for place, (column, width) in enumerate(widths.items()):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, labels[column], self.head)
        sheet.freeze_panes(1, 3)
        sheet.autofilter(0, 0, max(rows.height, 1), len(widths) - 1)
        formats = [self.wrapped if column in WIDE else self.plain for column in widths]
        for number, row in enumerate(rows.select(*widths).iter_rows(), start=1):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(
                        number, place, datetime.combine(value, datetime.min.time()), self.day
                    )
                elif isinstance(value, int):
                    sheet.write_number(number, place, value, self.plain)
                elif value is not None:
                    sheet.write_string(number, place, str(value), formats[place])
        self._paper(sheet)

    def _cell(self, sheet: Any, line: int, place: int, text: str, form: Any) -> None:
        plain = text.replace(",", "")
        if plain.isdigit():
            sheet.write_number(line, place, int(plain), form)
        else:
            sheet.write_string(line, place, text, form)

    def _paper(self, sheet: Any) -> None:
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
