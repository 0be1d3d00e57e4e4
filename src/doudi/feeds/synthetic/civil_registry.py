"""What household registration knows: the booklets, births, deaths and moves, each weeks after it happened."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from doudi.feeds.synthetic.county import County, later, within

_MARITAL_BEHIND = timedelta(days=180)
_ELSEWHERE = "外县"


def residents(county: County, day: date) -> pl.DataFrame:
    """The booklets as they stand: the dead until they are struck off, the newborn once they are entered."""
    spells = _registered(county)
    spells = spells.filter(
        (pl.col("entered_on").is_null() | (pl.col("entered_on") <= day))
        & (pl.col("struck_on").is_null() | (pl.col("struck_on") > day))
        & (pl.col("since").is_null() | (pl.col("since") <= day))
    ).unique("person_id", keep="last", maintain_order=True)
    states = county.world["marriages"].filter(within(day - _MARITAL_BEHIND)).unique("person_id", keep="last")
    rows = spells.join(states.select("person_id", "marital"), on="person_id", how="left")
    return (
        _with_person(county, rows)
        .sort("booklet", "who_id_number")
        .with_columns(pl.col("marital").fill_null("single"))
    )


def births(county: County) -> pl.DataFrame:
    """Children entered in a booklet, with their parents as far as these are of the county."""
    spells = _registered(county).filter(pl.col("began") == "birth", pl.col("entered_on").is_not_null())
    parents = county.persons.select("person_id", who_mother_id="mother_id", who_father_id="father_id")
    rows = spells.join(parents, on="person_id", how="left")
    return _with_person(county, rows).with_columns(registered_on="entered_on", known_on="entered_on")


def deaths(county: County) -> pl.DataFrame:
    """Deaths for which the booklet was struck off."""
    spells = _registered(county).filter(pl.col("ended") == "death")
    rows = spells.join(county.persons.select("person_id", "died_on"), on="person_id", how="left")
    return _with_person(county, rows).with_columns(cancelled_on="struck_on", known_on="struck_on")


def moves(county: County) -> pl.DataFrame:
    """Moves into the county, out of it, and from one booklet to another."""
    spells = _registered(county).with_columns(
        before=pl.col("until").shift(1).over("person_id"),
        first=pl.col("person_id").is_first_distinct(),
        next_since=pl.col("since").shift(-1).over("person_id"),
        next_booklet=pl.col("booklet").shift(-1).over("person_id"),
        next_village=pl.col("village").shift(-1).over("person_id"),
    )
    leaves, comes = (
        pl.col("ended").is_in(["move_out", "marriage"]),
        pl.col("began").is_in(["move_in", "marriage"]),
    )
    stays_here = (pl.col("next_since") == pl.col("until")).fill_null(False)
    follows = (pl.col("before") == pl.col("since")).fill_null(False)
    kept = ("person_id", "sex", "born", "booklet", "direction", "moved_on", "from_place", "to_place")
    inside = spells.filter(leaves & stays_here).with_columns(
        direction=pl.lit("within"), moved_on="struck_on", booklet="next_booklet", from_place="village",
        to_place="next_village",
    )  # fmt: skip
    away = spells.filter(leaves & ~stays_here).with_columns(
        direction=pl.lit("out"), moved_on="struck_on", from_place="village", to_place=pl.lit(_ELSEWHERE)
    )
    here = spells.filter(comes & ~follows).with_columns(
        direction=pl.lit("in"), moved_on="entered_on", from_place=pl.lit(_ELSEWHERE), to_place="village"
    )
    rows = pl.concat([part.select(kept) for part in (inside, away, here)]).filter(
        pl.col("moved_on").is_not_null()
    )
    number = "QY" + pl.col("moved_on").dt.strftime("%Y%m%d") + county.number(rows["person_id"])
    return rows.with_columns(move_number=number, known_on="moved_on", who_id_number="person_id").sort(
        "moved_on", "move_number"
    )


def _registered(county: County) -> pl.DataFrame:
    """Spells in a booklet with the days on which each was entered and struck off; null where it never was."""
    spells = county.world["memberships"].filter("on_booklet").sort("person_id", "since", nulls_last=False)
    who = spells["person_id"]
    birth = county.delay("birth entered", who, 3, 22, 240, never=0.005)
    death = county.delay("death struck off", who, 5, 24, 200, never=0.03)
    move = county.delay("move entered", who, 1, 25, 180, never=0.04)
    spells = spells.with_columns(_birth=birth, _death=death, _move=move).with_columns(
        entered_on=pl.when(pl.col("began") == "birth").then(later("since", "_birth"))
        .when(pl.col("began") != "resident").then(later("since", "_move")),
        struck_on=pl.when(pl.col("ended") == "death").then(later("until", "_death"))
        .otherwise(later("until", "_move")),
    )  # fmt: skip
    return spells.join(county.homes, on="household_id", how="left", maintain_order="left").join(
        county.persons.select("person_id", "sex", "born"), on="person_id", how="left", maintain_order="left"
    )


def _with_person(county: County, rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(who_id_number="person_id")
