"""Workbooks as they come in life, and files that are none."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from doudi.feeds import FeedError, Report, check, current
from tests.feeds.files import HEADING, death, deaths, identity, write_xlsx

Land = Callable[..., Report]
Refuse = Callable[..., list[str]]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def test_a_heading_of_two_rows_with_merged_cells(tmp_path: Path, store: Path, landed: Land):
    path = tmp_path / "婚姻登记.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["2026年8月婚姻登记明细"])
    sheet.append(["序号", "登记证号", "业务类型", "登记日期", "男方", None, "女方", None])
    sheet.append([None, None, None, None, "姓名", "身份证号", "姓名", "身份证号"])
    sheet.append(
        [1, "J999901-2026-000001", "结婚", "2026年8月3日", "王建国", identity(1), "李秀英", identity(2)]
    )
    for cells in ("A1:H1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:F2", "G2:H2"):
        sheet.merge_cells(cells)
    book.save(path)
    table = landed(path).tables[0]
    assert (table.feed, table.covers, table.accepted) == ("marriages", "2026-08", 1)
    row = current(store, "marriages").collect().row(0, named=True)
    assert (row["man_id"], row["woman_name"], row["event"], row["source_row"]) == (
        identity(1),
        "李秀英",
        "marriage",
        4,
    )


def test_ids_that_lost_digits_are_set_aside_and_others_land(tmp_path: Path, landed: Land):
    rows = [list(HEADING), *deaths(3), [float(identity(9)[:17] + "0"), *death(9)[1:]]]
    table = landed(write_xlsx(tmp_path / "deaths.xlsx", {"名册": rows})).tables[0]
    assert (table.accepted, table.rejected) == (3, 1)
    assert "丢失" in table.faults[0]["zh"]


def test_formulas_and_error_cells_are_set_aside(tmp_path: Path, store: Path, landed: Land):
    rows = [
        list(HEADING), *deaths(2), [*death(5)[:3], "=A1", *death(5)[4:]], [*death(6)[:3], "=NA()", *death(6)[4:]],
    ]  # fmt: skip
    report = landed(write_xlsx(tmp_path / "deaths.xlsx", {"名册": rows}))
    assert (report.accepted, report.set_aside_rows) == (2, 2)
    aside = openpyxl.load_workbook(store / "landings" / report.landing / str(report.set_aside))
    lines = list(aside["名册"].iter_rows(values_only=True))
    assert lines[0] == (*HEADING, "错误")
    assert ["是公式" in str(line[-1]) for line in lines[1:]] == [True, False]
    assert "是错误值" in str(lines[2][-1])


def test_dates_and_numbers_of_excel(tmp_path: Path, store: Path, landed: Land):
    rows = [["统一社会信用代码", "企业名称", "身份证号", "姓名", "身份类型", "注册资本（万元）", "成立日期"],
            ["91999901MA00000001", "某某店", identity(1), "王建国", "股东", 12.5, 46235],
            ["91999901MA00000002", "某某行", identity(2), "李秀英", "法定代表人", 0.1 + 0.2, 20260801]]  # fmt: skip
    table = landed(write_xlsx(tmp_path / "market.xlsx", {"2026年8月": rows})).tables[0]
    assert (table.feed, table.accepted, table.covers) == ("market_entities", 2, "2026-08")
    found = current(store, "market_entities").collect()
    assert [str(amount) for amount in found["capital"]] == ["125000.00", "3000.00"]
    assert [str(day) for day in found["established_on"]] == ["2026-08-01"] * 2


def test_several_sheets_land_each_under_its_contract(tmp_path: Path, store: Path, landed: Land):
    cremations = [["火化证明编号", "逝者姓名", "火化日期"], ["H1", "王建国", "2026-08-02"]]
    sheets = {
        "说明": [["本表由某县填报"]], "一月": [list(HEADING), *deaths(2)], "二月": [list(HEADING), *deaths(4)[2:]],
        "火化": cremations,
    }  # fmt: skip
    report = landed(write_xlsx(tmp_path / "all.xlsx", sheets))
    assert [(table.feed, table.sheet, table.accepted) for table in report.tables] == [
        ("deaths", "一月", 2), ("deaths", "二月", 2), ("cremation", "火化", 1),
    ]  # fmt: skip
    assert "说明" in report.notices[0]["zh"]
    assert current(store, "deaths").collect()["row_id"].n_unique() == 4


def test_a_key_in_two_sheets_lands_once_and_is_told(tmp_path: Path, store: Path, landed: Land):
    sheets = {"一": [list(HEADING), *deaths(3)], "二": [list(HEADING), death(2), death(7), death(7)]}
    report = landed(write_xlsx(tmp_path / "deaths.xlsx", sheets))
    assert [(table.accepted, table.rejected, table.repeated) for table in report.tables] == [
        (3, 0, 0),
        (1, 1, 1),
    ]
    assert all(table.adds_up for table in report.tables)
    assert current(store, "deaths").collect()["id_number"].n_unique() == 4
    aside = openpyxl.load_workbook(store / "landings" / report.landing / str(report.set_aside))
    assert "前面的工作表" in str(aside["二"]["G2"].value)


def test_a_sheet_of_data_that_follows_no_contract_is_not_passed_over(tmp_path: Path, refused: Refuse):
    broken = [list(HEADING[:4]), *[row[:4] for row in deaths(2)]]
    sheets = {"一": [list(HEADING), *deaths(2)], "二": broken}
    assert refused(write_xlsx(tmp_path / "deaths.xlsx", sheets)) == ["feed.unrecognised"]


def test_gaps_in_rows_and_columns_keep_the_row_numbers(tmp_path: Path, store: Path, landed: Land):
    path = tmp_path / "deaths.xlsx"
    book = openpyxl.Workbook()
    for line, row in ((3, list(HEADING)), (5, death(1)), (9, death(2))):
        for column, text in enumerate(row, start=2):
            book.active.cell(line, column, text)
    book.save(path)
    landed(path)
    assert current(store, "deaths").collect()["source_row"].to_list() == [5, 9]


def test_a_large_sheet_is_read_in_pieces(
    tmp_path: Path, store: Path, landed: Land, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("doudi.feeds.workbook._PIECE", 37)
    monkeypatch.setattr("doudi.feeds.workbook_xml._CHUNK", 700)
    path = write_xlsx(tmp_path / "deaths.xlsx", {"名册": [list(HEADING), *deaths(500)]})
    table = landed(path).tables[0]
    assert (table.accepted, table.records) == (500, 500)
    found = current(store, "deaths").collect()
    assert found["id_number"].to_list() == [row[0] for row in deaths(500)]
    assert found["source_row"].to_list() == list(range(2, 502))


def test_rich_text_escapes_and_rows_without_references(tmp_path: Path, store: Path, landed: Land):
    whole = write_xlsx(tmp_path / "whole.xlsx", {"名册": [list(HEADING), *deaths(3)]})
    path = tmp_path / "deaths.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name).decode()
            if "sharedStrings" in name:
                rich = "<si><r><t>王</t></r><r><rPr/><t>建国_x0020_</t></r><rPh><t>wang</t></rPh></si>"
                data = data.replace("<si><t>王建国</t></si>", rich)
            if "sheet1" in name:
                data = re.sub(r' r="[A-Z]*[0-9]+"', "", data)
            target.writestr(name, data)
    landed(path)
    assert current(store, "deaths").collect()["name"].to_list() == [row[1] for row in deaths(3)]


def test_a_truncated_workbook_is_refused(tmp_path: Path, refused: Refuse):
    path = write_xlsx(tmp_path / "deaths.xlsx", {"名册": [list(HEADING), *deaths(200)]})
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert refused(path) == ["feed.damaged"]


def test_a_workbook_whose_sheet_breaks_off_is_refused(tmp_path: Path, refused: Refuse):
    whole = write_xlsx(tmp_path / "whole.xlsx", {"名册": [list(HEADING), *deaths(200)]})
    path = tmp_path / "deaths.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data[: len(data) * 2 // 3] if "sheet1" in name else data)
    assert refused(path) == ["feed.damaged"]


def test_entities_in_a_workbook_are_not_expanded(tmp_path: Path, refused: Refuse):
    whole = write_xlsx(tmp_path / "whole.xlsx", {"名册": [list(HEADING), *deaths(2)]})
    path = tmp_path / "deaths.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if "sharedStrings" in name:
                data = data.replace(b"<sst", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><sst', 1)
            target.writestr(name, data)
    assert refused(path) == ["feed.damaged"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xls", OLE + "Workbook".encode("utf-16-le"), "feed.xls"),
        ("a.et", OLE + "Workbook".encode("utf-16-le"), "feed.et"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "feed.password"),
        ("a.xls", b"<html><table><tr><td>x</td></tr></table></html>", "feed.web_page"),
        ("a.xlsx", b"%PDF-1.7", "feed.pdf"),
        ("a.csv", b"", "feed.empty"),
        ("a.csv", b"\n\n", "feed.empty"),
    ],
)
def test_what_is_not_read_is_told_with_a_way_out(
    tmp_path: Path, refused: Refuse, name: str, content: bytes, code: str
):
    path = tmp_path / name
    path.write_bytes(content)
    assert refused(path) == [code]
    with pytest.raises(FeedError) as error:
        check(path)
    assert error.value.problems[0].remedy_zh
    if code in ("feed.xls", "feed.et"):
        assert ".xlsx" in error.value.problems[0].remedy_zh


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"xl/workbook.bin": b"x"}, "feed.xlsb"),
        ({"content.xml": b"x"}, "feed.ods"),
        ({"deaths.csv": b"x"}, "feed.archive"),
        ({"[Content_Types].xml": b"x"}, "feed.damaged"),
        ({"xl/workbook.xml": b"<workbook/>"}, "feed.damaged"),
    ],
)
def test_other_archives_are_told_apart(tmp_path: Path, refused: Refuse, members: dict[str, bytes], code: str):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    assert refused(path) == [code]


def test_a_zip_bomb_is_not_opened(tmp_path: Path, refused: Refuse):
    path = tmp_path / "deaths.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(100):
                sheet.write(b" " * 2**20)
    assert path.stat().st_size < 2**20
    assert refused(path) == ["feed.bomb"]
