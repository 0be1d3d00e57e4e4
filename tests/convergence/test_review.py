"""The review in three levels: who may say what and when, what it leads to, and every fault of a file at once."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from doudi.convergence.errors import ConvergenceError
from doudi.convergence.opinions import opinions_csv, read_opinions, review_data
from doudi.convergence.review import Opinion, column, standing_of, to_review
from doudi.convergence.synthetic import DAY
from tests.convergence.conftest import Made

VILLAGE = Opinion("village", "agree", "", "", "王村", date(2026, 7, 20), "")
TOWNSHIP = Opinion("township", "agree", "", "", "李乡", date(2026, 7, 22), "")
COUNTY = Opinion("county", "agree", "", "", "张县", date(2026, 7, 25), "")
Cells = dict[str, str]


def filled(small: Made, path: Path, *cells: Cells) -> list[str]:
    """The file of opinions with these cells in its first rows; their numbers."""
    records = list(csv.DictReader(io.StringIO(opinions_csv(small.found.rows, {}).removeprefix("\ufeff"))))
    for record, more in zip(records, cells, strict=False):
        record.update(more)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(records[0]))
        writer.writeheader()
        writer.writerows(records)
    return [record["编号"] for record in records]


def said(level: str, opinion: str = "同意", **more: str) -> Cells:
    """The cells of one level."""
    names = {"village": "王村", "township": "李乡", "county": "张县"}
    days = {"village": "2026-07-20", "township": "2026-07-22", "county": "2026-07-25"}
    cells = {"opinion": opinion, "by": names[level], "on": days[level], **more}
    return {column(level, field): value for field, value in cells.items()}


def codes(small: Made, path: Path, *cells: Cells) -> dict[str, str | None]:
    """The codes of the problems that such a file has, each with its column."""
    filled(small, path, *cells)
    with pytest.raises(ConvergenceError) as caught:
        read_opinions(path, small.found.rows, DAY)
    assert all(problem.line for problem in caught.value.problems)
    return {problem.code: problem.column for problem in caught.value.problems}


def test_nothing_is_decided_before_the_county_has_spoken() -> None:
    assert standing_of("new", "dibao", ()).state == "proposed"
    assert standing_of("new", "dibao", (VILLAGE,)).state == "village"
    assert standing_of("new", "dibao", (VILLAGE, TOWNSHIP)).state == "township"
    decided = standing_of("new", "dibao", (VILLAGE, TOWNSHIP, COUNTY))
    assert (decided.state, decided.place, decided.tier, decided.by) == ("decided", "new", "dibao", "张县")
    assert standing_of("covered", "dibao", ()).state == "settled"


def test_the_last_level_that_wants_it_otherwise_prevails_once_the_county_agrees() -> None:
    changed = Opinion("township", "change", "exit", "", "李乡", date(2026, 7, 22), "收入核实高于标准")
    decided = standing_of("new", "dibao", (VILLAGE, changed, COUNTY))
    assert (decided.place, decided.tier) == ("exit", None)
    county = Opinion("county", "change", "new", "rigid", "张县", date(2026, 7, 25), "大病支出")
    decided = standing_of("new", "dibao", (VILLAGE, changed, county))
    assert (decided.place, decided.tier) == ("new", "rigid")


def test_what_is_sent_back_stays_a_proposal() -> None:
    back = Opinion("township", "return", "", "", "李乡", date(2026, 7, 22), "入户情况不清")
    assert standing_of("exit", None, (VILLAGE, back)).state == "returned"


def test_opinions_are_read_back_as_they_were_written(small: Made, tmp_path: Path) -> None:
    path = tmp_path / "review.csv"
    numbers = filled(
        small, path, {**said("village"), **said("township"), **said("county")},
        {**said("village"), **said("township", "改为", place="新符合条件", tier="低保边缘", note="家庭人口核实")}, said("village"),
    )  # fmt: skip
    found = read_opinions(path, small.found.rows, DAY)
    assert [len(found[number]) for number in numbers[:4]] == [3, 2, 1, 0]
    again = tmp_path / "again.csv"
    again.write_text(opinions_csv(small.found.rows, found), "utf-8", newline="")
    assert read_opinions(again, small.found.rows, DAY) == found
    as_json = tmp_path / "review.json"
    decided = small.found.with_opinions(found)
    as_json.write_text(json.dumps(review_data(decided.rows, found), ensure_ascii=False), "utf-8")
    assert read_opinions(as_json, small.found.rows, DAY) == found


def test_decisions_change_what_stands_and_not_what_was_proposed(small: Made, tmp_path: Path) -> None:
    path = tmp_path / "review.csv"
    every = {**said("village"), **said("township"), **said("county")}
    height = to_review(small.found.rows).height
    filled(small, path, *[every] * height)
    decided = small.found.with_opinions(read_opinions(path, small.found.rows, DAY))
    told = decided.summary
    assert told["decided"] == told["proposed"] == small.found.summary["proposed"]
    assert small.found.summary["decided"]["new"] == 0
    assert told["states"] == {"decided": height, "settled": told["proposed"]["covered"]}
    assert decided.rows.filter(pl.col("state") == "decided")["decided_by"].unique().to_list() == ["张县"]


def test_a_level_speaks_only_after_the_one_below_it(small: Made, tmp_path: Path) -> None:
    assert codes(small, tmp_path / "r.csv", said("county")) == {"converge.order": column("county", "opinion")}
    back = {**said("village", "退回", note="不清"), **said("township")}
    assert codes(small, tmp_path / "r.csv", back) == {"converge.after_return": column("township", "opinion")}


def test_nobody_signs_at_two_levels_and_days_follow_each_other(small: Made, tmp_path: Path) -> None:
    same = {**said("village"), **said("township", by="王村", on="2026-07-19")}
    assert codes(small, tmp_path / "r.csv", same) == {
        "converge.four_eyes": column("township", "by"), "converge.day_order": column("township", "on"),
    }  # fmt: skip


def test_another_place_needs_a_reason_and_a_tier_where_one_qualifies(small: Made, tmp_path: Path) -> None:
    found = codes(
        small, tmp_path / "r.csv", said("village", "改为"), said("village", "改为", place="新符合条件", note="核实"),
        said("village", "改为", place="拟退出", note="核实"), said("village", by="", on="昨天"), said("village", "退回"),
        said("village", on="2026-08-02"),
    )  # fmt: skip
    assert set(found) == {
        "converge.no_note", "converge.no_place", "converge.tier", "converge.word", "converge.no_name", "converge.day",
        "converge.future",
    }  # fmt: skip


def test_a_file_of_another_list_or_shape_is_refused(small: Made, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    filled(small, path, {"编号": "000001-ffff.0.1"})
    with pytest.raises(ConvergenceError) as caught:
        read_opinions(path, small.found.rows, DAY)
    assert [problem.code for problem in caught.value.problems] == ["converge.no_row"]
    path.write_text("编号,意见\n1,同意\n", "utf-8")
    with pytest.raises(ConvergenceError) as caught:
        read_opinions(path, small.found.rows, DAY)
    assert {problem.code for problem in caught.value.problems} == {"converge.no_column"}
    other = tmp_path / "r.json"
    other.write_text("{}", "utf-8")
    other.write_text("[1]", "utf-8")
    with pytest.raises(ConvergenceError) as caught:
        read_opinions(other, small.found.rows, DAY)
    assert [problem.code for problem in caught.value.problems] == ["converge.json"]


def test_faults_repeat_no_name_and_no_number_of_a_person(small: Made, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    filled(small, path, said("county"), said("village", "改为"))
    with pytest.raises(ConvergenceError) as caught:
        read_opinions(path, small.found.rows, DAY)
    text = " ".join(problem.sentence("zh") for problem in caught.value.problems)
    assert not any(name in text for name in small.found.rows["name"].to_list())
