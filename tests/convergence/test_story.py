"""Five thousand persons of two registers (story 5): every one is found where the facts that were planted lead to."""

from __future__ import annotations

from fractions import Fraction

import polars as pl
import pytest

from doudi.convergence.synthetic import Plan
from doudi.hardship.measures import shown
from tests.convergence.conftest import Made, made_one


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made_one(tmp_path_factory.mktemp("county"), Plan())


def test_every_person_is_placed_as_the_planted_facts_lead(county: Made) -> None:
    told = county.told
    assert told.height == 5_080
    same = pl.all_horizontal(
        pl.col(name).eq_missing(pl.col(f"{name}_true")) for name in ("place", "tier", "reason")
    )
    assert (
        told.filter(~same)
        .select("line", "place", "place_true", "reason", "reason_true", "tier", "tier_true")
        .is_empty()
    )


def test_every_match_is_the_person_who_was_meant(county: Made) -> None:
    matched = county.told.filter(pl.col("person_id").is_not_null())
    assert matched.height > 5_000
    assert (matched["person_id"] == matched["person_id_true"]).all()


def test_the_numbers_are_those_of_the_county(county: Made) -> None:
    count = county.found.summary["proposed"]
    assert {name: count[name] for name in ("persons", "covered", "new", "exit", "open")} == {
        "persons": 5_080, "covered": 4_072, "new": 356, "exit": 579, "open": 73,
    }  # fmt: skip
    before, after = Fraction(count["before"]), Fraction(count["after"])
    assert (before, after) == (Fraction(4_072, 5_080), Fraction(4_428, 4_501))
    assert (shown(before), shown(after)) == ("80.16%", "98.38%")
    assert sum(county.found.summary["open"].values()) == 73


def test_the_numbers_of_every_part_add_up_to_the_whole(county: Made) -> None:
    told = county.found.summary
    for part in ("kinds", "villages"):
        for name in ("persons", "covered", "new", "exit", "open"):
            assert sum(count[name] for count in told[part].values()) == told["proposed"][name], (part, name)
    assert sum(tier["before"] for tier in told["tiers"].values()) == told["proposed"]["covered"]
    assert sum(tier["after"] - tier["before"] for tier in told["tiers"].values()) == told["proposed"]["new"]
    assert sum(told["states"].values()) == told["proposed"]["persons"]
    rows = told["rows"]
    assert rows["read"] == rows["accepted"] + rows["set_aside"] + rows["blank_or_note"] + rows["superseded"]
    assert rows["accepted"] == rows["persons"] + rows["repeated"]


def test_everyone_who_is_open_has_a_reason_and_what_is_missing_is_named(county: Made) -> None:
    open_ = county.found.rows.filter(pl.col("place") == "open")
    assert open_["reason"].null_count() == 0
    missing = open_.filter(pl.col("reason") == "fact_missing")
    assert (missing["missing"].str.len_chars() > 0).all()
    assert (missing["missing_zh"].str.contains("工资性收入")).all()


def test_those_taken_in_and_those_who_leave_are_told_why_with_articles(county: Made) -> None:
    rows = county.found.rows.filter(pl.col("place").is_in(["new", "exit"]))
    assert (rows["sentence"].str.len_chars() > 0).all()
    assert (rows["articles"].str.contains("社会救助法")).all()
    watched = rows.filter(pl.col("place") == "exit")["watch_until"].unique().to_list()
    assert [str(each) for each in watched] == ["2027-08-01"]


def test_one_visit_goes_to_a_household_that_both_registers_name(county: Made) -> None:
    survey = county.found.survey
    assert survey.tasks["task_id"].is_unique().all()
    assert survey.tasks["in_list"].sum() == 5_080
    assert survey.tasks["in_base"].sum() == county.found.received.base.height
    both = survey.tasks.filter((pl.col("in_list") > 0) & (pl.col("in_base") > 0)).height
    assert survey.before - survey.tasks.height == both
