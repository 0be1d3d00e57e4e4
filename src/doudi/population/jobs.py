"""Work over the history: employment, farms and trades, with what they bring a month. Money in fen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from doudi.population.composition import Homes, People
from doudi.population.condition import Condition
from doudi.population.county import County, by_area
from doudi.population.days import BEFORE, OPEN, History, month_start
from doudi.population.departures import Stay
from doudi.population.draw import Bools, Floats, Ints, chance, pick, step, yuan

JOBS = ("formal", "informal", "farm", "trade")
FORMAL, INFORMAL, FARM, TRADE = range(len(JOBS))
_BOTH_SHARE = 0.75
_LUCK, _LUCK_AT_WORK = 0.40, 1.1
_CHANGED, _HAD_ANOTHER, _LOST, _NEXT_JOB_WITHIN = 0.16, 0.6, 0.30, 75


@dataclass(frozen=True, slots=True)
class Jobs:
    """Jobs, one an element: person, kind, income and cost of a month, whether an employer insures it, and its days."""

    person: Ints
    kind: Ints
    monthly: Ints
    cost: Ints
    insured: Bools
    since: Ints
    until: Ints


@dataclass(frozen=True, slots=True)
class Work:
    """Who works on the last day, who draws the pension of former employees, and all jobs of the history."""

    works: Bools
    retired: Bools
    jobs: Jobs


def work_of(
    county: County,
    history: History,
    homes: Homes,
    people: People,
    stay: Stay,
    condition: Condition,
    rng: np.random.Generator,
) -> Work:
    """Work by age, sex, ability and fortune."""
    rural = homes.rural[people.home]
    retired = (people.age >= np.where(people.male, 60, 55)) & chance(rng, np.where(rural, 0.05, 0.62))
    able = condition.can_work & (condition.study == 0) & (condition.absence == 0) & ~retired
    works = able & chance(rng, _likely(homes, people, rural))
    lost = able & ~works & (people.age < 60) & chance(rng, _LOST, rural.size)
    had_work = np.flatnonzero(works | lost)
    jobs = _jobs_of(county, homes, people, had_work, rng)
    return Work(works, retired, _over_time(jobs, lost, people, stay, history, rng))


def _likely(homes: Homes, people: People, rural: Bools) -> Floats:
    """The probability of working, by age and sex and with the fortune of the household."""
    grown = np.where(people.male, 0.992, np.where(rural, 0.94, 0.976))
    aged = np.where(
        rural, step(people.age, (65, 70), (0.80, 0.66, 0.42)), step(people.age, (65,), (0.25, 0.05))
    )
    likely = np.where(people.age < 60, grown, aged) * np.where(people.age < 18, 0.1, 1.0)
    odds = likely / (1 - likely) * np.exp(_LUCK_AT_WORK * homes.fortune[people.home])
    return odds / (1 + odds)


def _jobs_of(county: County, homes: Homes, people: People, person: Ints, rng: np.random.Generator) -> Jobs:
    """A job, a farm or trade, or both, for each of these persons."""
    home, age, size = people.home[person], people.age[person], person.size
    rural = homes.rural[home]
    mode = np.where(rural, pick(rng, (48, 27, 25), size), pick(rng, (84, 12, 4), size))
    mode = np.where(rural & (age >= 60), pick(rng, (8, 84, 8), size), mode)
    luck = np.exp(_LUCK * homes.fortune[home]) * step(age, (20, 26, 55, 60), (0.6, 0.9, 1.0, 0.85, 0.6))
    share = np.where(mode == 2, _BOTH_SHARE, 1.0) / 12
    wage = yuan(rng, by_area(county, "wage", rural) * luck * share, 0.40)
    gross = yuan(rng, by_area(county, "business", rural) * luck * share, 0.42)
    cost = gross * np.clip(0.42 + 0.13 * rng.standard_normal(size), 0.1, 1.2)
    formal = (age < 60) & chance(rng, np.where(rural, 0.35, 0.72))
    insured = formal & chance(rng, 0.95, size)
    farm = rural & chance(rng, np.where(age >= 60, 0.97, 0.8))
    employed, trading = np.flatnonzero(mode != 1), np.flatnonzero(mode != 0)
    zero = np.zeros(employed.size, dtype=np.int64)
    return Jobs(
        np.concatenate((person[employed], person[trading])),
        np.concatenate((np.where(formal, FORMAL, INFORMAL)[employed], np.where(farm, FARM, TRADE)[trading])),
        np.concatenate((wage[employed], gross[trading])),
        np.concatenate((zero, (cost[trading] / 100).astype(np.int64) * 100)),
        np.concatenate((insured[employed], np.zeros(trading.size, dtype=bool))),
        np.full(employed.size + trading.size, BEFORE),
        np.full(employed.size + trading.size, OPEN),
    )


def _over_time(
    jobs: Jobs, lost: Bools, people: People, stay: Stay, history: History, rng: np.random.Generator
) -> Jobs:
    """When each job began and ended, and the jobs before; nobody works after leaving the county."""
    size = jobs.person.size
    is_lost = lost[jobs.person]
    until = np.where(is_lost, month_start(history.some_day(rng, size, 40)), stay.leaves[jobs.person])
    changed = ~is_lost & (jobs.kind != FARM) & stay.here[jobs.person] & chance(rng, _CHANGED, size)
    since = np.where(changed, month_start(history.some_day(rng, size, 40)), BEFORE)
    earlier = np.flatnonzero(changed & chance(rng, _HAD_ANOTHER, size))
    gap = (rng.random(earlier.size) * _NEXT_JOB_WITHIN).astype(np.int64)
    before = month_start(np.maximum(since[earlier] - gap, history.begins + 31))
    other_pay = (
        np.rint(jobs.monthly[earlier] * rng.uniform(0.8, 1.1, earlier.size) / 100).astype(np.int64) * 100
    )

    def more(values: np.ndarray, earlier_values: np.ndarray) -> np.ndarray:
        return np.concatenate((values, earlier_values))

    return Jobs(
        more(jobs.person, jobs.person[earlier]),
        more(jobs.kind, jobs.kind[earlier]),
        more(jobs.monthly, other_pay),
        more(jobs.cost, jobs.cost[earlier]),
        more(jobs.insured, jobs.insured[earlier]),
        more(since, np.full(earlier.size, BEFORE)),
        more(np.minimum(until, stay.leaves[jobs.person]), before),
    )
