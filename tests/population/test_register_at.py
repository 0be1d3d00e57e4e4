"""The register of a day agrees with one written down row by row, and with what the law finds in it."""

from datetime import date

import polars as pl
import pytest

from doudi.population import World, register_at, world_of, write
from tests.population import reference

DAYS = (date(2025, 8, 1), date(2026, 1, 15), date(2026, 2, 28), date(2026, 7, 31))


@pytest.fixture(scope="module")
def small() -> World:
    """A world of 700 persons."""
    return world_of(700, seed=11)


@pytest.fixture(scope="module", params=DAYS, ids=str)
def both(request, small):
    """The register of a day and the persons of the slow one."""
    return request.param, register_at(small, request.param), reference.persons(small, request.param)


def test_persons_and_their_incomes_agree(both):
    _, register, expected = both
    found = {row.pop("person_id"): row for row in register["persons"].to_dicts()}
    assert set(found) == set(expected)
    for key, row in expected.items():
        assert {name: found[key][name] for name in row} == row


def test_assets_agree(small, both):
    day, register, people = both
    found = register["assets"].select("household_id", "person_id", "kind", "value", "purpose")
    assert sorted(found.rows()) == reference.assets(small, day, people)


def test_expenses_agree(small, both):
    day, register, people = both
    found = register["expenses"].select(
        "household_id", pl.col("person_id").fill_null(""), "kind", "amount", "paid_on"
    )
    assert sorted(found.rows()) == reference.expenses(small, day, people)


def test_holdings_agree(small, both):
    day, register, people = both
    found = register["holdings"].select(
        "household_id", pl.col("person_id").fill_null(""), "programme", "monthly", "since"
    )
    assert sorted(found.rows()) == reference.holdings(small, day, people)


def test_households_are_those_in_which_someone_lives(small, both):
    day, register, people = both
    assert set(register["households"]["household_id"]) == {row["household_id"] for row in people.values()}
    marked = {
        row["household_id"] for row in reference.rows_of(small, "monitored") if reference.lasts(row, day)
    }
    found = register["households"].filter(pl.col("monitored_mark") != "none")["household_id"]
    assert set(found) == marked & set(register["households"]["household_id"])


def test_a_day_outside_the_history_is_refused(small):
    for day in (date(2024, 7, 31), date(2026, 8, 1)):
        with pytest.raises(ValueError, match="not in it"):
            register_at(small, day)


def test_coresidence_counts_from_joining_the_others_and_not_from_a_move_of_all_or_from_birth(world):
    joined = register_at(world, world.ends)["persons"].join(
        world["memberships"].select("person_id", "household_id", "began", "since"),
        on=["person_id", "household_id"],
    )
    brides = joined.filter(pl.col("began") == "marriage")
    assert brides.height > 5
    assert (brides["coresidence_months"] < 25).all()
    assert (joined.filter(pl.col("began") == "birth")["coresidence_months"] == 1_200).all()


@pytest.fixture(scope="module")
def found(tmp_path_factory, world):
    """What the law of the demonstration county finds in the true register of the last day, with what was planted."""
    from doudi.assessment.run import run_register

    folder = tmp_path_factory.mktemp("law")
    write(register_at(world, world.ends), folder / "register")
    run_register(folder / "register", world.region, world.ends, folder / "out", files=("tables",))
    determined = pl.read_parquet(folder / "out" / "determinations.parquet").with_columns(
        pl.col("tier", "held").cast(pl.String)
    )
    planted = world["planted"].filter(pl.col("kind").is_in(["silent", "means_hidden"]))
    return determined.join(planted.select("household_id", "kind"), on="household_id", how="left")


def test_the_law_finds_the_planted_silent_eligible_for_dibao_or_as_tekun_and_holding_nothing(found):
    silent = found.filter(pl.col("kind") == "silent")
    assert silent.height > 30
    assert silent["held"].null_count() == silent.height
    assert silent["tier"].is_in(["dibao", "tekun"]).fill_null(False).mean() >= 0.97


def test_the_law_finds_hardly_anyone_else_eligible_without_aid(found):
    others = found.filter(pl.col("kind").is_null() & pl.col("held").is_null())
    assert (others["tier"].is_null() | (others["tier"] != "none")).sum() <= 5


def test_the_law_finds_most_holders_in_the_tier_that_they_hold(found):
    held = found.filter(pl.col("held").is_in(["dibao", "tekun"]) & pl.col("kind").is_null())
    assert held.height > 150
    assert (held["tier"] == held["held"]).fill_null(False).mean() > 0.97


def test_the_law_finds_nobody_who_hides_means_eligible_by_what_is_true(found):
    hiding = found.filter(pl.col("kind") == "means_hidden")
    assert hiding.height >= 5
    assert set(hiding["tier"]) == {"none"}


def test_the_law_finds_amounts_of_dibao_mostly_as_the_law_has_them(found):
    right = found.filter(pl.col("tier").is_in(["dibao", "tekun"]) & (pl.col("tier") == pl.col("held")))
    assert (right["monthly_total"] == right["held_monthly"]).mean() > 0.9
