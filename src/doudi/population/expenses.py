"""What the households of a synthetic county spent in the 12 months before its day. Money in fen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from doudi.population.composition import Homes, People
from doudi.population.condition import Condition
from doudi.population.draw import Bools, Floats, Ints, chance, step, yuan
from doudi.population.income import Work

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
_TUITION = np.array([0, 3_600, 350, 700, 3_800, 2_600, 11_500, 12_500, 11_000], dtype=float)
_NOBODY = -1
_YEAR = 365
_LATE_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Expenses:
    """Expenses, one an element: household, person (-1 for the whole household), kind, amount, age in days.

    An age of 0 stands for an expense spread over the year.
    """

    home: Ints
    person: Ints
    kind: Ints
    amount: Ints
    days_ago: Ints

    def by_home(self, homes: Homes, kinds: tuple[int, ...]) -> Ints:
        """The sum of the expenses of these kinds of each household."""
        chosen = np.isin(self.kind, kinds)
        totals = np.zeros(homes.kind.size, dtype=np.int64)
        np.add.at(totals, self.home[chosen], self.amount[chosen])
        return totals


def expenses_of(
    homes: Homes, people: People, condition: Condition, work: Work, rng: np.random.Generator
) -> Expenses:
    """All expenses, in the order of the households."""
    parts = [*_of_homes(homes, rng), *_of_people(homes, people, condition, work, rng)]
    joined = [np.concatenate([getattr(part, field) for part in parts]) for field in Expenses.__slots__]
    order = np.argsort(joined[0], kind="stable")
    return Expenses(*(column[order] for column in joined))


def _of_homes(homes: Homes, rng: np.random.Generator) -> list[Expenses]:
    size = homes.kind.size

    def shared(having: Bools, kind: int, amount: Ints, dated: bool) -> Expenses:
        home = np.flatnonzero(having)
        days = _days_ago(home.size, rng) if dated else np.zeros(home.size, dtype=np.int64)
        return Expenses(home, np.full(home.size, _NOBODY), np.full(home.size, kind), amount[home], days)

    living = np.where(homes.rural, 7_200.0, 12_000.0) * homes.size**0.85 * np.exp(0.25 * homes.fortune)
    return [
        shared(np.ones(size, dtype=bool), LIVING, yuan(rng, living, 0.25), dated=False),
        shared(chance(rng, 0.12, size), INSURANCE, yuan(rng, 900.0, 0.7, size), dated=True),
        shared(chance(rng, 0.003, size), DISASTER, yuan(rng, 11_000.0, 0.8, size), dated=True),
        shared(chance(rng, 0.01, size), OTHER, yuan(rng, 2_500.0, 0.8, size), dated=True),
    ]


def _of_people(
    homes: Homes, people: People, condition: Condition, work: Work, rng: np.random.Generator
) -> list[Expenses]:
    size = people.home.size

    def own(having: Bools, kind: int, amount: Ints) -> Expenses:
        person = np.flatnonzero(having)
        return Expenses(
            people.home[person],
            person,
            np.full(person.size, kind),
            amount[person],
            _days_ago(person.size, rng),
        )

    ill = condition.illness > 0
    likely = np.where(ill, 0.97, step(people.age, (15, 60, 75), (0.30, 0.22, 0.45, 0.6)))
    bill: Floats = np.where(ill, 24_000.0, step(people.age, (15, 60, 75), (420, 700, 1_300, 1_900)))
    bill = bill + np.where(condition.severe, 1_500.0, 0.0)
    travels = work.works & (work.income["wage"] > 0) & homes.rural[people.home]
    in_care = (condition.grade > 0) & (condition.grade < 4) & chance(rng, 0.2, size)
    return [
        own(chance(rng, likely), MEDICAL, yuan(rng, bill, 0.85)),
        own(condition.study > 0, EDUCATION, yuan(rng, _TUITION[condition.study], 0.3)),
        own(in_care, REHABILITATION, yuan(rng, 2_800.0, 0.7, size)),
        own(travels & chance(rng, 0.3, size), EMPLOYMENT, yuan(rng, 2_400.0, 0.5, size)),
    ]


def _days_ago(size: int, rng: np.random.Generator) -> Ints:
    """Within the year; a few bills are older."""
    within = 1 + (rng.random(size) * (_YEAR - 1)).astype(np.int64)
    return within + _YEAR * chance(rng, _LATE_SHARE, size)
