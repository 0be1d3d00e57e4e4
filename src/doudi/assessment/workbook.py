"""Results as a workbook: the summary, and a row for each household with Chinese headings.

Rows go straight to the disk, so a county does not have to fit into memory. Ids are texts; no text is ever a formula.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import xlsxwriter

from doudi.assessment.results import DETERMINATIONS
from doudi.rules.files import put_whole

if TYPE_CHECKING:
    from doudi.assessment.run import Progress, RunResult

SHEETS = ("汇总", "认定结果")
WIDTHS = {
    "household_id": 16, "village": 20, "tier_zh": 20, "heads": 9, "income_per_head": 12, "dibao_standard": 12,
    "low_margin_line": 14, "dibao_distance": 12, "sentence": 64, "missing_zh": 28, "dibao": 12, "supplements": 12,
    "single_dibao": 12, "tekun": 12, "grace": 14, "reductions": 10, "monthly_total": 12, "missed_zh": 14,
    "missed_cause_zh": 12, "discretionary": 12, "held_zh": 18, "held_monthly": 12, "change_zh": 16,
}  # fmt: skip
"""The columns of the sheet of households, with their widths in characters."""

_STEP = 2_000
_YES_NO = {True: "是", False: "否"}
Row = Sequence[Any]


def write_workbook(result: RunResult, path: Path, progress: Progress | None = None) -> Path:
    """Write ``path`` (XLSX) and return it; ``progress`` is told of the rows of households."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with put_whole(path) as making, xlsxwriter.Workbook(str(making), options) as book:
        _Book(book).write(result, progress)
    return path


class _Book:
    def __init__(self, book: Any) -> None:
        self.book = book
        font = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "vcenter"}
        self.plain = book.add_format(font)
        self.text = book.add_format({**font, "num_format": "@"})
        self.money = book.add_format({**font, "num_format": "#,##0.00"})
        self.count = book.add_format({**font, "num_format": "#,##0"})
        self.share = book.add_format({**font, "num_format": "0.00%"})
        self.head = book.add_format(
            {**font, "bold": True, "bg_color": "#E6F0FB", "bottom": 1, "bottom_color": "#0958D9"}
        )
        self.title = book.add_format({**font, "bold": True, "font_size": 14, "font_color": "#0958D9"})
        self.section = book.add_format({**font, "bold": True, "font_size": 11})

    def write(self, result: RunResult, progress: Progress | None) -> None:
        summary, households = (self.book.add_worksheet(name) for name in SHEETS)
        self._summary(summary, result)
        self._households(households, result.results.determinations, progress)

    def _households(self, sheet: Any, frame: pl.DataFrame, progress: Progress | None) -> None:
        labels = {column.name: column.zh for column in DETERMINATIONS}
        for place, (name, width) in enumerate(WIDTHS.items()):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, labels[name], self.head)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(frame.height, 1), len(WIDTHS) - 1)
        chosen = frame.select(
            pl.col(name).cast(pl.Float64) if isinstance(frame.schema[name], pl.Decimal) else pl.col(name)
            for name in WIDTHS
        )
        writers = [self._writer(sheet, frame.schema[name], name) for name in WIDTHS]
        for number, row in enumerate(chosen.iter_rows(), start=1):
            for place, value in enumerate(row):
                if value is not None:
                    writers[place](number, place, value)
            if progress is not None and (number % _STEP == 0 or number == frame.height):
                progress("写工作簿", number, frame.height)

    def _writer(self, sheet: Any, dtype: pl.DataType, name: str) -> Callable[[int, int, Any], Any]:
        if isinstance(dtype, pl.Decimal):
            return lambda row, place, value: sheet.write_number(row, place, value, self.money)
        if dtype == pl.Boolean:
            return lambda row, place, value: sheet.write_string(row, place, _YES_NO[value], self.plain)
        if dtype.is_integer():
            return lambda row, place, value: sheet.write_number(row, place, value, self.count)
        kind = self.text if name == "household_id" else self.plain
        return lambda row, place, value: sheet.write_string(row, place, value, kind)

    def _summary(self, sheet: Any, result: RunResult) -> None:
        summary, statute = result.summary, result.statute
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 6, 16)
        rows = _Rows(sheet)
        rows.line(["社会救助分层认定汇总"], [self.title])
        rows.line(
            [
                f"{statute.resolved.region.zh}（{statute.resolved.region.code}）　截止日期 {statute.day.isoformat()}"
            ],
            [self.plain],
        )
        rows.line(["本表为按规则计算的拟认定结果，由工作人员审核确认。"], [self.plain])
        count, money, share = self.count, self.money, self.share
        self._table(rows, "登记册", ("表", "读入", "已审核", "已搁置"), (
            (table, each["read"], each["assessed"], each["set_aside"]) for table, each in result.counts.items()
        ), (count, count, count))  # fmt: skip
        self._table(rows, "各类别", ("类别", "户数", "人数", "占人口比例"), (
            (each.zh, each.households, each.persons, each.share_of_persons) for each in summary.tiers
        ), (count, count, share))  # fmt: skip
        self._table(rows, "资金（元）", ("项目", "户数", "每月", "全年", "待定户数"), (
            (each.zh, each.households, each.monthly, each.yearly, each.undetermined) for each in (*summary.programmes, summary.total)
        ), (count, money, money, count))  # fmt: skip
        self._table(rows, "与现享受比较", ("情形", "户数", "现领每月（元）", "拟发每月（元）"), (
            (each.zh, each.households, each.held_monthly, each.due_monthly) for each in summary.changes
        ), (count, money, money))  # fmt: skip
        self._table(rows, "覆盖遗漏", ("类型", "原因层面", "户数"), (
            (each.kind_zh, each.cause_zh, each.households) for each in summary.missed if each.households
        ), (self.plain, count))  # fmt: skip
        self._table(
            rows,
            "待补充的信息",
            ("信息", "户数"),
            ((each.zh, each.households) for each in summary.missing),
            (count,),
        )
        found = summary.discretion
        self._table(rows, "自由裁量", ("情形", "户数"), (
            ("类别取决于可选参数", found.households), ("其中可能更高", found.may_rise), ("其中可能更低", found.may_fall)
        ), (count,))  # fmt: skip

    def _table(self, rows: _Rows, title: str, heads: Row, body: Iterable[Row], formats: Row) -> None:
        rows.skip()
        rows.line([title], [self.section])
        rows.line(heads, [self.head] * len(heads))
        for row in body:
            rows.line(row, [self.plain, *formats])


class _Rows:
    """Writes rows one below the other, as a workbook in constant memory demands."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.number = 0

    def skip(self) -> None:
        self.number += 1

    def line(self, values: Row, formats: Row) -> None:
        for place, (value, kind) in enumerate(zip(values, formats, strict=True)):
            write = self.sheet.write_string if isinstance(value, str) else self.sheet.write_number
            write(self.number, place, value, kind)
        self.number += 1
