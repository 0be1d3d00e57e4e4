"""Files with delimiters as they come in life."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from doudi.feeds import FeedError, Report, check, current
from tests.feeds.conftest import RECEIVED
from tests.feeds.files import HEADING, death, deaths, text_of, write_csv

Land = Callable[..., Report]
Refuse = Callable[..., list[str]]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_every_delimiter_and_encoding_gives_the_same_rows(
    tmp_path: Path, store: Path, landed: Land, separator: str, encoding: str
):
    rows = [*deaths(30), death(900, name="𠮷䶮")]
    report = landed(write_csv(tmp_path / "deaths.csv", rows, separator=separator, encoding=encoding))
    assert (report.accepted, report.set_aside_rows, report.separator) == (31, 0, separator)
    found = current(store, "deaths").collect()
    assert found["id_number"].to_list() == [row[0] for row in rows]
    assert found["name"][-1] == "𠮷䶮"


def test_columns_may_stand_in_any_order(tmp_path: Path, store: Path, landed: Land):
    order = [3, 0, 5, 4, 1, 2]
    rows = [[row[place] for place in order] for row in deaths(10)]
    landed(write_csv(tmp_path / "deaths.csv", rows, [HEADING[place] for place in order]))
    assert current(store, "deaths").collect()["name"].to_list() == [row[1] for row in deaths(10)]


def test_titles_blank_lines_totals_and_repeated_headings_are_no_data(tmp_path: Path, landed: Land):
    text = "某县死亡注销名册,,,,,\n2026年8月,,,,,\n\n" + text_of(deaths(3)) + "\n,,,,,\n"
    text += ",".join(HEADING) + "\n" + ",".join(death(7)) + "\n合计,4,,,,\n制表人：,,,,,\n"
    path = tmp_path / "deaths.csv"
    path.write_text(text, "utf-8")
    table = landed(path).tables[0]
    assert (table.accepted, table.blank, table.notes, table.rejected) == (4, 2, 3, 0)
    assert table.covers == "2026-08"
    assert table.adds_up


def test_rows_keep_their_numbers_past_embedded_newlines(tmp_path: Path, store: Path, landed: Land):
    rows = [death(1, village="柳河村\n二组"), death(2, village='称"老街"\r\n三组,东'), death(3, died="?")]
    report = landed(write_csv(tmp_path / "deaths.csv", rows))
    assert report.tables[0].faults[0]["first_rows"] == [4]
    found = current(store, "deaths").collect()
    assert found["source_row"].to_list() == [2, 3]
    assert found["village"][1] == '称"老街"\r\n三组,东'


def test_columns_shifted_to_the_right_from_some_row_on_are_named(tmp_path: Path, landed: Land):
    rows = deaths(40)
    rows = [row if number < 25 else [row[0], "", *row[1:]] for number, row in enumerate(rows)]
    report = landed(write_csv(tmp_path / "deaths.csv", rows))
    table = report.tables[0]
    assert (table.accepted, table.rejected) == (25, 15)
    shift = table.shifted[0]
    assert (shift["from_row"], shift["to_the_end"], shift["shift"], shift["rows"]) == (27, True, 1, 15)
    assert "从第 27 行起" in str(shift["zh"])


def test_columns_shifted_to_the_left_are_named(tmp_path: Path, landed: Land):
    rows = [row if number < 10 else [row[0], *row[2:]] for number, row in enumerate(deaths(20))]
    table = landed(write_csv(tmp_path / "deaths.csv", rows)).tables[0]
    assert (table.accepted, table.shifted[0]["shift"], table.shifted[0]["from_row"]) == (10, -1, 12)


def test_a_stray_delimiter_in_one_row_is_named(tmp_path: Path, store: Path, landed: Land):
    text = text_of(deaths(5)).replace(death(2)[1], death(2)[1][:1] + "," + death(2)[1][1:])
    path = tmp_path / "deaths.csv"
    path.write_text(text, "utf-8")
    report = landed(path)
    assert (report.accepted, report.set_aside_rows) == (4, 1)
    aside = (store / "landings" / report.landing / str(report.set_aside)).read_text("utf-8-sig")
    assert "本行的列数比表头多" in aside
    assert "向右错开一列" in aside


def test_one_bad_date_beside_a_good_one_is_no_shift(tmp_path: Path, landed: Land):
    table = landed(write_csv(tmp_path / "deaths.csv", [*deaths(5), death(8, died="不详日")])).tables[0]
    assert table.shifted == []


def test_mixed_encodings_are_refused_with_the_line(tmp_path: Path, refused: Refuse):
    path = tmp_path / "deaths.csv"
    text = text_of(deaths(20)).splitlines(keepends=True)
    path.write_bytes("".join(text[:10]).encode() + "".join(text[10:]).encode("gb18030"))
    assert refused(path) == ["feed.mixed_encoding"]
    with pytest.raises(FeedError, match="line 11"):
        check(path)


def test_other_encodings_are_refused(tmp_path: Path, refused: Refuse):
    assert refused(write_csv(tmp_path / "a.csv", deaths(5), encoding="utf-16")) == ["fact.encoding"]


def test_bare_carriage_returns_are_refused_not_read_as_an_empty_file(tmp_path: Path, refused: Refuse):
    path = tmp_path / "deaths.csv"
    path.write_bytes(text_of(deaths(5)).replace("\r\n", "\r").encode())
    assert refused(path) == ["feed.line_ends"]


def test_a_quote_that_is_never_closed_is_refused_with_its_line(tmp_path: Path, refused: Refuse):
    path = tmp_path / "deaths.csv"
    path.write_text(text_of(deaths(5)).replace("柳河村", '"柳河村', 1), "utf-8")
    assert refused(path) == ["feed.quotes"]


def test_a_file_without_heading_shows_none_of_its_rows(tmp_path: Path, refused: Refuse):
    path = tmp_path / "deaths.csv"
    path.write_text("\n".join(",".join(row) for row in deaths(5)), "utf-8")
    assert refused(path) == ["feed.no_heading"]
    with pytest.raises(FeedError) as error:
        check(path)
    assert all(row[0] not in str(error.value) and row[1] not in str(error.value) for row in deaths(5))


def test_a_file_that_follows_no_contract_is_told_which_it_resembles(tmp_path: Path, refused: Refuse):
    path = write_csv(
        tmp_path / "deaths.csv",
        deaths(5),
        ("公民身份号码", "姓名", "性别", "死亡日期", "销户时刻", "村（社区）"),
    )
    assert refused(path) == ["feed.unrecognised"]
    with pytest.raises(FeedError) as error:
        check(path)
    told = error.value.problems[0].zh
    assert "死亡注销" in told
    assert "缺少列 户口注销日期" in told
    assert "销户时刻" in told


def test_two_columns_of_one_name_are_refused(tmp_path: Path, refused: Refuse):
    heading = (*HEADING, "死亡时间")
    rows = [[*row, row[3]] for row in deaths(3)]
    assert refused(write_csv(tmp_path / "deaths.csv", rows, heading)) == ["feed.heading_twice"]


def test_rows_set_aside_come_back_in_their_shape(tmp_path: Path, store: Path, landed: Land):
    rows = [*deaths(3), death(50, id="9.99901E+17"), death(51, sex="猫", died="2026-13-01")]
    report = landed(write_csv(tmp_path / "deaths.csv", rows, separator=";", encoding="gb18030"))
    aside = store / "landings" / report.landing / str(report.set_aside)
    lines = aside.read_text("gb18030").splitlines()
    assert lines[0] == ";".join((*HEADING, "错误"))
    assert lines[1].startswith(";".join(rows[3]) + ";“公民身份号码”的末几位数字已丢失")
    assert "“性别”不在代码表中" in lines[2]
    assert "“死亡日期”不是有效日期" in lines[2]


def test_a_mended_file_of_rows_set_aside_is_landed(tmp_path: Path, store: Path, landed: Land):
    report = landed(write_csv(tmp_path / "deaths.csv", [*deaths(3), death(51, died="2026-13-01")]))
    aside = store / "landings" / report.landing / str(report.set_aside)
    mended = tmp_path / "mended.csv"
    mended.write_bytes(aside.read_bytes().replace(b"2026-13-01", b"2026-07-13"))
    assert landed(mended).accepted == 1
    assert current(store, "deaths").collect().height == 4


def test_checking_lands_nothing_and_says_the_same(tmp_path: Path, store: Path, landed: Land):
    path = write_csv(tmp_path / "deaths.csv", [*deaths(3), death(51, died="?")])
    checked = check(path, RECEIVED, set_aside=tmp_path / "out")
    assert not store.exists()
    assert Path(str(checked.set_aside)).exists()
    assert checked.tables == landed(path).tables
    assert not checked.landed
