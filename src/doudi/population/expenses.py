"""What the households of a synthetic county spent over the history, medical bills apart. Money in fen."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from doudi.population.composition import NOBODY, Homes, People
from doudi.population.condition import Condition
from doudi.population.days import History
from doudi.population.departures import Stay
from doudi.population.draw import Bools, Ints, among, chance, yuan
from doudi.population.jobs import FORMAL, INFORMAL, Work

EXPENSES = (
    "living",
    "medical",
    "education",
    "rehabilitation",
    "disaster",
    "employment",
    "insurance",
    "other",
)
LIVING, MEDICAL, EDUCATION, REHABILITATION, DISASTER, EMPLOYMENT, INSURANCE, OTHER = range(len(EXPENSES))
_YEAR = 365


@dataclass(frozen=True, slots=True)
class Expenses:
    """Expenses, one an element: household, person (-1 for the whole household), kind, amount and day."""

    home: Ints
    person: Ints
    kind: Ints
    amount: Ints
    day: Ints


def expenses_of(
    history: History,
    homes: Homes,
    people: People,
    stay: Stay,
    condition: Condition,
    work: Work,
    rng: np.random.Generator,
) -> Expenses:
    """All expenses of the history by years, counted back from its last day; in the order of the households."""
    years = -(-(history.ends - history.begins + 1) // _YEAR)
    parts = []
    for year in range(years):
        last = history.ends - year * _YEAR
        parts += _of_homes(homes, last, rng)
        parts += _of_people(homes, people, condition, work, last, rng)
    joined = Expenses(
        *(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Expenses))
    )
    of = np.where(joined.person < 0, homes.first[joined.home], joined.person)
    kept = (joined.day >= history.begins) & (joined.day > stay.enters[of]) & (joined.day < stay.leaves[of])
    rows = np.flatnonzero(kept)
    rows = rows[np.argsort(joined.home[rows], kind="stable")]
    return Expenses(*(getattr(joined, field.name)[rows] for field in fields(Expenses)))


def _of_homes(homes: Homes, last: int, rng: np.random.Generator) -> list[Expenses]:
    size = homes.kind.size

    def shared(having: Bools, kind: int, amount: Ints) -> Expenses:
        home = np.flatnonzero(having)
        person, kinds = np.full(home.size, NOBODY), np.full(home.size, kind)
        return Expenses(home, person, kinds, amount[home], _some_day(home.size, last, rng))

    living = np.where(homes.rural, 7_200.0, 12_000.0) * homes.size**0.85 * np.exp(0.25 * homes.fortune)
    return [
        shared(np.ones(size, dtype=bool), LIVING, yuan(rng, living, 0.25)),
        shared(chance(rng, 0.12, size), INSURANCE, yuan(rng, 900.0, 0.7, size)),
        shared(chance(rng, 0.01, size), OTHER, yuan(rng, 2_500.0, 0.8, size)),
    ]


def _of_people(
    homes: Homes, people: People, condition: Condition, work: Work, last: int, rng: np.random.Generator
) -> list[Expenses]:
    size = people.home.size

    def own(having: Bools, kind: int, median: float | np.ndarray, sigma: float) -> Expenses:
        person = np.flatnonzero(having)
        medians = np.broadcast_to(np.asarray(median, dtype=float), (size,))[person]
        amount = yuan(rng, medians, sigma)
        return Expenses(
            people.home[person], person, np.full(person.size, kind), amount, _some_day(person.size, last, rng)
        )

    employed = np.zeros(size, dtype=bool)
    employed[work.jobs.person[among(work.jobs.kind, (FORMAL, INFORMAL))]] = True
    travels = work.works & employed & homes.rural[people.home]
    in_care = (condition.grade > 0) & (condition.grade < 4)
    return [
        own(in_care & chance(rng, 0.2, size), REHABILITATION, 2_800.0, 0.7),
        own(travels & chance(rng, 0.3, size), EMPLOYMENT, 2_400.0, 0.5),
    ]


def _some_day(size: int, last: int, rng: np.random.Generator) -> Ints:
    return last - (rng.random(size) * _YEAR).astype(np.int64)
