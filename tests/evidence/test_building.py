"""A build from registry and landed files: who lives where, what is known, what is not, and that the counts add up."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from doudi.evidence import Built, EvidenceError, build
from doudi.evidence.registry import read_registry
from doudi.evidence.schema import FACTS, ITEMS, LINKS, PEOPLE
from doudi.facts.register import read_register
from tests.evidence.conftest import DAY, County

Row = dict[str, Any]


def table(built: Built, name: str) -> pl.DataFrame:
    return pl.read_parquet(built.folder / f"{name}.parquet")


def someone(built: Built, person: str) -> Row:
    rows = table(built, "people").filter(pl.col("person_id") == person)
    assert rows.height == 1
    return rows.row(0, named=True)


def fact(built: Built, subject_id: str, name: str) -> list[tuple[str | None, str, bool, str]]:
    rows = table(built, "facts").filter(pl.col("subject_id") == subject_id, pl.col("fact") == name)
    return rows.select("value", "source", "used", "rule").rows()


def newcomer(built: Built, name: str) -> Row:
    rows = table(built, "people").filter(pl.col("name") == name)
    assert rows.height == 1
    return rows.row(0, named=True)


def test_a_death_reported_three_times_is_one_death(built: Built) -> None:
    dead = someone(built, "p-old")
    assert (dead["state"], dead["ended_on"], dead["source"]) == ("died", date(2026, 5, 3), "deaths")
    assert len(dead["row_ids"]) == 2, "the correction of the death, and the cremation"
    assert built.sources["people"]["died"] == 1
    assert table(built, "register/persons").filter(pl.col("person_id") == "p-old").is_empty()
    assert table(built, "facts").filter(pl.col("subject_id") == "p-old").is_empty()


def test_his_widow_is_head_and_widowed(built: Built) -> None:
    assert someone(built, "p-widow")["relation"] == "head"
    assert ("widowed", "deaths", True, "first_source") in fact(built, "p-widow", "marital")
    assert ("married", "residents", False, "later_source") in fact(built, "p-widow", "marital")


def test_a_newborn_child_lives_with_its_mother(built: Built) -> None:
    child = newcomer(built, "吴小满")
    assert (child["household_id"], child["relation"], child["source"]) == ("h4", "child", "births")
    assert child["born"] == child["since"] == date(2026, 4, 3)


def test_who_stands_newly_in_a_booklet_belongs_to_its_household(built: Built) -> None:
    incomer = newcomer(built, "郑新来")
    assert (incomer["household_id"], incomer["relation"], incomer["source"]) == (
        "h2",
        "child_in_law",
        "residents",
    )


def test_who_moved_away_is_gone_and_so_is_the_empty_household(built: Built) -> None:
    assert (someone(built, "p-leaver")["state"], someone(built, "p-leaver")["source"]) == ("left", "moves")
    assert table(built, "register/households")["household_id"].to_list() == ["h1", "h2", "h4"]


def test_the_other_name_goes_to_review_and_gives_no_fact(built: Built) -> None:
    links = table(built, "links/disability")
    assert sorted(links["zone"]) == ["link", "review"]
    assert fact(built, "p-li", "disability") == [(None, "disability", False, "in_review")]
    assert fact(built, "p-son", "disability") == [("sight", "disability", True, "only_source")]
    assert fact(built, "p-mother", "disability") == [("none", "disability", True, "not_listed")]
    persons = table(built, "register/persons")
    assert persons.filter(pl.col("person_id") == "p-li")["disability"].to_list() == [None]


def test_rows_of_strangers_are_counted_and_nobodys(built: Built) -> None:
    named = built.sources["feeds"]["pensions"]["named"]["person"]
    assert named == {"linked": 12, "review": 0, "nobody": 12, "unnamed": 0}


def test_rows_by_outcome_add_up_for_every_feed(built: Built) -> None:
    for name, feed in built.sources["feeds"].items():
        if feed["read"]:
            assert all(sum(part.values()) == feed["rows"] for part in feed["named"].values()), name
    assert built.sources["feeds"]["vehicles"]["state"] == "never"
    assert built.sources["feeds"]["bank_balances"]["read"] is False
    assert json.loads((built.folder / "sources.json").read_text("utf-8")) == built.sources


def test_known_and_unknown_add_up_for_every_fact(built: Built) -> None:
    for name, count in built.sources["facts"].items():
        size = 3 if name.startswith("household.") else 7
        assert count["known"] + count["unknown"] == size, name


def test_what_no_feed_told_stays_a_gap_and_what_a_fresh_feed_leaves_out_is_known(built: Built) -> None:
    persons = table(built, "register/persons").filter(pl.col("person_id") == "p-son")
    assert persons["pension"].cast(pl.String).to_list() == ["0.00"]
    assert persons["wage"].to_list() == [None]
    assert persons["elder_allowance"].to_list() == [None], "that feed never came"


def test_the_tables_are_as_the_schema_says(built: Built) -> None:
    for name, schema in (
        ("facts", FACTS),
        ("presumed", FACTS),
        ("items", ITEMS),
        ("people", PEOPLE),
        ("links/pensions", LINKS),
    ):
        assert dict(table(built, name).schema) == dict(schema), name
    used = table(built, "facts").filter("used").group_by("subject", "subject_id", "fact").len()
    assert used["len"].max() == 1


def test_both_registers_are_read_without_a_fault(built: Built) -> None:
    for folder in (built.register, built.pointing):
        register = read_register(folder, DAY)
        assert register.counts["person"] == 7
        assert register.counts["household"] == 3
        assert sum(aside.height for aside in register.set_aside.values()) == 0
        assert not register.problems


def test_what_is_presumed_is_in_the_pointing_register_alone(built: Built) -> None:
    pointing = table(built, "pointing/persons").filter(pl.col("person_id") == "p-son")
    assert pointing["wage"].cast(pl.String).to_list() == ["18000.00"]
    presumed = table(built, "presumed").filter(pl.col("subject_id") == "p-son", pl.col("fact") == "wage")
    assert presumed.select("value", "source", "rule").rows() == [
        ("18000.00", "presumed", "pay_of_able_rural")
    ]
    assert "presumed" not in table(built, "facts")["source"].to_list()
    known, filled = table(built, "register/persons"), table(built, "pointing/persons")
    for column in known.columns:
        told = known[column].is_not_null() & (known[column].cast(pl.String) != "unknown")
        assert known.filter(told)[column].equals(filled.filter(told)[column]), column


def test_a_declared_deposit_is_an_item(built: Built) -> None:
    row = table(built, "items").row(0, named=True)
    assert (row["source"], row["kind"], row["used"], row["rule"]) == (
        "declared",
        "deposit",
        True,
        "only_source",
    )


def test_an_earlier_day_knows_only_what_had_come_by_then(county: County, tmp_path: Path) -> None:
    early = build(county.registry, county.store, date(2026, 6, 30), tmp_path / "out")
    assert early.sources["people"] == {
        "known": 7, "present": 6, "died": 1, "left": 0, "unplaced": 0, "households": 4,
    }  # fmt: skip
    assert len(someone(early, "p-old")["row_ids"]) == 1
    assert {feed["state"] for feed in early.sources["feeds"].values()} == {"fresh", "never", "on_request"}
    assert early.sources["feeds"]["pensions"]["state"] == "never"
    assert not (tmp_path / "out" / "pointing").exists()


def test_a_build_twice_gives_the_same_bytes(county: County, built: Built, tmp_path: Path) -> None:
    again = build(county.registry, county.store, DAY, tmp_path / "out", presume=True)
    files = sorted(path.relative_to(built.folder) for path in built.folder.rglob("*") if path.is_file())
    assert files == sorted(
        path.relative_to(again.folder) for path in again.folder.rglob("*") if path.is_file()
    )
    assert [
        str(path)
        for path in files
        if (built.folder / path).read_bytes() != (again.folder / path).read_bytes()
    ] == []
    third = build(county.registry, county.store, DAY, tmp_path / "out", presume=True)
    differing = [
        str(path)
        for path in files
        if (built.folder / path).read_bytes() != (third.folder / path).read_bytes()
    ]
    assert [path for path in differing if not path.startswith("links/sayings")] == []


def test_a_decision_of_a_person_makes_a_fact_of_a_row_in_review(
    county: County, built: Built, tmp_path: Path
) -> None:
    mention = table(built, "links/disability").filter(pl.col("zone") == "review")["mention"][0]
    decisions = pl.DataFrame(
        {"row_id": [mention], "person_id": ["p-li"], "decision": ["link"]},
    ).with_columns(pl.lit(None, pl.String).alias(name) for name in ("by", "on", "note", "fingerprint"))
    decided = build(county.registry, county.store, DAY, tmp_path / "out", decisions=decisions)
    assert fact(decided, "p-li", "disability") == [("limb", "disability", True, "only_source")]


def test_faults_of_a_registry_are_told_together(tmp_path: Path) -> None:
    pl.DataFrame({"household_id": ["h1", "h1"]}).write_parquet(tmp_path / "households.parquet")
    with pytest.raises(EvidenceError) as error:
        read_registry(tmp_path, DAY)
    codes = [problem.code for problem in error.value.problems]
    assert codes.count("evidence.no_table") == 1
    assert codes.count("evidence.no_column") == 3
    assert all(problem.zh and problem.en for problem in error.value.problems)
