"""Decisions of people override and are remembered."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from doudi.linkage import LinkageError, link, read_decisions
from tests.linkage.people import CHEN, DAN, LI, persons, row_about, rows, with_wrong_digit

PRIVATE = LI["id_number"]


def decisions(tmp_path: Path, text: str) -> pl.DataFrame:
    path = tmp_path / "decided.csv"
    path.write_text("row_id,person_id,decision,by,on,note\n" + text, "utf-8")
    return read_decisions(path)


def test_a_link_that_no_rule_would_make(tmp_path: Path) -> None:
    odd = row_about(CHEN, "1", name="陈石头", id_number=None, born=None, village=None)
    found = link(
        rows(odd),
        persons(),
        decisions=decisions(tmp_path, "1,chen,link,clerk,2026-08-01,known by this name\n"),
    )
    assert found.links.select("zone", "by", "person_id").row(0) == ("link", "clerical", "chen")


def test_a_link_that_people_undo(tmp_path: Path) -> None:
    found = link(rows(row_about(LI, "1")), persons(), decisions=decisions(tmp_path, "1,li,not_link,,,\n"))
    assert found.links["zone"].to_list() == ["none"]


def test_the_next_best_is_looked_at_when_one_is_excluded(tmp_path: Path) -> None:
    double = {**LI, "person_id": "double"}
    found = link(
        rows(row_about(LI, "1")), persons(LI, double), decisions=decisions(tmp_path, "1,double,not_link,,,\n")
    )
    assert found.links.select("zone", "person_id", "why").row(0) == ("link", "li", "exact_id")


def test_a_row_about_nobody(tmp_path: Path) -> None:
    found = link(
        rows(row_about(LI, "1"), row_about(DAN, "2")),
        persons(),
        decisions=decisions(tmp_path, "1,,nobody,,,\n"),
    )
    assert dict(found.links.select("row_id", "zone").iter_rows()) == {"1": "none", "2": "link"}


def test_the_last_word_on_a_row_holds(tmp_path: Path) -> None:
    found = link(
        rows(row_about(LI, "1")), persons(), decisions=decisions(tmp_path, "1,,nobody,,,\n1,dan,link,,,\n")
    )
    assert found.links.select("zone", "person_id").row(0) == ("link", "dan")


def test_chinese_words(tmp_path: Path) -> None:
    found = decisions(tmp_path, "1,li,是,,,\n2,li,不是,,,\n3,,无此人,,,\n")
    assert found["decision"].to_list() == ["link", "not_link", "nobody"]


def test_a_decision_without_its_row_at_hand_is_kept(tmp_path: Path) -> None:
    doubtful = row_about(LI, "1", name="王小丽", id_number=with_wrong_digit(PRIVATE))
    decided = decisions(tmp_path, "1,li,link,,,\n")
    first = link(rows(doubtful), persons(), decisions=decided)
    second = link(rows(row_about(DAN, "2")), persons(), decisions=decided, earlier_decisions=first.decisions)
    third = link(rows({**doubtful, "row_id": "3"}), persons(), earlier_decisions=second.decisions)
    assert third.links.select("by", "person_id").row(0) == ("remembered", "li")


def test_all_faults_are_told_with_their_lines_and_without_personal_data(tmp_path: Path) -> None:
    with pytest.raises(LinkageError) as caught:
        decisions(tmp_path, f",li,link,,,{PRIVATE}\n2,,link,,,\n3,li,nobody,,,\n4,li,perhaps,,,王晓莉\n")
    assert [problem.line for problem in caught.value.problems] == [2, 3, 4, 5]
    assert PRIVATE not in str(caught.value)
    assert "王晓莉" not in str(caught.value)


def test_a_link_to_someone_who_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(LinkageError, match="name no person"):
        link(rows(row_about(LI, "1")), persons(), decisions=decisions(tmp_path, "1,ghost,link,,,\n"))
