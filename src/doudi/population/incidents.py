"""Sudden events that put a household in need: illness, accident, fire, disaster, loss of work, a death, a crime."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from doudi.population.composition import NOBODY, Homes, People
from doudi.population.condition import Condition
from doudi.population.days import OPEN, History
from doudi.population.departures import DEATH, Stay
from doudi.population.draw import Bools, Ints, chance, pick, yuan
from doudi.population.jobs import Work

EVENTS = ("none", "illness", "accident", "fire", "disaster", "job_loss", "death_of_earner", "crime")
ILLNESS, ACCIDENT, FIRE, DISASTER, JOB_LOSS, DEATH_OF_EARNER, CRIME = range(1, len(EVENTS))
DAMAGES = ("none", "slight", "severe", "collapsed")
_NO_HOUSE = -1
_GRAVE_SHARE, _JOB_SHARE = 0.5, 0.35
_STORMS = 4


@dataclass(frozen=True, slots=True)
class Incidents:
    """Events, one an element: household, person (-1 for all of it), kind, day, loss in fen, damage to the house (-1: none told)."""

    home: Ints
    person: Ints
    kind: Ints
    day: Ints
    loss: Ints
    house: Ints


def incidents_of(
    history: History,
    homes: Homes,
    people: People,
    stay: Stay,
    condition: Condition,
    work: Work,
    rng: np.random.Generator,
) -> Incidents:
    """All events of the history while the person struck, or the head of the household struck, is here."""
    size = people.home.size
    fell_ill = (condition.illness > 0) & history.within(condition.ill_since) & chance(rng, _GRAVE_SHARE, size)
    ill = np.flatnonzero(fell_ill)
    lost = np.flatnonzero(
        (work.jobs.until < OPEN) & ~work.works[work.jobs.person] & stay.here[work.jobs.person]
    )
    lost = lost[chance(rng, _JOB_SHARE, lost.size)]
    died = np.flatnonzero(
        (stay.ended == DEATH) & (people.age < 62) & (people.age > 18) & chance(rng, 0.6, size)
    )
    hurt = np.flatnonzero((people.age > 5) & chance(rng, 0.0055, size))
    robbed = np.flatnonzero((people.age > 17) & chance(rng, 0.0004, size))
    parts = [
        _of_persons(people, ill, ILLNESS, condition.ill_since[ill], rng),
        _of_persons(people, work.jobs.person[lost], JOB_LOSS, work.jobs.until[lost], rng),
        _of_persons(people, died, DEATH_OF_EARNER, stay.leaves[died], rng),
        _of_persons(people, hurt, ACCIDENT, history.some_day(rng, hurt.size), rng),
        _of_persons(people, robbed, CRIME, history.some_day(rng, robbed.size), rng),
        *_of_houses(homes, history, rng),
    ]
    joined = Incidents(
        *(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Incidents))
    )
    of = np.where(joined.person < 0, homes.first[joined.home], joined.person)
    there = (stay.enters[of] <= joined.day) & (joined.day <= stay.leaves[of]) & (joined.day <= history.ends)
    rows = np.flatnonzero(there)
    rows = rows[np.argsort(joined.day[rows], kind="stable")]
    return Incidents(*(getattr(joined, field.name)[rows] for field in fields(Incidents)))


def _of_persons(people: People, person: Ints, kind: int, day: Ints, rng: np.random.Generator) -> Incidents:
    size = person.size
    loss = yuan(rng, 6_000.0, 0.6, size) if kind == CRIME else np.zeros(size, dtype=np.int64)
    return Incidents(people.home[person], person, np.full(size, kind), day, loss, np.full(size, _NO_HOUSE))


def _of_houses(homes: Homes, history: History, rng: np.random.Generator) -> list[Incidents]:
    """Fires strike single houses; each disaster many in the country within few days."""
    size = homes.size.size
    burnt = np.flatnonzero(chance(rng, 0.0012, size))
    struck = np.flatnonzero(homes.rural & chance(rng, 0.012, size))
    storms = history.some_day(rng, _STORMS)
    day = storms[pick(rng, (1,) * _STORMS, struck.size)] + (rng.random(struck.size) * 4).astype(np.int64)
    fire_day = history.some_day(rng, burnt.size)

    def houses(home: Ints, kind: int, days: Ints, median: float, damage: tuple[float, ...]) -> Incidents:
        person = np.full(home.size, NOBODY)
        loss = yuan(rng, median, 0.8, home.size)
        return Incidents(home, person, np.full(home.size, kind), days, loss, pick(rng, damage, home.size))

    return [
        houses(burnt, FIRE, fire_day, 16_000.0, (5, 50, 35, 10)),
        houses(struck, DISASTER, day, 7_000.0, (30, 50, 15, 5)),
    ]


def lasting(incidents: Incidents, day: int, days: int) -> Bools:
    """Whether each event happened within so many days up to ``day``."""
    return (incidents.day <= day) & (incidents.day > day - days)
