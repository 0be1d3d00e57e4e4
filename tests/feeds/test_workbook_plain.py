"""Plain sheets are read at once as a parser reads them; a sheet that is not plain is left to the parser."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from doudi.feeds import workbook_xml
from doudi.feeds.workbook_plain import plain_rows, plain_texts
from doudi.feeds.workbook_xml import shared_texts, sheet_parts, tables

ROWS: list[list[Any]] = [
    ["姓名", "号码", "日期", "金额"], ["王　五", "999901199001011234", 45123, 12.5], ["", None, 1e-7, 0.1 + 0.2], [],
    [None, "12", None, 999901199001011234], ["阿依·古丽 ", None, None, -3], *([f"人{number}", number, None, 1 / 3] for number in range(40)),
]  # fmt: skip
SHARED = pl.Series(["甲", "乙"])


def _read(path: Path) -> pl.DataFrame:
    with zipfile.ZipFile(path) as archive:
        texts = shared_texts(archive)
        parts, _ = sheet_parts(archive)
        return pl.concat([*tables(archive, parts[0].member, texts)], how="diagonal")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(str(found))
    sheet = book.add_worksheet()
    for row, record in enumerate(ROWS):
        for place, value in enumerate(record):
            if value is not None:
                sheet.write(row, place, value)
    book.close()
    return found


def test_a_plain_sheet_says_the_same_at_once_and_by_a_parser(path: Path, monkeypatch: pytest.MonkeyPatch):
    at_once = _read(path)
    monkeypatch.setattr(workbook_xml, "_table", None)
    assert _read(path).equals(at_once), "the parser was asked"
    monkeypatch.undo()
    monkeypatch.setattr(workbook_xml, "plain_rows", lambda body, texts: None)
    monkeypatch.setattr(workbook_xml, "plain_texts", lambda body: None)
    assert _read(path).equals(at_once)
    assert at_once["c3"].to_list()[1:5] == ["12.5", "0.3", "\ufdd2999901199001011200", "-3"]


def test_what_is_not_plain_is_left_to_the_parser():
    plain = b'<row r="2" spans="1:2"><c r="A2" t="s"><v>1</v></c><c r="C2" s="3"><v>7</v></c></row>'
    found = plain_rows(plain, SHARED)
    assert found is not None
    assert found.rows() == [(2, "乙", None, "7")]
    for odd in (
        plain.replace(b"<v>7", b"<f>A1</f><v>7"), plain.replace(b't="s"', b't="e"'), plain.replace(b'r="C2"', b'r="A2"'),
        plain.replace(b"<v>1<", b"<v>2<"), plain.replace(b'r="2" ', b""), plain.replace(b'<c r="C2" s="3"><v>7</v></c>', b'<c r="C2"/>'),
    ):  # fmt: skip
        assert plain_rows(odd, SHARED) is None
    assert plain_texts("<si><t>甲</t></si>".encode() * 2) == ["甲", "甲"]
    assert plain_texts(b"<si><r><t>a</t></r></si>") is None
    assert plain_texts(b"<si><t>a &amp; b</t></si>") is None


def test_what_is_not_written_in_utf_8_is_left_to_the_parser():
    row = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><!--é-->'
    assert plain_texts("<si><t>é</t></si>".encode("latin-1")) is None
    assert plain_rows(row.encode("latin-1"), SHARED) is None
