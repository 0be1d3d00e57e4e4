"""Registers made one on what was built from departments' letters: the same county as the tests of evidence have."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from doudi.convergence.run import Converged, converge
from doudi.evidence import Built
from doudi.hardship.index import law_of
from tests.evidence.conftest import DAY, LEAVER, LI, MOTHER, OLD_MAN, SON, WIDOW, built, county
from tests.linkage.people import an_id, with_wrong_digit

__all__ = ["built", "county"]

STRANGER = {"id_number": an_id(date(1966, 6, 6), 123), "name": "钱外人"}


def listed(one: dict[str, Any], home: str, **written: str) -> list[str]:
    """A row of the list."""
    said = {"id_number": one["id_number"], "name": one["name"], **written}
    return [home, said["id_number"], said["name"], "边缘易致贫户", "2025-03-01", "否"]


def write_csv(path: Path, *rows: list[str]) -> Path:
    """A file as a department sends it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


@pytest.fixture(scope="module")
def found(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Converged:
    folder = tmp_path_factory.mktemp("two")
    heads = ["户编号", "公民身份号码", "姓名", "监测对象类别", "识别日期", "风险是否消除"]
    first = write_csv(
        folder / "监测对象202607.csv", heads, listed(OLD_MAN, "J1"), listed(WIDOW, "J1"), listed(LEAVER, "J2"), listed(SON, "J3"),
        listed(LI, "J3", id_number=with_wrong_digit(LI["id_number"]), name="王小丽"), listed(STRANGER, "J4"), listed(MOTHER, "J5"),
    )  # fmt: skip
    heads = ["家庭编号", "公民身份号码", "姓名", "救助项目", "救助起始日期", "月救助金额"]
    second = write_csv(
        folder / "在保名册202607.csv", heads,
        *([f"D{place}", one["id_number"], one["name"], programme, "2024-01-01", "300"]
          for place, (one, programme) in enumerate(((OLD_MAN, "低保"), (WIDOW, "低保"), (WIDOW, "低保边缘")))),
    )  # fmt: skip
    return converge(first, second, built.folder, law_of("999901", DAY), folder / "received")


def test_the_dead_the_gone_the_doubtful_and_the_unknown_are_told_apart(found: Converged) -> None:
    told = {
        name: (place, reason)
        for name, place, reason in found.rows.select("name", "place", "reason").iter_rows()
    }
    assert told[OLD_MAN["name"]] == ("open", "died")
    assert told[LEAVER["name"]] == ("open", "left")
    assert told["王小丽"] == ("open", "match_in_review")
    assert told[STRANGER["name"]] == ("open", "not_found")
    assert told[WIDOW["name"]] == ("covered", "in_base")


def test_the_deepest_of_several_programmes_is_the_tier_of_who_is_covered(found: Converged) -> None:
    widow = found.rows.filter(pl.col("name") == WIDOW["name"]).row(0, named=True)
    assert (widow["tier"], widow["held_since"]) == ("dibao", date(2024, 1, 1))


def test_where_departments_know_too_little_nobody_is_taken_in_or_made_to_leave(found: Converged) -> None:
    mother = found.rows.filter(pl.col("name") == MOTHER["name"]).row(0, named=True)
    assert (mother["place"], mother["reason"]) == ("open", "fact_missing")
    assert "打零工" in mother["missing_zh"]
    assert found.summary["proposed"]["new"] == found.summary["proposed"]["exit"] == 0


def test_a_match_in_review_shows_the_person_who_may_be_meant(found: Converged) -> None:
    doubt = found.doubts.filter(pl.col("name") == "王小丽").row(0, named=True)
    assert (doubt["known_name"], doubt["person_id"]) == (LI["name"], LI["person_id"])


def test_one_task_stands_for_a_household_and_shows_who_lives_there_now(found: Converged) -> None:
    members = found.survey.members.filter(pl.col("task_id") == "h1")
    assert OLD_MAN["name"] not in members["name"].to_list(), "who has died is no member"
    assert WIDOW["name"] in members["name"].to_list()
