"""Savings of those whose income is low and who nevertheless need no aid, so that nobody is eligible by accident."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from doudi.population.assets import ASSETS, VEHICLE, Assets
from doudi.population.composition import Homes, People
from doudi.population.days import OPEN, History
from doudi.population.departures import Stay
from doudi.population.draw import Bools, Ints
from doudi.population.eligibility import Eligibility
from doudi.population.need import Means
from doudi.population.tiers import Tiers

_DEPOSIT = ASSETS.index("deposit")
_MONTHS_OF_ALL, _MONTHS_ALONE = 46, 27
_CAR_YUAN, _VAN_FEN = (65_000, 190_000), 5_200_000


def with_savings(
    history: History, homes: Homes, people: People, stay: Stay, means: Means, eligibility: Eligibility, tiers: Tiers,
    assets: Assets, rng: np.random.Generator,
) -> Assets:  # fmt: skip
    """The assets with deposits for the others, with the hidden deposits and cars of those who hide, and with the vans."""
    covered = tiers.covered(homes)
    alone = np.flatnonzero((eligibility.possibly_single | eligibility.possibly_tekun) & ~covered[people.home])
    hiding = np.zeros(homes.size.size, dtype=bool)
    hiding[tiers.hiding] = True
    at_risk = np.flatnonzero((eligibility.possible | hiding) & ~covered)
    owner = _first_counted(homes, people, means)[at_risk]
    at_risk, owner = at_risk[owner >= 0], owner[owner >= 0]
    members = np.bincount(people.home[stay.here], minlength=homes.size.size)
    of_all = means.standard[at_risk] * _MONTHS_OF_ALL * members[at_risk]
    of_one = means.standard[people.home[alone]] * _MONTHS_ALONE
    person = np.concatenate((owner, alone))
    value = np.concatenate((of_all, of_one)) * (1 + rng.exponential(0.6, person.size))
    deposits = _assets(history, people, person, _DEPOSIT, value, hiding[people.home[person]], rng)
    drivers = owner[hiding[at_risk] & (rng.random(at_risk.size) < 0.5)]
    cars = _assets(
        history,
        people,
        drivers,
        VEHICLE,
        rng.uniform(*_CAR_YUAN, drivers.size) * 100,
        np.ones(drivers.size, dtype=bool),
        rng,
    )
    driver = _first_counted(homes, people, means)[tiers.with_van]
    open_value = np.full(driver.size, _VAN_FEN)
    vans = _assets(history, people, driver, VEHICLE, open_value, np.zeros(driver.size, dtype=bool), rng)
    joined = [
        np.concatenate([getattr(part, field.name) for part in (assets, deposits, cars, vans)])
        for field in fields(Assets)
    ]
    order = np.argsort(joined[0], kind="stable")
    return Assets(*(column[order] for column in joined))


def _first_counted(homes: Homes, people: People, means: Means) -> Ints:
    """The first member who counts, or -1."""
    rows = np.flatnonzero(means.counts)[::-1]
    first = np.full(homes.size.size, -1)
    first[people.home[rows]] = rows
    return first


def _assets(
    history: History,
    people: People,
    person: Ints,
    kind: int,
    value: np.ndarray,
    hidden: Bools,
    rng: np.random.Generator,
) -> Assets:
    size = person.size
    since = history.ends - 60 - (rng.random(size) * 2_500).astype(np.int64)
    zero = np.zeros(size, dtype=np.int64)
    return Assets(
        people.home[person], person, np.full(size, kind), (value / 100).astype(np.int64) * 100, zero, zero,
        np.maximum(since, people.born[person] + 30), np.full(size, OPEN), hidden,
    )  # fmt: skip
