"""Workbooks of imports: the template to fill in, and the file that goes back with what is wrong in it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from doudi.web.imports.columns import HOUSEHOLDS, PERSONS, Sheet, sheets

_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_ROWS = 100_000
_EXAMPLES: dict[str, Sequence[Sequence[str]]] = {
    HOUSEHOLDS: (["示例001", "清泉镇", "柳沟村", "柳沟村 1 组 8 号", "农村"],),
    PERSONS: (
        ["示例001", "张示例", "", "男", "1980-02-03", "户主", "13800000000", ""],
        ["示例001", "李示例", "", "女", "1982-04-05", "配偶", "", ""],
    ),
}
_WORDS = (
    "一、在“家庭”表中每户填一行，在“人员”表中每人填一行，用家庭编号对应。",
    "二、带 * 的列必须填写；城乡、性别、与户主关系从下拉列表中选。",
    "三、身份证号、电话、银行账号按文本填写，不要改成数字格式。",
    "四、请删去示例行后填写。空着的单元格不改变已登记的内容；文件中没有的成员仍是成员。",
    "五、上传后系统逐行检查，有错误的随“错误”列退回；由另一人复核后才并入登记。",
)
ERROR, PLACE = "错误", "原行号"


def template() -> bytes:
    """The workbook to fill in."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **_TEXT}) as book:
        for sheet in sheets().values():
            page = _page(book, sheet, [])
            faint = book.add_format({"font_color": "#6b7280", "italic": True})
            for line, row in enumerate(_EXAMPLES[sheet.kind], 1):
                for place, text in enumerate(row):
                    page.write_string(line, place, text, faint)
        words = book.add_worksheet("填写说明")
        words.set_column(0, 0, 100)
        for line, text in enumerate(_WORDS):
            words.write_string(line, 0, text)
    return buffer.getvalue()


def returned(path: Path, rows: dict[str, Iterable[tuple[int, dict[str, str], str]]]) -> int:
    """Write the households that were not taken, in the shape of the template, with their row numbers and faults.

    ``rows``: for each table the number, the cells as received, and what is wrong. How many rows were written.
    """
    written = 0
    with xlsxwriter.Workbook(path, {"constant_memory": True, **_TEXT}) as book:
        red = book.add_format({"font_color": "#c4161c", "text_wrap": True})
        for sheet in sheets().values():
            page = _page(book, sheet, [ERROR, PLACE])
            width = len(sheet.columns)
            for line, (place, raw, fault) in enumerate(rows[sheet.kind], 1):
                for column, name in enumerate(sheet.columns):
                    page.write_string(line, column, raw.get(name, ""))
                page.write_string(line, width, fault, red)
                page.write_number(line, width + 1, place)
                written += 1
    return written


def _page(book: Any, sheet: Sheet, more: Sequence[str]) -> Any:
    """A sheet with its heading, its notes, and its lists to choose from; every cell is text."""
    page = book.add_worksheet(sheet.zh)
    text, head = (
        book.add_format({"num_format": "@"}),
        book.add_format({"bold": True, "bg_color": "#eaf2fe", "border": 1}),
    )
    for place, column in enumerate(sheet.columns.values()):
        page.set_column(place, place, 22 if column.longest > 30 else 16, text)
        page.write_string(0, place, column.field.zh + ("*" if column.field.required else ""), head)
        if column.note:
            page.write_comment(0, place, column.note)
        if column.field.codes is not None:
            words = [zh for zh, _en in column.field.codes.entries.values()]
            page.data_validation(1, place, _ROWS, place, {"validate": "list", "source": words})
    for place, word in enumerate(more, len(sheet.columns)):
        page.set_column(place, place, 40 if word == ERROR else 10)
        page.write_string(0, place, word, head)
    page.freeze_panes(1, 1)
    return page
