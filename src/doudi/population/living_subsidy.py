"""The living subsidy of disabled people in dibao (困难残疾人生活补贴). Money in fen."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from doudi.population.composition import NOBODY, People
from doudi.population.condition import Condition
from doudi.population.days import BEFORE, History, month_start
from doudi.population.departures import Stay
from doudi.population.draw import Bools, Ints, chance
from doudi.population.grants import Grants
from doudi.population.receipts import LIVING, Receipts, paid
from doudi.population.tiers import DIBAO, SINGLE_DIBAO, Tiers

_LIVING_MONTH_FEN = np.array([0, 10_000, 10_000, 7_000, 6_000])
_REACHED = 0.93


def with_living_subsidy(
    history: History, people: People, stay: Stay, condition: Condition, tiers: Tiers, grants: Grants,
    receipts: Receipts, rng: np.random.Generator,
) -> Receipts:  # fmt: skip
    """Adds the subsidy of most disabled members of households, and persons, in dibao."""
    whole = (grants.programme == DIBAO) & (grants.person == NOBODY)
    since = _days(people, grants, whole)
    alone = grants.programme == SINGLE_DIBAO
    since[grants.person[alone]] = grants.since[alone]
    hiding = np.isin(people.home, tiers.hiding)
    entitled = (
        (condition.grade > 0) & (since > BEFORE) & ~hiding & stay.here & chance(rng, _REACHED, hiding.size)
    )
    disabled = np.flatnonzero(entitled)
    begins = np.maximum(since[disabled], month_start(condition.disabled_since[disabled] + 31))
    begins = np.minimum(begins, month_start(np.array([history.ends]))[0])
    parts = [
        receipts,
        paid(
            disabled, "disability_subsidy", _LIVING_MONTH_FEN[condition.grade[disabled]], begins, kind=LIVING
        ),
    ]
    return Receipts(
        *(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Receipts))
    )


def _days(people: People, grants: Grants, chosen: Bools) -> Ints:
    """For each person since when the household holds one of the chosen grants; BEFORE without any."""
    homes = np.full(int(people.home.max(initial=0)) + 1, BEFORE)
    homes[grants.home[chosen]] = grants.since[chosen]
    return homes[people.home]
