"""Departments' files for tests: people who do not exist, as CSV or as workbooks."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import xlsxwriter

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
HEADING = ("公民身份号码", "姓名", "性别", "死亡日期", "户口注销日期", "村（社区）")
NAMES = ("王建国", "李秀英", "欧阳明", "麦麦提·吐尔逊")


def identity(number: int, born: str = "19500101") -> str:
    """A synthetic identity number: no such county, a valid check digit."""
    body = f"999901{born}{number:03}"
    return (
        body
        + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]
    )


def death(number: int, **changed: str) -> list[str]:
    """A row of the deaths feed, in the order of :data:`HEADING`."""
    row = {
        "id": identity(number), "name": NAMES[number % 4], "sex": "男" if number % 2 else "女",
        "died": f"2026-07-{number % 28 + 1:02}", "cancelled": f"2026-08-{number % 28 + 1:02}", "village": "柳河村",
    }  # fmt: skip
    return list((row | changed).values())


def deaths(count: int) -> list[list[str]]:
    """So many rows of the deaths feed."""
    return [death(number) for number in range(count)]


def text_of(rows: Iterable[Sequence[str]], heading: Sequence[str] = HEADING, separator: str = ",") -> str:
    """Rows with their heading as text with delimiters."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows([heading, *rows])
    return out.getvalue()


def write_csv(
    path: Path,
    rows: Iterable[Sequence[str]],
    heading: Sequence[str] = HEADING,
    separator: str = ",",
    encoding: str = "utf-8",
) -> Path:
    """A file of text with delimiters."""
    path.write_bytes(text_of(rows, heading, separator).encode(encoding))
    return path


def write_xlsx(path: Path, sheets: dict[str, Sequence[Sequence[object]]]) -> Path:
    """A workbook; texts stay texts, numbers become numbers, ``=…`` formulas."""
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for line, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str) and value.startswith("="):
                    sheet.write_formula(line, column, value, None, "#N/A" if "NA()" in value else 1)
                elif isinstance(value, int | float):
                    sheet.write_number(line, column, value)
                elif value is not None:
                    sheet.write_string(line, column, str(value))
    book.close()
    return path
