"""A world holds together: families, spells, deaths and moves, money and aid agree with one another at every day."""

from datetime import date, timedelta

import polars as pl
import pytest

from doudi.population.world import on

SPELLS = (
    "memberships", "marriages", "studies", "disabilities", "illnesses", "absences", "jobs", "receipts", "owned",
    "holdings", "monitored",
)  # fmt: skip
DAYS = (date(2024, 9, 15), date(2025, 3, 1), date(2025, 12, 31), date(2026, 7, 31))
FAR, LONG_AGO = date(2100, 1, 1), date(1800, 1, 1)


def overlapping(spells: pl.DataFrame, *key: str) -> pl.DataFrame:
    """Spells of one key of which one begins before the one before has ended."""
    filled = spells.with_columns(pl.col("since").fill_null(LONG_AGO), pl.col("until").fill_null(FAR))
    ordered = filled.sort(*key, "since", "until")
    return ordered.filter((pl.col("since") < pl.col("until").shift().over(key)).fill_null(False))


def later_than(left: str, right: str) -> pl.Expr:
    return (pl.col(left) > pl.col(right)).fill_null(False)


@pytest.mark.parametrize("table", SPELLS)
def test_a_spell_ends_after_it_began_and_nothing_happens_after_the_last_day(world, table):
    spells = world[table]
    assert spells.filter((pl.col("since") >= pl.col("until")).fill_null(False)).is_empty()
    assert spells.filter((pl.col("since") > world.ends).fill_null(False)).is_empty()
    assert spells.filter((pl.col("until") > world.ends + timedelta(days=1)).fill_null(False)).is_empty()


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("persons", "born"), ("persons", "died_on"), ("bills", "settled_on"), ("bills", "admitted_on"),
        ("expenses", "paid_on"), ("one_offs", "day"), ("incidents", "day"), ("temporary_aid", "granted_on"), ("planted", "day"),
    ],
)  # fmt: skip
def test_no_day_lies_after_the_last_one(world, table, column):
    assert world[table][column].max() <= world.ends


def test_nobody_lives_in_two_households_at_once(world):
    assert overlapping(world["memberships"], "person_id").is_empty()


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_household_has_exactly_one_head_and_at_most_one_spouse_on_each_day(world, day):
    members = world["memberships"].filter(on(day)).group_by("household_id")
    counted = members.agg(
        heads=(pl.col("relation") == "head").sum(), spouses=(pl.col("relation") == "spouse").sum()
    )
    assert counted.filter((pl.col("heads") != 1) | (pl.col("spouses") > 1)).is_empty()


def test_who_dies_leaves_the_household_on_that_day_and_the_other_way_round(world):
    left = world["memberships"].filter(pl.col("ended") == "death").select("person_id", "until")
    dead = world["persons"].filter(pl.col("died_on").is_not_null()).select("person_id", "died_on")
    both = left.join(dead, on="person_id", how="full", coalesce=True)
    assert both.height == left.height == dead.height > 50
    assert (both["until"] == both["died_on"]).all()


@pytest.mark.parametrize(
    "table",
    [
        "memberships",
        "marriages",
        "studies",
        "disabilities",
        "illnesses",
        "absences",
        "jobs",
        "receipts",
        "owned",
    ],
)
def test_nothing_of_the_dead_goes_on(world, table):
    dead = world["persons"].filter(pl.col("died_on").is_not_null()).select("person_id", "died_on")
    spells = world[table].join(dead, on="person_id")
    assert spells.filter(pl.col("until").is_null() | later_than("until", "died_on")).is_empty()


def test_nobody_is_billed_after_death_or_before_birth(world):
    bills = world["bills"].join(world["persons"], on="person_id")
    assert bills.filter(later_than("settled_on", "died_on") | later_than("born", "admitted_on")).is_empty()


def test_newborn_children_join_on_the_day_of_birth(world):
    newborn = world["persons"].filter(pl.col("born") >= world.begins)
    joined = newborn.join(world["memberships"], on="person_id")
    born_here = joined.filter(pl.col("began") == "birth")
    assert (born_here["since"] == born_here["born"]).all()
    assert set(joined["began"].unique()) <= {"birth", "move_in"}
    assert born_here.height > 200


def test_a_mother_is_a_woman_16_to_49_years_older(world):
    mothers = world["persons"].select(mother_id="person_id", sex_of_mother="sex", born_mother="born")
    children = world["persons"].join(mothers, on="mother_id")
    years = (pl.col("born") - pl.col("born_mother")).dt.total_days() / 365.2425
    assert children.height > 4_000
    assert (children["sex_of_mother"] == "female").all()
    assert children.filter((years < 16) | (years >= 50)).is_empty()


def test_a_father_is_a_man_and_not_his_own_child(world):
    fathers = world["persons"].select(father_id="person_id", sex_of_father="sex", born_father="born")
    children = world["persons"].join(fathers, on="father_id")
    assert (children["sex_of_father"] == "male").all()
    assert (children["born"] > children["born_father"]).all()
    assert world["persons"].filter(pl.col("mother_id") == pl.col("father_id")).is_empty()


def test_everybody_has_one_marital_state_on_each_day(world):
    assert overlapping(world["marriages"], "person_id").is_empty()
    assert world["marriages"]["person_id"].n_unique() == world["persons"].height


def test_the_spells_of_husband_and_wife_match(world):
    married = world["marriages"].filter(pl.col("spouse_id").is_not_null())
    mirrored = married.select(
        person_id="spouse_id", spouse_id="person_id", since_too="since", until_too="until"
    )
    both = married.join(mirrored, on=["person_id", "spouse_id"], how="left")
    assert set(married["marital"]) == {"married"}
    assert both["since_too"].eq_missing(both["since"]).all()
    leaves = world["memberships"].filter(pl.col("ended") == "move_out").select("person_id", left="until")
    here = both.join(leaves, on="person_id", how="anti").join(
        leaves.rename({"person_id": "spouse_id"}), on="spouse_id", how="anti"
    )
    assert here["until_too"].eq_missing(here["until"]).all()


def test_spouses_are_of_different_sex_and_grown(world):
    people = world["persons"].select("person_id", "sex", "born")
    pairs = (
        world["marriages"].filter(pl.col("spouse_id").is_not_null())
        .join(people, on="person_id").join(people, left_on="spouse_id", right_on="person_id", suffix="_spouse")
    )  # fmt: skip
    assert (pairs["sex"] != pairs["sex_spouse"]).all()
    assert pairs["born"].max() < date(2006, 9, 1)


def test_a_bill_is_the_sum_of_its_parts(world):
    parts = pl.sum_horizontal("pooled", "serious", "aid", "own")
    assert world["bills"].filter(pl.col("total") != parts).is_empty()
    assert world["bills"].filter(pl.min_horizontal("pooled", "serious", "aid", "own") < 0).is_empty()
    assert world["bills"].filter(pl.col("admitted_on") > pl.col("settled_on")).is_empty()
    assert (world["bills"]["aid"] > 0).sum() > 50


def test_holdings_of_households_that_left_end_in_the_month_after_or_are_planted(world):
    left = (
        world["memberships"].group_by("household_id")
        .agg(gone=pl.col("until").max(), open=pl.col("until").null_count()).filter(pl.col("open") == 0)
    )  # fmt: skip
    held = world["holdings"].join(left, on="household_id")
    planted = (
        world["planted"].filter(pl.col("kind").is_in(["paid_dead", "paid_moved"])).select("household_id")
    )
    going_on = held.filter(pl.col("until").is_null())
    assert going_on.join(planted, on="household_id", how="anti").is_empty()
    assert going_on.height > 0
    ended = (
        held.filter(pl.col("until").is_not_null())
        .group_by("holding_id")
        .agg(pl.col("until").max(), pl.col("gone").first())
    )
    ended = ended.join(going_on, on="holding_id", how="anti")
    lateness = (ended["until"] - ended["gone"]).dt.total_days()
    assert ended.filter(pl.col("until") < pl.col("gone")).is_empty()
    assert (lateness <= 31).mean() > 0.6


def test_amounts_of_one_holding_follow_one_another_without_gap_or_overlap(world):
    held = world["holdings"].sort("holding_id", "since")
    before = held.with_columns(before=pl.col("until").shift().over("holding_id"))
    assert before.filter(pl.col("before").is_not_null() & (pl.col("before") != pl.col("since"))).is_empty()
    assert held.filter(pl.col("monthly") % 100 != 0).is_empty()
    assert held.filter(pl.col("since").is_null()).is_empty()


@pytest.mark.parametrize(
    ("table", "column", "other"),
    [
        ("memberships", "person_id", "persons"), ("memberships", "household_id", "households"),
        ("persons", "mother_id", "persons"), ("persons", "father_id", "persons"), ("marriages", "spouse_id", "persons"),
        ("owned", "household_id", "households"), ("bills", "person_id", "persons"), ("jobs", "person_id", "persons"),
        ("receipts", "person_id", "persons"), ("supporters", "person_id", "persons"), ("expenses", "household_id", "households"),
        ("holdings", "household_id", "households"), ("holdings", "person_id", "persons"), ("planted", "household_id", "households"),
        ("planted", "person_id", "persons"), ("incidents", "person_id", "persons"), ("studies", "person_id", "persons"),
    ],
)  # fmt: skip
def test_every_link_leads_to_a_row(world, table, column, other):
    key = "person_id" if other == "persons" else "household_id"
    linked = world[table][column].drop_nulls()
    assert linked.len() > 0
    assert linked.is_in(world[other][key].implode()).all()


def test_whoever_owns_something_lives_in_the_household_or_did(world):
    lived = world["memberships"].select("person_id", "household_id").unique()
    assert world["owned"].join(lived, on=["person_id", "household_id"], how="anti").is_empty()


def test_pupils_and_workers_are_of_the_age_for_it(world):
    jobs = world["jobs"].join(world["persons"], on="person_id")
    assert (world.ends.year - jobs["born"].dt.year()).min() >= 16
    primary = (
        world["studies"]
        .filter(on(world.ends) & (pl.col("study") == "primary"))
        .join(world["persons"], on="person_id")
    )
    years = (world.ends.year - primary["born"].dt.year()).unique()
    assert years.min() >= 6
    assert years.max() <= 13


def test_people_turn_60_and_draw_a_pension_from_the_month_after(world):
    pensions = world["receipts"].filter(pl.col("kind") == "resident").join(world["persons"], on="person_id")
    first = pensions.group_by("person_id").agg(pl.col("since").min(), pl.col("born").first())
    sixtieth = pl.col("born").dt.offset_by("60y").dt.offset_by("1mo").dt.month_start()
    lately = first.filter(pl.col("since") > world.begins)
    assert lately.height > 100
    assert lately.filter((pl.col("since") != sixtieth) & (pl.col("since").dt.month() != 1)).is_empty()


def test_the_central_pension_rises_by_year(world):
    central = (
        world["receipts"]
        .filter(pl.col("kind") == "resident")
        .select("central", year=pl.col("until").dt.year())
    )
    assert set(central["central"]) == {12_300, 14_300, 16_300}


def test_every_kind_of_event_happens(world):
    assert set(world["incidents"]["kind"]) == {
        "illness", "accident", "fire", "disaster", "job_loss", "death_of_earner", "crime",
    }  # fmt: skip
    assert set(world["memberships"]["began"]) == {"resident", "birth", "move_in", "marriage", "relation"}
    assert set(world["memberships"]["ended"].drop_nulls()) >= {"death", "move_out", "relation"}
    assert set(world["planted"]["kind"]) == {"silent", "paid_dead", "paid_moved", "means_hidden", "urgent"}
    assert set(world["holdings"]["programme"]) == {
        "dibao", "single_dibao", "tekun", "low_margin", "rigid", "other_aid",
    }  # fmt: skip


def test_those_who_hide_hold_dibao_and_own_something_hidden(world):
    hiding = world["planted"].filter(pl.col("kind") == "means_hidden")["household_id"]
    hidden = world["owned"].filter(pl.col("hidden"))
    assert set(hidden["household_id"]) == set(hiding)
    dibao = world["holdings"].filter(on(world.ends) & (pl.col("programme") == "dibao"))["household_id"]
    assert set(hiding) <= set(dibao)
    assert {"deposit", "vehicle"} <= set(hidden["kind"])


def test_the_silent_hold_nothing_and_never_did(world):
    silent = world["planted"].filter(pl.col("kind") == "silent")["household_id"]
    assert silent.len() > 20
    assert not silent.is_in(world["holdings"]["household_id"].implode()).any()
