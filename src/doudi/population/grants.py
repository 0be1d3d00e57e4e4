"""When aid was granted and when it ended: mostly in the month after a cause, some late, some not at all."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from doudi.population.composition import KIND, NOBODY, Homes, People
from doudi.population.condition import Condition
from doudi.population.days import BEFORE, OPEN, History, birthday, next_month
from doudi.population.departures import DEATH, Stay
from doudi.population.draw import Bools, Ints, chance
from doudi.population.jobs import Work
from doudi.population.need import Means
from doudi.population.tiers import DIBAO, TEKUN, Tiers

_AFTER_CAUSE, _LATELY, _LATE = 0.7, 0.10, 0.18
_DIED_OUT_TEKUN, _DIED_OUT_DIBAO, _MOVED_DIBAO, _FORMER_SHARE = 0.16, 0.10, 0.05, 0.0016
_NOT_ENDED_DEAD, _NOT_ENDED_MOVED, _NOT_ADJUSTED = 0.25, 0.30, 0.15
_TEKUN_AGE = 60


@dataclass(frozen=True, slots=True)
class Grants:
    """Grants, one an element: household, person (-1 for all of it), programme and days; ``cut`` is the day from which one
    person fewer is paid for, ``wrong`` whether it goes on though it should have ended, or is paid for the dead."""

    home: Ints
    person: Ints
    programme: Ints
    since: Ints
    until: Ints
    cut: Ints
    wrong: Bools


def grants_of(
    history: History, homes: Homes, people: People, stay: Stay, condition: Condition, work: Work, means: Means,
    tiers: Tiers, rng: np.random.Generator,
) -> Grants:  # fmt: skip
    """Grants of those who hold aid on the last day, of those who left, and of those who no longer need it."""
    cause = _causes(history, homes, people, stay, condition, work)
    parts = [
        _present(history, homes, people, stay, cause, tiers, rng),
        _of_the_gone(history, homes, rng),
        _former(history, homes, people, work, means, tiers, rng),
    ]
    joined = Grants(
        *(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Grants))
    )
    rows = np.flatnonzero(joined.since < joined.until)
    return Grants(*(getattr(joined, field.name)[rows] for field in fields(Grants)))


def _causes(
    history: History, homes: Homes, people: People, stay: Stay, condition: Condition, work: Work
) -> Ints:
    """The last day in the history on which something happened to each household that brings people into need."""
    day = np.full(homes.size.size, BEFORE)
    ill = np.flatnonzero((condition.illness > 0) & stay.here & history.within(condition.ill_since))
    lost = np.flatnonzero((work.jobs.until <= history.ends) & ~work.works[work.jobs.person])
    died = np.flatnonzero(stay.ended == DEATH)
    for person, days in (
        (ill, condition.ill_since[ill]),
        (work.jobs.person[lost], work.jobs.until[lost]),
        (died, stay.leaves[died]),
    ):
        np.maximum.at(day, people.home[person], days)
    return day


def _long_ago(history: History, size: int, rng: np.random.Generator) -> Ints:
    return history.begins - 30 - (rng.exponential(4.0, size) * 365).astype(np.int64)


def _present(
    history: History,
    homes: Homes,
    people: People,
    stay: Stay,
    cause: Ints,
    tiers: Tiers,
    rng: np.random.Generator,
) -> Grants:
    home, size = tiers.home, tiers.home.size
    after = cause[home] + 15 + (rng.random(size) * 40).astype(np.int64)
    after = np.where(chance(rng, _LATE, size), after + (rng.random(size) * 120).astype(np.int64), after)
    since = np.where(
        chance(rng, _LATELY, size), history.some_day(rng, size, 40), _long_ago(history, size, rng)
    )
    by_cause = (cause[home] > BEFORE) & (after < history.ends - 31) & chance(rng, _AFTER_CAUSE, size)
    since = np.where(by_cause, after, since)
    since = np.maximum(since, homes.came[home] + 20)
    sixty = np.where(
        tiers.programme == TEKUN, birthday(people.born[np.maximum(tiers.person, 0)], _TEKUN_AGE), BEFORE
    )
    since = np.minimum(next_month(np.maximum(since, sixty)), next_month(np.array([history.ends]))[0] - 31)
    cut, wrong = _cuts(homes, people, stay, tiers, since, rng)
    return Grants(home, tiers.person, tiers.programme, since, np.full(size, OPEN), cut, wrong)


def _cuts(
    homes: Homes, people: People, stay: Stay, tiers: Tiers, since: Ints, rng: np.random.Generator
) -> tuple[Ints, Bools]:
    """From when fewer are paid for after a death in the household; a few are never adjusted."""
    died = np.flatnonzero((stay.ended == DEATH) & (homes.left[people.home] == OPEN))
    death = np.full(homes.size.size, BEFORE)
    death[people.home[died]] = stay.leaves[died]
    day = death[tiers.home]
    met = (tiers.programme == DIBAO) & (day > since)
    late = np.where(chance(rng, _LATE, day.size), 31 + (rng.random(day.size) * 90).astype(np.int64), 0)
    wrong = met & chance(rng, _NOT_ADJUSTED, day.size)
    return np.where(met, np.where(wrong, OPEN, next_month(np.maximum(day + late, 0))), BEFORE), wrong


def _of_the_gone(history: History, homes: Homes, rng: np.random.Generator) -> Grants:
    """Grants of households that died out or moved away; some go on."""
    size = homes.size.size
    gone, old = homes.left < OPEN, homes.kind == KIND["old_alone"]
    luck = rng.random(size)
    tekun = gone & old & (luck < _DIED_OUT_TEKUN)
    dibao = gone & ~tekun & np.where(old, luck < _DIED_OUT_TEKUN + _DIED_OUT_DIBAO, luck < _MOVED_DIBAO)
    home = np.flatnonzero(tekun | dibao)
    left, died = homes.left[home], old[home]
    wrong = chance(rng, np.where(died, _NOT_ENDED_DEAD, _NOT_ENDED_MOVED))
    late = np.where(chance(rng, _LATE, home.size), 31 + (rng.random(home.size) * 60).astype(np.int64), 0)
    until = np.where(wrong, OPEN, next_month(left + late))
    programme = np.where(tekun[home], TEKUN, DIBAO)
    person = np.where(tekun[home], homes.first[home], NOBODY)
    since = next_month(_long_ago(history, home.size, rng))
    return Grants(home, person, programme, since, until, np.full(home.size, BEFORE), wrong)


def _former(
    history: History,
    homes: Homes,
    people: People,
    work: Work,
    means: Means,
    tiers: Tiers,
    rng: np.random.Generator,
) -> Grants:
    """Households in which somebody found work within the history and that left dibao soon afterwards."""
    jobs = work.jobs
    found = np.full(homes.size.size, BEFORE)
    began = np.flatnonzero(history.within(jobs.since))
    np.maximum.at(found, people.home[jobs.person[began]], jobs.since[began])
    fitting = (
        (found > history.begins + 90)
        & (found < history.ends - 90)
        & (homes.left == OPEN)
        & (homes.came == BEFORE)
    )
    fitting &= ~tiers.covered(homes) & (100 * means.before > 140 * means.standard)
    fitting[tiers.hiding] = False
    rows = np.flatnonzero(fitting)
    rows = rows[np.argsort(rng.random(homes.size.size)[rows], kind="stable")]
    home = rows[np.cumsum(means.heads[rows]) <= _FORMER_SHARE * people.home.size]
    late = np.where(chance(rng, _LATE, home.size), 31 + (rng.random(home.size) * 90).astype(np.int64), 0)
    nobody, never = np.full(home.size, NOBODY), np.full(home.size, BEFORE)
    return Grants(
        home, nobody, np.full(home.size, DIBAO), next_month(_long_ago(history, home.size, rng)),
        np.minimum(next_month(found[home] + late), history.ends), never, np.zeros(home.size, dtype=bool),
    )  # fmt: skip
