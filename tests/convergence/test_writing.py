"""What the county gets: files that open, household files that a case can start from, sheets of one page, opinions never lost."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from doudi.assessment.determination import assess
from doudi.convergence.errors import ConvergenceError
from doudi.convergence.opinions import read_opinions
from doudi.convergence.report import report_of
from doudi.convergence.run import converge
from doudi.convergence.sheet import MOST_MEMBERS, sheet_of
from doudi.convergence.synthetic import DAY
from doudi.convergence.writing import write, write_sheets
from doudi.documents import Table, to_html, to_pdf
from doudi.facts.household_file import read_household
from tests.cli.conftest import doudi
from tests.convergence.conftest import LAW, Made
from tests.convergence.test_review import filled, said

__all__ = ["doudi"]


def test_each_household_that_newly_qualifies_has_a_file_with_the_same_outcome(
    small: Made, tmp_path: Path
) -> None:
    cases = write(small.found, tmp_path / "out")["cases"]
    new = small.found.rows.filter(pl.col("place") == "new")
    assert {path.stem for path in cases} == set(new["household_id"].to_list())
    tiers = {person: tier for person, tier in new.select("person_id", "tier").iter_rows()}  # noqa: C416
    told = {}
    for path in cases:
        household = read_household(path)
        trace = assess(household, LAW).trace
        told |= {
            id: trace.code("person_tier", row)
            for row, id in enumerate(household.ids["person"])
            if id in tiers
        }
        assert (household.region, household.date) == ("999901", 20_260_801)
    assert told == tiers


@pytest.mark.usefixtures("chinese_font")
def test_the_workbook_and_the_report_tell_the_same_numbers(small: Made, tmp_path: Path) -> None:
    write(small.found, tmp_path / "out", pdf=True)
    assert (tmp_path / "out" / "report.pdf").read_bytes().startswith(b"%PDF")
    book = openpyxl.load_workbook(tmp_path / "out" / "converge.xlsx", read_only=True)
    assert book.sheetnames == ["汇总", "逐人归类", "新纳入", "拟退出", "待定", "身份复核", "调查任务"]
    count = small.found.summary["proposed"]
    heights = {name: sum(1 for _ in book[name].iter_rows()) - 1 for name in book.sheetnames[1:]}
    assert heights == {
        "逐人归类": small.found.rows.height, "新纳入": count["new"], "拟退出": count["exit"], "待定": count["open"],
        "身份复核": small.found.doubts.height, "调查任务": small.found.survey.tasks.height,
    }  # fmt: skip
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert f"{count['persons']:,}" in page
    assert "不是决定" in page


def test_each_match_in_review_names_whom_it_may_be_and_why_a_person_decides(small: Made) -> None:
    doubts = small.found.doubts
    in_review = small.found.rows.filter(pl.col("zone") == "review")
    assert set(doubts["row_id"]) == set(in_review["row_id"])
    assert doubts["known_name"].null_count() == 0
    assert set(doubts["why"]) == {"号码不同，姓名也不止一字不同"}


def test_no_report_holds_a_whole_identity_number(small: Made, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(small.found, out)
    write_sheets(small.found, out)
    texts = [
        path.read_text("utf-8")
        for path in out.rglob("*")
        if path.suffix in (".html", ".csv", ".json") and "received" not in path.parts
    ]
    numbers = small.found.received.listed["id_number"].to_list()
    assert texts
    assert not any(number in text for text in texts for number in numbers)
    table = pl.read_parquet(out / "persons.parquet")
    assert "id_number" not in table.columns
    assert table["id_masked"].str.contains(r"^999901\*+..$").all()


def test_the_old_label_stays_as_a_dated_mark(small: Made, tmp_path: Path) -> None:
    write(small.found, tmp_path / "out")
    marks = pl.read_parquet(tmp_path / "out" / "marks.parquet")
    assert marks.height == small.found.summary["proposed"]["persons"]
    assert marks["labelled_on"].null_count() == 0
    assert marks["marked_on"].unique().to_list() == [DAY]
    watched = marks.filter(pl.col("kind") == "watch")
    assert watched.height == small.found.summary["proposed"]["exit"]
    assert (watched["until"] > DAY).all()


@pytest.mark.usefixtures("chinese_font")
def test_a_sheet_is_one_page_even_for_a_large_household_with_many_questions(small: Made) -> None:
    task = {
        **small.found.survey.tasks.row(0, named=True),
        "asks_zh": "；".join(["打零工、种养和经营的收入与成本"] * 9),
    }
    members = small.found.survey.members.to_dicts()[: MOST_MEMBERS + 4]
    document = sheet_of(task, members, "演示县", DAY)
    pages = re.findall(
        rb"/Type\s*/Pages.*?/Count (\d+)|/Count (\d+).*?/Type\s*/Pages", to_pdf(document), re.S
    )
    assert [first or second for first, second in pages] == [b"1"]


def test_a_sheet_names_every_member_and_its_marks(small: Made, tmp_path: Path) -> None:
    found = small.found
    task = found.survey.tasks.filter((pl.col("in_list") > 0) & (pl.col("in_base") > 0)).row(0, named=True)
    members = found.survey.members.filter(pl.col("task_id") == task["task_id"]).to_dicts()
    text = to_html(sheet_of(task, members, "演示县", DAY))
    for one in members:
        assert one["name"] in text
    assert task["labels_zh"] in text
    assert task["tiers_zh"] in text
    pages = write_sheets(found, tmp_path, task["village"])
    assert len(pages) == found.survey.tasks.filter(pl.col("village") == task["village"]).height


def test_opinions_in_the_folder_are_never_written_over(small: Made, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(small.found, out)
    write(small.found, out)
    filled(small, out / "review.csv", said("village"))
    with pytest.raises(ConvergenceError) as caught:
        write(small.found, out)
    assert [problem.code for problem in caught.value.problems] == ["converge.opinions_there"]
    opinions = read_opinions(out / "review.csv", small.found.rows, DAY)
    write(small.found.with_opinions(opinions), out, out / "review.csv")
    assert read_opinions(out / "review.csv", small.found.rows, DAY) == opinions


def test_the_shares_of_the_report_are_shown_to_a_hundredth_of_a_per_cent(small: Made) -> None:
    table = next(block for block in report_of(small.found).blocks if isinstance(block, Table))
    assert all(re.fullmatch(r"\d+\.\d\d%", row[3].text) for row in table.rows)


def test_the_command_makes_two_registers_one_and_tells_it(small: Made, tmp_path: Path, doudi) -> None:
    pair = small.pair
    words = (
        "converge",
        pair.listed,
        pair.base,
        "--evidence",
        pair.evidence,
        "--region",
        "999901",
        "--date",
        DAY,
        "-o",
        tmp_path / "out",
    )
    found = doudi(*words, "--json", "--by", "officer1")
    assert found.code == 0
    assert found.data["proposed"] == small.found.summary["proposed"]
    assert all(Path(path).exists() for path in found.data["files"])
    told = doudi(*words, "--lang", "en", "--opinions", tmp_path / "out" / "review.csv", "--sheets", "all")
    assert told.code == 0
    assert "covered" in told.out
    assert len(list((tmp_path / "out" / "sheets").iterdir())) == small.found.survey.tasks.height
    wrong = doudi(
        "converge",
        pair.base,
        pair.listed,
        "--evidence",
        tmp_path,
        "--date",
        "gestern",
        "-o",
        tmp_path / "b",
        "--json",
    )
    assert wrong.code == 2
    assert {"region.missing"} <= set(wrong.codes)


def test_the_same_files_give_the_same_bytes(small: Made, tmp_path: Path) -> None:
    pair, written = small.pair, []
    for name in ("one", "two"):
        found = converge(
            pair.listed, pair.base, pair.evidence, LAW, tmp_path / name / "received", by="officer1"
        )
        write(found, tmp_path / name)
        files = (
            path for path in (tmp_path / name).rglob("*") if path.is_file() and "received" not in path.parts
        )
        written.append({path.relative_to(tmp_path / name): path.read_bytes() for path in files})
    assert written[0] == written[1]
    assert len(written[0]) > 10
