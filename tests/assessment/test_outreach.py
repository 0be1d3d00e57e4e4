"""Who is worth a visit: certain or by presumption, with what to ask; and never those who are in aid or clearly above the line."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from tests.facts.registers import Tables, write

from doudi.assessment.outreach import HOUSEHOLDS, Outreach, outreach
from doudi.assessment.outreach_asks import asks, by_fact
from doudi.assessment.outreach_clues import clues
from doudi.assessment.outreach_files import write_outreach
from doudi.assessment.outreach_score import score
from doudi.assessment.statute import law_of, schema
from doudi.evidence.schema import FACTS, ITEMS, PEOPLE

LAW = law_of("999901", date(2026, 8, 1))
ABLE = dict.fromkeys(
    ("can_eat", "can_dress", "can_leave_bed", "can_use_toilet", "can_walk_indoors", "can_bathe"), "true"
)
WELL = {"disability": "none", "disability_grade": "0", "illness": "none"}
TYPED = [pl.col("born").str.to_date(), pl.col("disability_grade").cast(pl.Int64)]
PENSION = {"pension": "1560", "basic_pension_central": "1956"}


def _person(household: str, number: int, relation: str, **facts: str) -> dict[str, object]:
    return {
        "person_id": f"{household}-{number}", "household_id": household, "relation": relation, "born": f"195{number}-02-11",
        "sex": "male", "marital": "married", **WELL, "can_work": "false", "works": "false", **ABLE, "wage": "0", **PENSION, **facts,
    }  # fmt: skip


def _couple(household: str, **facts: str) -> list[dict[str, object]]:
    return [_person(household, 0, "head", **facts), _person(household, 2, "spouse")]


def _tables() -> Tables:
    """Couples of elders: sure (poor), unsure (an unknown wage), paid (in aid), well (a good pension)."""
    names = ("sure", "unsure", "paid", "well")
    rows = {
        "sure": _couple("sure"), "unsure": _couple("unsure", wage=""), "paid": _couple("paid"),
        "well": _couple("well", pension="80000"),
    }  # fmt: skip
    stated = {"assets_stated": "true", "supporters_stated": "true", "expenses_stated": "true", "safe_housing": "true",
              "safe_water": "true", "monitored_mark": "none"}  # fmt: skip
    return {
        "households": [
            {"household_id": name, "area": "rural", "village": "甲村", **stated}
            for name in names
        ],
        "persons": [person for name in names for person in rows[name]],
        "assets": [{"household_id": name, "kind": "deposit", "value": "2000"} for name in names],
        "holdings": [{"household_id": "paid", "programme": "dibao", "monthly": "500"}],
    }  # fmt: skip


def _told(subject: str, name: str, fact: str, value: str, source: str) -> dict[str, object]:
    return {
        "subject": subject, "subject_id": name, "fact": fact, "value": value, "source": source, "row_ids": [], "period": None,
        "received_at": datetime(2026, 7, 2, tzinfo=UTC), "since": None, "confidence": 1.0, "used": True,
        "rule": "presumed" if source == "presumed" else "only_source",
    }  # fmt: skip


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build: what is known, and the same with the unknown wage presumed to be nothing."""
    folder = tmp_path_factory.mktemp("evidence")
    known = _tables()
    likely = deepcopy(known)
    for person in likely["persons"]:
        person["wage"] = person["wage"] or "0"
    write(folder / "register", known)
    write(folder / "pointing", likely)
    facts = [
        _told("person", "unsure-0", "pension", "1560.00", "pensions"),
        _told("person", "unsure-0", "wage", "0.00", "presumed"),
        _told("household", "sure", "monitored_mark", "none", "monitoring_list"),
    ]
    told = pl.DataFrame(facts, schema=dict(FACTS))
    told.filter(pl.col("source") != "presumed").write_parquet(folder / "facts.parquet")
    told.filter(pl.col("source") == "presumed").write_parquet(folder / "presumed.parquet")
    pl.DataFrame(schema=dict(ITEMS)).write_parquet(folder / "items.parquet")
    people = [
        {"person_id": person["person_id"], "household_id": person["household_id"], "state": "present"}
        for person in known["persons"]
    ]
    for name, frame in {"persons": known["persons"], "households": known["households"]}.items():
        pl.DataFrame(frame).with_columns(TYPED if name == "persons" else []).write_parquet(
            folder / "register" / f"{name}.parquet"
        )
        (folder / "register" / f"{name}.csv").unlink()
    pl.DataFrame(people, schema_overrides=PEOPLE).write_parquet(folder / "people.parquet")
    return folder


@pytest.fixture(scope="module")
def found(evidence: Path) -> Outreach:
    return outreach(evidence, LAW)


def _row(found: Outreach, household: str) -> dict[str, object]:
    return found.households.row(by_predicate=pl.col("household_id") == household, named=True)


def test_those_in_aid_and_those_clearly_above_the_line_are_not_visited(found: Outreach) -> None:
    assert set(found.households["household_id"]) == {"sure", "unsure"}
    assert found.households.columns == [column.name for column in HOUSEHOLDS]


def test_what_sources_tell_alone_makes_it_certain(found: Outreach) -> None:
    row = _row(found, "sure")
    assert row["certain"] is True
    assert (row["presumed"], row["sources"]) == ("", "monitoring_list")
    assert row["asks"] == "authorisation"
    assert str(row["sentence_en"]).isascii()
    assert re.findall(r"[\d.,]+\d", str(row["sentence_en"])) == re.findall(r"[\d.,]+\d", str(row["sentence"]))


def test_a_presumption_is_named_and_becomes_a_question(found: Outreach) -> None:
    row = _row(found, "unsure")
    assert row["certain"] is False
    assert (row["presumed"], row["sources"]) == ("wage", "pensions")
    assert row["asks"] == "authorisation,earnings"
    assert row["tier"] == "tekun", "elders whom nobody must support"
    assert row["monthly"] is not None


def test_elders_without_children_come_first_and_those_with_children_elsewhere_last() -> None:
    person = {
        "relation": "head",
        "born": "1990-01-01",
        "marital": "married",
        "disability": "none",
        "disability_grade": "0",
        "illness": "none",
    }
    changes = {
        "alone": {"born": "1950-01-01", "marital": "single"}, "disabled": {"disability": "mental", "disability_grade": "3"},
        "ill": {"illness": "cancer"}, "watched": {}, "other": {}, "unknown": {"born": "1950-01-01", "marital": None, "disability_grade": None},
        "children": {"born": "1950-01-01", "illness": "cancer"},
    }  # fmt: skip
    rows = [{**person, "household_id": name, **changed} for name, changed in changes.items()]
    persons = pl.DataFrame(rows).with_columns(TYPED)
    marks = ["none", "none", "none", "edge", "none", None, "none"]
    households = pl.DataFrame({"household_id": list(changes), "monitored_mark": marks})
    found = {row["household_id"]: row for row in clues(persons, households, LAW.day).iter_rows(named=True)}
    assert {name: row["priority"] for name, row in found.items()} == {
        "alone": 1, "disabled": 2, "ill": 2, "watched": 2, "other": 3, "unknown": 3, "children": 4,
    }  # fmt: skip
    assert found["alone"]["clues_zh"] == "未婚且无子女线索的老人"
    assert found["other"]["clues_zh"] == ""


def test_nothing_that_a_department_holds_is_to_be_brought() -> None:
    assert all(not ask.bring_zh for ask in asks().values() if ask.held)


def test_every_fact_that_the_tiers_rest_on_belongs_to_one_question() -> None:
    inputs = schema().inputs
    rests_on = {
        name for name in LAW.graph.inputs_of(["tier"]) if name in inputs and inputs[name].entity is not None
    }
    assert rests_on <= by_fact().keys()
    assert by_fact().keys() <= inputs.keys()
    assert sum(len(ask.facts) for ask in asks().values()) == len(by_fact())


def test_the_score_counts_found_missed_and_wrongly_pointed_at(found: Outreach, evidence: Path) -> None:
    against_itself = score(found, found.likely, pl.Series(["sure", "unsure", "well"]))
    assert (against_itself.planted, against_itself.planted_found) == (2, 2)
    assert (against_itself.pointed, against_itself.right, against_itself.wrong) == (2, 2, 0)
    against_the_known = score(found, found.known, pl.Series(["sure"]))
    assert (against_the_known.due, against_the_known.right, against_the_known.wrong) == (1, 1, 1)
    assert against_the_known.precision == 0.5


def test_the_workbook_gives_the_village_its_visits(found: Outreach, tmp_path: Path) -> None:
    table, book = write_outreach(found, tmp_path / "visits")
    assert pl.read_parquet(table).equals(found.households)
    sheet = openpyxl.load_workbook(book).active
    rows = list(sheet.iter_rows(values_only=True))
    assert "推定不作为认定依据" in str(rows[0][0])
    assert rows[1][:3] == ("村居", "走访次序", "家庭编号")
    assert {row[2] for row in rows[2:4]} == {"sure", "unsure"}
