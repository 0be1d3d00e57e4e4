"""One outcome for each row: what is linked by a rule, what is left to a person, what is nobody's."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from doudi.linkage import LinkageError, link
from tests.linkage.people import (
    CHEN,
    DAN,
    LI,
    MAI,
    ZENG,
    an_id,
    person,
    persons,
    row_about,
    rows,
    with_wrong_digit,
)

NEAR = with_wrong_digit(LI["id_number"])
STRANGER = person("stranger", "赵铁柱", date(1990, 9, 9), 901, village="安乐镇桃湾村")
TWIN = person("twin", "王晓丽", LI["born"], 206)
BROTHER = person("brother", "陈建军", date(1974, 4, 4), 31)
CASES: dict[str, tuple[dict[str, Any], str, str | None, str | None]] = {
    "same id and name": (row_about(LI, "1"), "link", "exact_id", "li"),
    "fifteen digits": (row_about(LI, "2", id_number=LI["id_number"][:6] + LI["id_number"][8:17]), "link", "exact_id", "li"),
    "one digit wrong": (row_about(LI, "3", id_number=NEAR), "link", "near_id", "li"),
    "last digits lost": (row_about(LI, "4", id_number=LI["id_number"][:15] + "000"), "link", "near_id", "li"),
    "no id": (row_about(LI, "5", id_number=None), "link", "name_birth_place", "li"),
    "village without its town": (row_about(LI, "6", id_number=None, village="石桥村"), "link", "name_birth_place", "li"),
    "one homophone, one digit wrong": (row_about(LI, "7", id_number=NEAR, name="王晓丽"), "link", "sound_near_id", "li"),
    "surname typed by its usual reading": (row_about(DAN, "8", id_number=None, name="但志强"), "link", "sound_birth_place", "dan"),
    "traditional characters": (row_about(CHEN, "9", id_number=None, name="陳建國"), "link", "name_birth_place", "chen"),
    "separator": (row_about(MAI, "10", id_number=None, name="麦麦提・吐尔逊"), "link", "name_birth_place", "mai"),
    "two homophones, one digit wrong": (row_about(LI, "11", id_number=NEAR, name="王小丽"), "review", "neither_agrees", "li"),
    "another right id": (row_about(ZENG, "12", id_number=an_id(ZENG["born"], 62)), "review", "two_numbers", "zeng"),
    "a brother's id": (row_about(BROTHER, "13", id_number=CHEN["id_number"], name="陈小勇"), "review", "number_of_another", "chen"),
    "nobody we know": (row_about(STRANGER, "14"), "none", None, None),
    "name and village only": (row_about(DAN, "15", id_number=None, born=None, sex=None, village=None), "none", None, None),
}  # fmt: skip


@pytest.fixture(scope="module")
def outcome() -> pl.DataFrame:
    return link(rows(*(row for row, *_ in CASES.values())), persons()).links


@pytest.mark.parametrize("case", CASES)
def test_cases(outcome: pl.DataFrame, case: str) -> None:
    row, zone, why, who = CASES[case]
    found = outcome.filter(pl.col("row_id") == row["row_id"]).row(0, named=True)
    assert (found["zone"], found["why"], found["person_id"]) == (zone, why, who)


def test_every_row_stands_there_once(outcome: pl.DataFrame) -> None:
    assert sorted(outcome["row_id"]) == sorted(row["row_id"] for row, *_ in CASES.values())


def test_the_waterfall_sums_to_the_weight_and_the_weight_tells_the_probability() -> None:
    found = link(rows(row_about(LI, "1", id_number=NEAR, name="王小丽")), persons())
    [candidate] = found.candidates.iter_rows(named=True)
    assert found.waterfall["comparison"].to_list() == ["prior", "id", "name", "born", "sex", "village"]
    assert found.waterfall["bits"].sum() == pytest.approx(candidate["weight"])
    assert candidate["probability"] == pytest.approx(1 / (1 + 2 ** -candidate["weight"]))


def test_two_persons_alike_are_left_to_a_person() -> None:
    double = {**LI, "person_id": "double"}
    [found] = link(rows(row_about(LI, "1")), persons(LI, double)).links.iter_rows(named=True)
    assert (found["zone"], found["why"]) == ("review", "ambiguous")
    assert {found["person_id"], found["second_person_id"]} == {"li", "double"}


def test_of_twins_the_one_whose_name_is_written_is_linked() -> None:
    [found] = link(rows(row_about(TWIN, "1")), persons(LI, TWIN)).links.iter_rows(named=True)
    assert (found["zone"], found["person_id"]) == ("link", "twin")


def test_many_rows_may_be_about_one_person() -> None:
    found = link(rows(*(row_about(LI, str(number)) for number in range(3))), persons()).links
    assert found["person_id"].to_list() == ["li"] * 3


def test_no_rows_and_no_persons() -> None:
    assert link(rows(), persons()).counts() == {"rows": 0, "link": 0, "review": 0, "none": 0}
    assert link(rows(row_about(LI, "1")), persons().clear()).counts()["none"] == 1


def test_departments_that_know_little() -> None:
    few = rows(row_about(LI, "1")).select("row_id", "id_number", "name")
    assert link(few, persons()).links["zone"].to_list() == ["link"]


def test_keys_must_be_there_once() -> None:
    twice = rows(row_about(LI, "1"), row_about(DAN, "1"))
    with pytest.raises(LinkageError, match="given twice"):
        link(twice, persons())
    with pytest.raises(LinkageError, match="a column is missing"):
        link(twice.drop("row_id"), persons())
