"""The load test of the web application: its county is one of many different people, and its figures are those of the requests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
from bench.web_county import multiply
from bench.web_load import percentile
from tests.web.registry.county import Home, Somebody, id_number, write, write_registry

from doudi.linkage.ids import with_ids

BORN = date(1980, 2, 3)


def county(folder: Path) -> Path:
    """A county of two households."""
    homes = [
        Home("h1", "清泉镇柳沟村", [
            Somebody("p1", "单小云", id_number=id_number(BORN, 11), facts={"wage": "6000.00"}),
            Somebody("p2", "李红", "spouse", id_number=id_number(BORN, 12)),
        ], items=[{"entity": "asset", "person_id": "p1", "kind": "deposit", "value": "3000.00", "purpose": "none"}]),
        Home("h2", "白塬镇清沟村", [Somebody("p3", "王秀英")]),
    ]  # fmt: skip
    write(folder / "one" / "evidence", homes)
    write_registry(folder / "one" / "registry", homes)
    multiply(folder / "one", folder / "many", 3)
    return folder / "many"


def test_every_copy_has_people_households_and_townships_of_its_own(tmp_path: Path):
    many = county(tmp_path)
    people = pl.read_parquet(many / "evidence" / "people.parquet")
    assert (people.height, people["person_id"].n_unique(), people["household_id"].n_unique()) == (9, 9, 6)
    assert {"东清泉镇柳沟村", "西清泉镇柳沟村", "南白塬镇清沟村"} <= set(people["village"])
    assert people["village"].n_unique() == 6
    ids = with_ids(people.filter(pl.col("id_number").is_not_null()), "id_number")
    assert ids["id_number"].n_unique() == 6
    assert ids["id_verified"].all()
    assert ids["id_number"].str.starts_with("99").all()


def test_facts_items_and_addresses_belong_to_the_people_of_their_copy(tmp_path: Path):
    many = county(tmp_path)
    people = pl.read_parquet(many / "evidence" / "people.parquet")
    facts = pl.read_parquet(many / "evidence" / "facts.parquet")
    wages = facts.filter(pl.col("fact") == "wage", pl.col("value") == "6000.00")
    assert wages["subject_id"].to_list() == sorted(f"p1{copy:02x}" for copy in range(3))
    homes = facts.filter(pl.col("fact") == "household_id").select(person_id="subject_id", told="value")
    joined = people.join(homes, on="person_id")
    assert (joined["household_id"] == joined["told"]).all()
    items = pl.read_parquet(many / "evidence" / "items.parquet")
    assert set(items["household_id"]) == {f"h1{copy:02x}" for copy in range(3)}
    addresses = pl.read_parquet(many / "registry" / "households.parquet")
    assert set(addresses["household_id"]) == set(people["household_id"])


def test_a_percentile_is_that_of_all_requests_of_a_kind():
    found = [
        {"name": "read list", "times": {"10": 90, "100": 5}, "errors": 0},
        {"name": "read file", "times": {"20": 4, "900": 1}, "errors": 0},
        {"name": "write note", "times": {"5000": 1}, "errors": 1},
    ]
    assert [percentile(found, "read", share) for share in (0.5, 0.9, 0.95, 0.99, 1.0)] == [
        10,
        10,
        100,
        100,
        900,
    ]
    assert percentile(found, "write", 0.95) == 5000
    assert percentile(found, "nothing", 0.95) == 0.0
