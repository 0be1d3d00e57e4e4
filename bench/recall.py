"""What the nightly sweep finds of what was planted in a county: recall, silent households, precision of each indicator.

``python -m bench.recall [PERSONS]`` prints it. Every night on which a department's file came is swept, with the evidence of that
night; a planted event counts as visible from the first night on which a row tells of it.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from bench import watch_county

PERSONS, DAYS = 10_000, 100
TELLING: Mapping[str, tuple[tuple[str, str], ...]] = {
    "death_of_earner": (("deaths", "died_on"), ("cremation", "died_on")),
    "job_loss": (("employment", "happened_on"), ("unemployment_benefits", "month")),
    "illness": (("medical_settlement", "settled_on"),),
    "fire": (("disaster", "happened_on"),),
    "disaster": (("disaster", "happened_on"),),
    "accident": (),
    "crime": (),
}
"""By kind of event the feeds whose rows tell of it, with the field of its day; of accidents and crimes none does."""
OF_BASIC_AID = ("dibao", "single_dibao", "tekun_living", "tekun_care", "dibao_supplement")
"""Programmes whose holdings are among what is true of a county."""
EARLIER = 90
NEAR = (3, 62)
"""A row tells of an event when its day lies at most so many days before, or after, that of the event."""


@dataclass
class Watched:
    """The nights: by household and indicator the first night on which it was raised, and the last night's state and sweep."""

    days: list[date] = field(default_factory=list)
    first: dict[tuple[str, str], date] = field(default_factory=dict)
    state: pl.DataFrame | None = None
    last: Any = None


def found(persons: int = PERSONS) -> dict[str, Any]:
    """Everything, as plain data."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        letters = watch_county.make(home, persons)
        since = letters[-1] - timedelta(days=DAYS)
        watched = watch(home, [letters[0], *(day for day in letters if day >= since)])
        truth = {path.stem: pl.read_parquet(path) for path in sorted((home / "truth").glob("*.parquet"))}
        return {
            "persons": persons, "nights": len(watched.days), "from": watched.days[0].isoformat(),
            "until": watched.days[-1].isoformat(), "urgent": urgent(home, watched, truth),
            "silent": silent(watched, truth), "paid_dead": paid_dead(watched, truth),
            "precision": precision(home, watched, truth),
        }  # fmt: skip


def watch(home: Path, days: Iterable[date]) -> Watched:
    """Sweep each night against the one before; the first only serves as the night before."""
    from doudi.monitoring.nights import merge_nights, no_state
    from doudi.monitoring.opening import read_night
    from doudi.monitoring.sweep import sweep

    watched, before = Watched(state=no_state()), None
    for day, folder in watch_county.nights(home, days):
        tonight = read_night(folder)
        watched.last = sweep(tonight, before)
        watched.state = merge_nights(watched.state, watched.last)
        watched.days.append(day)
        for indicator, household in watched.last.table.select("indicator", "household_id").iter_rows():
            watched.first.setdefault((household, indicator), day)
        before = tonight
    return watched


def urgent(home: Path, watched: Watched, truth: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    """Urgent events by kind: those since :data:`EARLIER` days before the nights; visible to a department within the nights; warned
    of on that night, or at all."""
    told = _first_told(home)
    since = watched.days[1] - timedelta(days=EARLIER)
    events = truth["incidents"].filter(pl.col("day") >= since).rename({"kind": "event"})
    counts: dict[str, Counter[str]] = {}
    for row in events.iter_rows(named=True):
        count = counts.setdefault(row["event"], Counter())
        count["happened"] += 1
        night = _visible(row, told, watched.days[1:])
        if night is None:
            continue
        count["visible"] += 1
        when = _warned(row, watched)
        count["on_the_night"] += when is not None and when <= night
        count["in_all"] += when is not None
    total = sum(counts.values(), Counter())
    share = total["on_the_night"] / total["visible"] if total["visible"] else 0.0
    return {"kinds": {kind: dict(count) for kind, count in sorted(counts.items())}, **total, "share": share}


def _first_told(home: Path) -> dict[str, pl.DataFrame]:
    """By feed: household, the day that the row is about, and the day on which it came."""
    from doudi.monitoring.ground import ground_of
    from doudi.monitoring.rows import entity_of

    ground = ground_of(home / "evidence", home / "store")
    ids = ground.homes.select("household_id").with_row_index("household")
    tables = {}
    for feed, name in sorted({pair for pairs in TELLING.values() for pair in pairs}):
        entity = entity_of(feed)
        more = ("medical_settlement_illness",) if feed == "medical_settlement" else ()
        rows = ground.rows(entity, (f"{entity}_{name}", *more))
        if rows is None:
            continue
        if more:
            rows = rows.filter(pl.col(more[0]) > 0)
        tables[feed] = rows.join(ids.cast({"household": pl.Int32}), on="household").select(
            "household_id", day=f"{entity}_{name}", received_on="received_on"
        )
    return tables


def _visible(event: Mapping[str, Any], told: Mapping[str, pl.DataFrame], nights: list[date]) -> date | None:
    """The first night on which a row tells of the event; None if that is before the nights, or never."""
    came: list[date] = []
    low, high = (event["day"] + timedelta(days=days) for days in (-NEAR[0], NEAR[1]))
    for feed, _ in TELLING[event["event"]]:
        rows = told.get(feed)
        if rows is None:
            continue
        own = rows.filter(
            pl.col("household_id") == event["household_id"],
            pl.col("day").is_between(
                _number(low if feed != "unemployment_benefits" else low.replace(day=1)), _number(high)
            ),
        )
        came += [_date(day) for day in own["received_on"].to_list()]
    if not came or min(came) <= nights[0] - timedelta(days=1):
        return None
    return next((night for night in nights if night >= min(came)), None)


def _warned(event: Mapping[str, Any], watched: Watched) -> date | None:
    """The first night on which an indicator that rests on a telling feed was raised for the household."""
    from doudi.monitoring.catalogue import catalogue

    feeds = {feed for feed, _ in TELLING[event["event"]]}
    nights = [
        night
        for (household, indicator), night in watched.first.items()
        if household == event["household_id"] and feeds & catalogue().indicators[indicator].sources.keys()
    ]
    return min(nights, default=None)


def silent(watched: Watched, truth: Mapping[str, pl.DataFrame]) -> dict[str, int]:
    """Planted households that never applied: warned of as needing something on the last night, or left open with what is missing."""
    homes = set(truth["planted"].filter(pl.col("kind") == "silent")["household_id"])
    need = [one.id for one in watched.last.indicators if one.group == "need"]
    warned = set(watched.last.table.filter(pl.col("indicator").is_in(need))["household_id"]) & homes
    rest = pl.Series(sorted(homes - warned), dtype=pl.String)
    is_open = watched.last.open_among("missed_dibao", rest)
    return {
        "planted": len(homes),
        "warned": len(warned),
        "open": int(is_open.sum()),
        "lost": int((~is_open).sum()),
    }


def paid_dead(watched: Watched, truth: Mapping[str, pl.DataFrame]) -> dict[str, int]:
    """Planted payments after a death: those warned of by an indicator of errors."""
    homes = set(truth["planted"].filter(pl.col("kind") == "paid_dead")["household_id"])
    error = {one.id for one in watched.last.indicators if one.group == "error" and not one.family}
    warned = {household for household, indicator in watched.first if indicator in error}
    return {"planted": len(homes), "warned": len(homes & warned)}


def precision(home: Path, watched: Watched, truth: Mapping[str, pl.DataFrame]) -> dict[str, dict[str, Any]]:
    """By indicator of which the truth can be told: warnings of the last night, and how many are right."""
    from doudi.monitoring.reach import told_until

    day = watched.days[-1]
    held_on = told_until(watched.last.reach, day)
    right = {**_true_subjects(truth, day), **_true_standings(home, held_on)}
    found = {}
    for indicator, subjects in sorted(right.items()):
        own = watched.last.table.filter(pl.col("indicator") == indicator)["subject_id"]
        if len(own):
            true = int(own.is_in(pl.Series(sorted(subjects), dtype=pl.String).implode()).sum())
            found[indicator] = {"warnings": len(own), "right": true, "share": true / len(own)}
    return found


def _true_subjects(truth: Mapping[str, pl.DataFrame], day: date) -> dict[str, set[str]]:
    """Of whom an indicator is true by what happened."""
    bills = truth["bills"].filter(
        pl.col("settled_on") > day - timedelta(days=365), pl.col("settled_on") <= day
    )
    spent = bills.group_by("person_id").agg(pl.col("own").sum())
    persons, studies = truth["persons"], truth["studies"]
    at_school = studies.filter(
        (pl.col("since").is_null() | (pl.col("since") <= day))
        & (pl.col("until").is_null() | (pl.col("until") > day))
    )["person_id"]
    months = pl.col("born").dt.year() * 12 + pl.col("born").dt.month() + 840 - (day.year * 12 + day.month)
    dead = truth["memberships"].filter(pl.col("ended") == "death")
    return {
        "resident_medical_cost": set(spent.filter(pl.col("own") > 5_000_000)["person_id"]),
        "aided_medical_cost": set(spent.filter(pl.col("own") > 1_000_000)["person_id"]),
        "not_at_school": set(persons.filter(~pl.col("person_id").is_in(at_school.implode()))["person_id"]),
        "turns_seventy": set(persons.filter(months == 1)["person_id"]),
        "member_died": set(persons.filter(pl.col("died_on") <= day)["person_id"]),
        "earner_died": set(persons.filter(pl.col("died_on") <= day)["person_id"]),
        "paid_after_death": set(dead["household_id"]),
    }


def _true_standings(home: Path, day: date) -> dict[str, set[str]]:
    """Of which households a programme of basic aid is missed, too little or beyond by what is true of them."""
    from doudi.assessment.register_columns import columns_of
    from doudi.facts.register import read_register
    from doudi.population import register_at, world_of, write
    from doudi.programmes.law import Offer, law_of
    from doudi.programmes.register import standings_of

    world = world_of(_persons(home), watch_county.SEED, watch_county.REGION)
    write(register_at(world, day), home / "true")
    register = read_register(home / "true", day)
    offer = Offer(law_of(watch_county.REGION, day))
    found = standings_of(columns_of(register, offer.statute), offer)
    ids = register.ids["household"]
    return {
        f"{state}_{programme}": set(ids.filter(pl.Series(found.state(programme, state))))
        for programme in OF_BASIC_AID
        for state in ("missed", "short", "beyond")
    }


def _persons(home: Path) -> int:
    """How many persons the county was made with: those who live there on the last day."""
    members = pl.read_parquet(home / "truth" / "memberships.parquet")
    return members.filter(pl.col("until").is_null())["person_id"].n_unique()


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _date(day: int) -> date:
    return date(day // 10_000, day // 100 % 100, day % 100)


if __name__ == "__main__":
    print(json.dumps(found(int(sys.argv[1]) if len(sys.argv) > 1 else PERSONS), ensure_ascii=False, indent=1))
