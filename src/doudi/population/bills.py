"""Medical settlements over the history, and who pays which part. Money in fen."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from doudi.population.composition import People
from doudi.population.condition import Condition
from doudi.population.days import History
from doudi.population.departures import Stay
from doudi.population.draw import Bools, Floats, Ints, chance, step, yuan

VISITS = ("inpatient", "outpatient", "chronic", "pharmacy")
INPATIENT, OUTPATIENT, CHRONIC, PHARMACY = range(len(VISITS))
_YEARS = 2
_SERIOUS_FROM_FEN = 1_500_000
_SERIOUS_SHARE, _AID_SHARE = (6, 10), (7, 10)


@dataclass(frozen=True, slots=True)
class Bills:
    """Settlements, one an element: person, visit, illness, days, and the four parts that add up to the total."""

    person: Ints
    visit: Ints
    illness: Ints
    admitted: Ints
    settled: Ints
    total: Ints
    pooled: Ints
    serious: Ints
    aid: Ints
    own: Ints


def bills_of(
    history: History, people: People, stay: Stay, condition: Condition, onset: Ints, rng: np.random.Generator
) -> Bills:
    """Bills of all persons while they are here; a grave illness costs from its onset on. Nobody is aided yet."""
    ill = condition.illness > 0
    common = step(people.age, (15, 60, 75), (0.45, 0.34, 0.72, 1.0)) * _YEARS
    common_count = rng.poisson(common)
    grave_count = np.where(ill, 1 + rng.poisson(2.2, ill.size), 0)
    person = np.repeat(np.arange(ill.size), common_count + grave_count)
    place = np.arange(person.size) - np.repeat(np.cumsum(common_count + grave_count) - common_count - grave_count,
                                               common_count + grave_count)  # fmt: skip
    grave = place < grave_count[person]
    begins = np.maximum(np.where(grave, onset[person], history.begins), history.begins)
    begins = np.maximum(begins, stay.enters[person])
    ends = np.minimum(history.ends, stay.leaves[person])
    settled = begins + (rng.random(person.size) * np.maximum(ends - begins, 1)).astype(np.int64)
    visit = np.where(
        grave, np.where(chance(rng, 0.62, person.size), INPATIENT, CHRONIC), _common_visit(rng, person.size)
    )
    days = np.where(visit == INPATIENT, 3 + rng.poisson(np.where(grave, 14.0, 6.0)), 0)
    admitted = np.maximum(settled - days, begins)
    kept = settled < ends
    total = yuan(rng, _cost(people.age[person], visit, grave, condition.severe[person]), 0.8)
    rows = np.flatnonzero(kept)
    pooled, serious, own = _shared(total[rows], visit[rows], rng)
    return Bills(
        person[rows], visit[rows], np.where(grave, condition.illness[person], 0)[rows], admitted[rows],
        settled[rows], total[rows], pooled, serious, np.zeros(rows.size, dtype=np.int64), own,
    )  # fmt: skip


def _common_visit(rng: np.random.Generator, size: int) -> Ints:
    return np.searchsorted((0.28, 0.75, 0.88), rng.random(size), side="right").astype(np.int64)


def _cost(age: Ints, visit: Ints, grave: Bools, severe: Bools) -> Floats:
    """The median of the whole bill in yuan."""
    stay = step(age, (15, 60, 75), (4_600, 7_500, 10_500, 12_500))
    light = step(age, (15, 60, 75), (260, 420, 620, 720))
    plain = np.where(visit == INPATIENT, stay, light) + np.where(severe, 600, 0)
    return np.where(grave, np.where(visit == INPATIENT, 36_000.0, 9_000.0), plain)


def _shared(total: Ints, visit: Ints, rng: np.random.Generator) -> tuple[Ints, Ints, Ints]:
    """What the pooled fund and the serious-illness insurance pay, and what is left to the person."""
    rate = np.select([visit == INPATIENT, visit == CHRONIC, visit == OUTPATIENT], [0.60, 0.62, 0.32], 0.0)
    share = np.where(rate > 0, np.clip(rate + 0.07 * rng.standard_normal(total.size), 0, 0.85), 0)
    pooled = (total * share).astype(np.int64)
    left = total - pooled
    serious = np.maximum(left - _SERIOUS_FROM_FEN, 0) * _SERIOUS_SHARE[0] // _SERIOUS_SHARE[1]
    return pooled, serious, left - serious


def aided(bills: Bills, aided_bill: Bools) -> Bills:
    """The same bills where medical aid bears a part of what was left for ``aided_bill``."""
    aid = np.where(aided_bill, bills.own * _AID_SHARE[0] // _AID_SHARE[1], 0)
    return replace(bills, aid=aid, own=bills.own - aid)
