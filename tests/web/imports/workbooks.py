"""Files to import, as an office fills them in: of people who do not exist."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter

from tests.web.people import HERE
from tests.web.registry.county import id_number

HOUSEHOLDS = ("家庭编号*", "乡镇", "村（社区）*", "住址", "城乡")
PERSONS = ("家庭编号*", "姓名*", "身份证号", "性别", "出生日期", "与户主关系*", "电话", "银行账号")
VILLAGE = f"村{HERE}"


def somebody(household: str, name: str, place: int, relation: str = "户主", **more: str) -> list[str]:
    """A row of a person, born in 1980, with an id number."""
    told = {
        "id_number": id_number(date(1980, 2, 3), place),
        "sex": "",
        "born": "",
        "phone": "",
        "account": "",
        **more,
    }
    return [
        household,
        name,
        told["id_number"],
        told["sex"],
        told["born"],
        relation,
        told["phone"],
        told["account"],
    ]


def home(
    number: str, village: str = VILLAGE, address: str = "一组 1 号", area: str = "农村", township: str = ""
) -> list[str]:
    """A row of a household."""
    return [number, township, village, address, area]


def workbook(homes: Sequence[Sequence[str]], people: Sequence[Sequence[str]]) -> io.BytesIO:
    """A workbook in the shape of the template."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        for name, head, rows in (("家庭", HOUSEHOLDS, homes), ("人员", PERSONS, people)):
            sheet = book.add_worksheet(name)
            for line, row in enumerate((head, *rows)):
                for place, text in enumerate(row):
                    sheet.write_string(line, place, text)
    buffer.seek(0)
    return buffer


def sheets_of(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of a workbook, read by another library than ours."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
