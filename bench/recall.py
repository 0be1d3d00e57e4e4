"""What the nightly sweep finds of what was planted in a county: recall, silent households, precision of each indicator.

``python -m bench.recall [PERSONS]`` prints it. Every night on which a file came that may tell of an urgent event is swept, with the
evidence of that night, beside the one swept before it; an event counts as visible from the first night on which a row tells of it.
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
    """The nights with their sweeps, and by household and indicator the nights on which it began to hold."""

    sweeps: dict[date, Any] = field(default_factory=dict)
    began: dict[tuple[str, str], list[date]] = field(default_factory=dict)

    @property
    def days(self) -> list[date]:
        """The nights in their order."""
        return list(self.sweeps)

    @property
    def last(self) -> Any:
        """The sweep of the last night."""
        return self.sweeps[self.days[-1]]


def found(persons: int = PERSONS) -> dict[str, Any]:
    """Everything, as plain data."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        letters = watch_county.make(home, persons)
        watched = watch(home, nights_of(home, letters))
        truth = {path.stem: pl.read_parquet(path) for path in sorted((home / "truth").glob("*.parquet"))}
        return {
            "persons": persons, "nights": len(watched.days), "from": watched.days[0].isoformat(),
            "until": watched.days[-1].isoformat(), "urgent": urgent(home, watched, truth),
            "silent": silent(watched, truth), "paid_dead": paid_dead(watched, truth),
            "precision": precision(home, watched, truth),
        }  # fmt: skip


def nights_of(home: Path, letters: list[date]) -> list[date]:
    """The first night of all, those of the last :data:`DAYS` days on which a telling file came, and the last."""
    from doudi.feeds.synthetic import read_sent

    feeds = {feed for pairs in TELLING.values() for feed, _ in pairs}
    told = {file.received_at.date() for file in read_sent(home / "departments").files if file.feed in feeds}
    since = letters[-1] - timedelta(days=DAYS)
    return sorted({letters[0], letters[-1], *(day for day in told if day >= since)})


def watch(home: Path, days: Iterable[date]) -> Watched:
    """Sweep each night against the one before; the first only serves as the night before."""
    from doudi.monitoring.opening import read_night
    from doudi.monitoring.sweep import sweep

    watched, before, held = Watched(), None, set[tuple[str, str]]()
    for day, folder in watch_county.nights(home, days):
        tonight = read_night(folder)
        found = watched.sweeps[day] = sweep(tonight, before)
        holding = set(found.table.select("household_id", "indicator").iter_rows())
        for pair in holding - held:
            watched.began.setdefault(pair, []).append(day)
        before, held = tonight, holding
    return watched


def urgent(home: Path, watched: Watched, truth: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    """Urgent events by kind: those since :data:`EARLIER` days before the nights; visible to a department within the nights; warned
    of by that night, or later; open on that night, with what is missing."""
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
        by_then = when is not None and when <= night
        count["on_the_night"] += by_then
        count["later"] += when is not None and not by_then
        count["open_on_the_night"] += not by_then and _is_open(row, watched.sweeps[night])
    total = sum(counts.values(), Counter())
    share = _share(total["on_the_night"], total["visible"])
    return {"kinds": {kind: dict(count) for kind, count in sorted(counts.items())}, **total, **share}


def _share(number: int, of: int) -> dict[str, Any]:
    """A share with the interval of Wilson at 95 per cent."""
    from doudi.monitoring.trying import Precision

    found = Precision(number, of)
    return {"share": found.share or 0.0, "interval": found.interval}


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
    """The first night since the event on which an indicator began to hold for the household that rests on a telling feed."""
    telling = _telling(event)
    nights = [
        night
        for (household, indicator), began in watched.began.items()
        if household == event["household_id"] and indicator in telling
        for night in began
        if night >= event["day"]
    ]
    return min(nights, default=None)


def _is_open(event: Mapping[str, Any], sweep: Any) -> bool:
    """Whether an urgent indicator that rests on a telling feed could not be judged of the person or the household."""
    telling = _telling(event)
    return any(
        bool(sweep.open_among(one.id, pl.Series([event[key]], dtype=pl.String))[0])
        for one in sweep.indicators
        if one.id in telling and one.group == "urgent"
        if event[key := "household_id" if one.subject == "household" else "person_id"] is not None
    )


def _telling(event: Mapping[str, Any]) -> set[str]:
    """The indicators that rest on a feed which tells of such an event."""
    from doudi.monitoring.catalogue import catalogue

    feeds = {feed for feed, _ in TELLING[event["event"]]}
    return {id for id, one in catalogue().indicators.items() if feeds & one.sources.keys()}


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
    warned = {household for household, indicator in watched.began if indicator in error}
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
            found[indicator] = {"warnings": len(own), "right": true, **_share(true, len(own))}
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
    struck = truth["incidents"].filter(pl.col("day") <= day)
    lost = struck.filter(pl.col("house").is_in(["severe", "collapsed"]))
    homes = {
        kind: set(struck.filter(pl.col("kind") == kind)["household_id"])
        for kind in ("disaster", "fire", "accident")
    }
    return {
        "disaster_struck": homes["disaster"],
        "home_lost": homes["disaster"] & set(lost["household_id"]),
        "fire_or_accident": homes["fire"] | homes["accident"],
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
