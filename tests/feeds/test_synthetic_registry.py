"""What civil affairs holds itself: as old as it is in life, and silent about what is hidden."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from doudi.facts.register import read_register
from doudi.feeds.contract_model import FeedError
from doudi.feeds.synthetic import write_registry
from doudi.population import World, world_of
from tests.feeds.worlds import BEGINS, ENDS, small_world

TABLES = ("persons", "households", "supporters", "assets", "expenses", "holdings")
AID: dict[str, Any] = {
    "programme": "dibao", "band": "a", "monthly": 50_000, "since": date(2025, 1, 1), "household_id": "h1", "holding_id": "g2",
}  # fmt: skip


def registry(world: World, folder: Path, on: date = ENDS) -> dict[str, pl.DataFrame]:
    """Its tables by their names below the folder."""
    return {
        path.relative_to(folder).with_suffix("").as_posix(): pl.read_parquet(path)
        for path in write_registry(world, folder, on)
    }


@cache
def county() -> World:
    """A county of 2,000 persons."""
    return world_of(2_000)


def test_the_people_are_those_of_the_last_survey(tmp_path: Path):
    people = registry(small_world(), tmp_path)["identities"]
    assert "p6" not in people["person_id"].to_list(), "born after the survey"
    assert "p11" in people["person_id"].to_list(), "left after the survey"
    assert people.columns == [
        "person_id", "household_id", "relation", "id_number", "name", "sex", "born", "village", "since", "until",
    ]  # fmt: skip
    assert people["person_id"].is_unique().all()


def test_the_dead_are_still_there_if_they_died_after_the_survey(tmp_path: Path):
    people = registry(small_world(), tmp_path, date(2026, 5, 31))["identities"]
    assert people.filter(pl.col("person_id") == "p7").select("household_id", "relation", "until").row(0) == (
        "h2",
        "head",
        None,
    )


def test_those_for_whom_aid_is_paid_are_known_however_long_they_have_been_gone(tmp_path: Path):
    tables = registry(county(), tmp_path, county().ends)
    wrong = county()["planted"].filter(pl.col("kind").is_in(["paid_dead", "paid_moved"]))
    known = tables["identities"]
    assert wrong.height > 0
    assert set(wrong["household_id"]) <= set(known["household_id"])
    assert set(wrong["person_id"].drop_nulls()) <= set(known["person_id"])
    assert set(wrong["household_id"]) <= set(tables["declared/persons"]["household_id"])


def test_only_households_that_hold_aid_or_applied_are_declared(tmp_path: Path):
    tables = registry(small_world(), tmp_path)
    homes = tables["declared/households"]
    assert homes["household_id"].to_list() == ["h1", "h2"]
    assert homes["ever_applied"].all()
    assert homes["declared_on"].is_between(date(2025, 7, 1), date(2026, 4, 1)).all()
    assert set(tables["declared/persons"]["household_id"]) == {"h1", "h2"}


def test_what_a_household_hides_is_not_declared(tmp_path: Path):
    found = registry(small_world(holdings=[AID]), tmp_path)["declared/assets"]
    assert found.select("kind", "value").rows() == [("business", Decimal("30000.00"))]


def test_the_roll_still_pays_for_the_dead(tmp_path: Path):
    held = registry(small_world(), tmp_path)["declared/holdings"]
    assert held.rows() == [("h2", None, "dibao", Decimal("900.00"), date(2023, 1, 1))]


def test_silent_households_are_unknown_to_civil_affairs(tmp_path: Path):
    tables = registry(county(), tmp_path, county().ends)
    silent = set(county()["planted"].filter(pl.col("kind") == "silent")["household_id"])
    declared = set(tables["declared/households"]["household_id"])
    held = set(county()["holdings"]["household_id"])
    assert not silent & declared
    assert len(declared - held) > 0
    assert set(tables["declared/holdings"]["household_id"]) <= held


def test_what_is_declared_is_a_register_as_the_law_reads_it(tmp_path: Path):
    tables = registry(county(), tmp_path, county().ends)
    homes = tables["declared/households"].drop("declared_on")
    homes.write_parquet(tmp_path / "declared" / "households.parquet")
    read = read_register(tmp_path / "declared", county().ends)
    assert dict(read.problem_counts) == {}
    assert read.counts["household"] == homes.height > 0


def test_the_same_seed_gives_the_same_registry(tmp_path: Path):
    first, again = (registry(county(), tmp_path / name, county().ends) for name in ("first", "again"))
    assert all(first[name].equals(again[name]) for name in first)
    assert sorted(first) == sorted(["identities", "households", *(f"declared/{name}" for name in TABLES)])


def test_a_county_without_aid_has_empty_declarations(tmp_path: Path):
    tables = registry(small_world(holdings=[], temporary_aid=[]), tmp_path)
    assert {name: tables[f"declared/{name}"].height for name in TABLES} == dict.fromkeys(TABLES, 0)
    assert "declared_on" in tables["declared/households"].columns


@pytest.mark.parametrize("day", [BEGINS, date(2027, 1, 1)])
def test_a_day_without_a_survey_before_it_is_refused(tmp_path: Path, day: date):
    with pytest.raises(FeedError):
        write_registry(small_world(), tmp_path, day)
