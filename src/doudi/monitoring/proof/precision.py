"""The warnings of the last night held against what is true, by indicator."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import polars as pl

from doudi.assessment.register_columns import columns_of
from doudi.facts.register import read_register
from doudi.monitoring.law import watch_of
from doudi.monitoring.proof.watching import Watched
from doudi.monitoring.reach import told_until
from doudi.population import World, register_at, write
from doudi.population.world import on
from doudi.programmes.law import Offer, law_of
from doudi.programmes.register import standings_of

OF_BASIC_AID = ("dibao", "single_dibao", "tekun_living", "tekun_care", "dibao_supplement")
"""Programmes whose holdings are among what is true of a county."""
_MEDICAL = {
    "resident_medical_cost": "watch.medical.resident",
    "aided_medical_cost": "watch.medical.aided",
}
"""Indicators of own medical cost, and the parameter that is the line of each."""
_MONTHS_OF_SEVENTY = 840


def precision(watched: Watched, world: World, folder: Path) -> dict[str, dict[str, int]]:
    """By indicator of which the truth can be told and that warns of anybody on the last night: ``warnings``, and how many are ``right``.

    The true register is laid down in ``folder``.
    """
    day = watched.days[-1]
    right = {
        **true_subjects(world, day),
        **true_standings(world, told_until(watched.last.reach, day), folder),
    }
    found = {}
    for indicator, subjects in sorted(right.items()):
        own = watched.last.table.filter(pl.col("indicator") == indicator)["subject_id"]
        if len(own):
            found[indicator] = {"warnings": len(own), "right": sum(one in subjects for one in own)}
    return found


def true_subjects(world: World, day: date) -> dict[str, set[str]]:
    """Of whom an indicator is true by what happened until a day."""
    persons, bills = world["persons"], world["bills"]
    year = bills.filter(pl.col("settled_on").is_between(day - timedelta(days=365), day, closed="right"))
    spent = year.group_by("person_id").agg(pl.col("own").sum())
    lines = watch_of(world.region, day, day).values
    at_school = world["studies"].filter(on(day))["person_id"]
    months = (
        pl.col("born").dt.year() * 12
        + pl.col("born").dt.month()
        + _MONTHS_OF_SEVENTY
        - (day.year * 12 + day.month)
    )
    died = set(persons.filter(pl.col("died_on") <= day)["person_id"])
    return {
        **_struck(world["incidents"].filter(pl.col("day") <= day)),
        **{
            indicator: set(spent.filter(pl.col("own") > lines[name])["person_id"])
            for indicator, name in _MEDICAL.items()
        },
        "not_at_school": set(persons["person_id"]) - set(at_school),
        "turns_seventy": set(persons.filter(months == 1)["person_id"]),
        "member_died": died,
        "earner_died": died,
        "paid_after_death": set(world["memberships"].filter(pl.col("ended") == "death")["household_id"]),
    }


def _struck(incidents: pl.DataFrame) -> dict[str, set[str]]:
    """Households that disasters, fires and accidents struck."""
    homes = {
        kind: set(incidents.filter(pl.col("kind") == kind)["household_id"])
        for kind in ("disaster", "fire", "accident")
    }
    lost = set(incidents.filter(pl.col("house").is_in(["severe", "collapsed"]))["household_id"])
    return {
        "disaster_struck": homes["disaster"],
        "home_lost": homes["disaster"] & lost,
        "fire_or_accident": homes["fire"] | homes["accident"],
    }


def true_standings(world: World, day: date, folder: Path) -> dict[str, set[str]]:
    """Of which households a programme of basic aid is missed, too little or beyond by what is true of them on a day.

    The true register is laid down in ``folder``.
    """
    write(register_at(world, day), folder)
    register = read_register(folder, day)
    offer = Offer(law_of(world.region, day))
    found = standings_of(columns_of(register, offer.statute), offer)
    ids = register.ids["household"]
    return {
        f"{state}_{programme}": set(ids.filter(pl.Series(found.state(programme, state))))
        for programme in OF_BASIC_AID
        for state in ("missed", "short", "beyond")
    }
