"""Work and income of the persons of a synthetic county, for the 12 months before its day. Money in fen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from doudi.population.composition import HEAD, KIND, SPOUSE, Homes, People
from doudi.population.condition import CONSCRIPT, Condition
from doudi.population.county import County
from doudi.population.draw import Bools, Floats, Ints, between, chance, pick, step, yuan

EARNED = ("wage", "business_gross", "property_gross", "pension", "unemployment_benefit", "survivor_benefit",
          "compensation", "gifts", "alimony_received", "other_income")  # fmt: skip
COSTS = ("business_cost", "property_cost", "transfers_paid")
LEFT_OUT = ("basic_pension_central", "entitled_compensation", "family_planning_award", "scholarship",
            "bravery_award", "social_aid", "disability_subsidy", "elder_allowance", "child_allowance",
            "conscript_family_payment", "one_off_receipt")  # fmt: skip
INCOME = EARNED + COSTS + LEFT_OUT

_CENTRAL_PENSION_MONTH = {2025: 143, 2026: 163}
_RESIDENT_INSURANCE_YEAR = 400


@dataclass(frozen=True, slots=True)
class Work:
    """Who works, who draws the pension of former employees, and the 12 months' income by name."""

    works: Bools
    retired: Bools
    income: dict[str, Ints]

    def countable(self) -> Ints:
        """Income of each person without what the measures leave out: a plain sum, no deductions."""
        total = np.zeros_like(self.income["wage"])
        for name in EARNED:
            total += self.income[name]
        for name in COSTS:
            total -= self.income[name]
        return total


def works_and_incomes(
    county: County, homes: Homes, people: People, condition: Condition, rng: np.random.Generator
) -> Work:
    """Work by age, sex, ability and fortune, and the income that follows from it."""
    rural = homes.rural[people.home]
    retired = _retired(people, rural, rng)
    works = _works(homes, people, condition, rural, retired, rng)
    none = np.zeros(rural.size, dtype=np.int64)
    income = dict.fromkeys(INCOME, none)
    income |= _earnings(county, homes, people, works, rural, rng)
    income |= _pensions(people, rural, retired, rng)
    income |= _private(homes, people, rural, works, rng)
    income |= _public(people, condition, rural, rng)
    income["transfers_paid"] = _contributions(people, rural, retired, income["wage"], rng)
    return Work(works, retired, income)


def by_area(county: County, field: str, rural: Bools) -> Floats:
    """A level of the county for each element, by whether it lies in the country."""
    urban_level, rural_level = (getattr(levels, field) for levels in (county.urban, county.rural))
    return np.where(rural, float(rural_level), float(urban_level))


def _retired(people: People, rural: Bools, rng: np.random.Generator) -> Bools:
    """Former employees draw their own pension, women from 55, men from 60; others the residents' pension at 60."""
    of_age = people.age >= np.where(people.male, 60, 55)
    return of_age & chance(rng, np.where(rural, 0.05, 0.62))


def _works(
    homes: Homes, people: People, condition: Condition, rural: Bools, retired: Bools, rng: np.random.Generator
) -> Bools:
    grown = np.where(people.male, 0.98, 0.91)
    aged = np.where(
        rural, step(people.age, (65, 70), (0.80, 0.66, 0.42)), step(people.age, (65,), (0.25, 0.05))
    )
    likely = np.where(people.age < 60, grown, aged) * np.where(people.age < 18, 0.1, 1.0)
    odds = likely / (1 - likely) * np.exp(0.6 * homes.fortune[people.home])
    able = condition.can_work & (condition.study == 0) & (condition.absence == 0) & ~retired
    return able & chance(rng, odds / (1 + odds))


def _earnings(
    county: County, homes: Homes, people: People, works: Bools, rural: Bools, rng: np.random.Generator
) -> dict[str, Ints]:
    """Wages, and gross income and cost of farm or business."""
    luck = np.exp(0.28 * homes.fortune[people.home])
    weaker = step(people.age, (20, 26, 55, 60), (0.6, 0.9, 1.0, 0.85, 0.6))
    mode = np.where(rural, pick(rng, (48, 27, 25), works.size), pick(rng, (84, 12, 4), works.size))
    mode = np.where(rural & (people.age >= 60), pick(rng, (8, 84, 8), works.size), mode)
    employed, trades = works & (mode != 1), works & (mode != 0)
    share = np.where(mode == 2, 0.75, 1.0)
    wage = yuan(rng, by_area(county, "wage", rural) * luck * weaker * share, 0.34)
    gross = yuan(rng, by_area(county, "business", rural) * luck * weaker * share, 0.38)
    cost_share = np.clip(0.42 + 0.13 * rng.standard_normal(works.size), 0.1, 1.2)
    return {
        "wage": np.where(employed, wage, 0),
        "business_gross": np.where(trades, gross, 0),
        "business_cost": np.where(trades, (gross * cost_share).astype(np.int64) // 100 * 100, 0),
    }


def _pensions(people: People, rural: Bools, retired: Bools, rng: np.random.Generator) -> dict[str, Ints]:
    """Pensions of former employees; for other residents the central part and the local and own part apart."""
    size = rural.size
    resident = (people.age >= 60) & ~retired & chance(rng, 0.97, size)
    central = 6 * sum(_CENTRAL_PENSION_MONTH.values()) * 100
    local = between(rng, 180, 1_100, size) + np.where(people.age >= 70, 24_000, 0)
    former = yuan(rng, np.where(rural, 24_000.0, 36_000.0), 0.25)
    return {
        "pension": np.where(retired, former, np.where(resident, local, 0)),
        "basic_pension_central": np.where(resident, central, 0),
    }


def _private(
    homes: Homes, people: People, rural: Bools, works: Bools, rng: np.random.Generator
) -> dict[str, Ints]:
    """Rents, gifts, support from kin outside, and benefits that few receive."""
    size = rural.size
    kind = homes.kind[people.home]
    grown = people.age >= 18
    householder = np.isin(people.relation, (HEAD, SPOUSE))
    aged_apart = np.isin(kind, [KIND[name] for name in ("old_alone", "old_couple")]) & (people.age >= 60)
    skipped = np.isin(kind, [KIND[name] for name in ("old_and_grandchild", "old_couple_grandchildren")])
    supported = np.select([aged_apart, skipped & ~householder], [0.86, 0.94], 0.0)
    supported = np.where((kind == KIND["lone_parent"]) & (people.age < 18), 0.35, supported)
    support = yuan(
        rng,
        np.where(skipped, 15_000.0, np.where(rural, 9_000.0, 11_000.0))
        * np.exp(0.3 * homes.fortune[people.home]),
        0.5,
    )
    head = people.relation == HEAD
    let = head & chance(rng, np.where(rural, 0.24, 0.07))
    rent = yuan(rng, np.where(rural, 900.0, 9_000.0), 0.5)
    jobless = grown & ~works & (people.age < 60) & ~rural

    def few(who: Bools, probability: float, low: float, high: float) -> Ints:
        return np.where(who & chance(rng, probability, size), between(rng, low, high, size), 0)

    return {
        "alimony_received": np.where(chance(rng, supported), support, 0),
        "property_gross": np.where(let, rent, 0),
        "property_cost": np.where(let & ~rural, rent // 1000 * 100, 0),
        "gifts": few(head, 0.02, 500, 5_000),
        "unemployment_benefit": few(jobless, 0.05, 5_000, 19_000),
        "survivor_benefit": few(people.marital == 2, 0.02, 4_000, 9_000),
        "compensation": few(grown, 0.002, 2_000, 15_000),
        "other_income": few(grown, 0.01, 300, 4_000),
        "one_off_receipt": few(head, 0.006, 8_000, 200_000),
    }


def _public(people: People, condition: Condition, rural: Bools, rng: np.random.Generator) -> dict[str, Ints]:
    """Payments from the state that the measures leave out of the count."""
    size = rural.size
    age = people.age

    def paid(who: Bools, probability: float, low: float, high: float) -> Ints:
        return np.where(who & chance(rng, probability, size), between(rng, low, high, size), 0)

    orphaned = (age < 18) & chance(rng, 0.0015, size)
    severe_months = np.where(condition.grade == 1, 120, 80) * 12 * 100
    elder = step(age, (80, 90, 100), (0, 50, 100, 300)).astype(np.int64) * 12 * 100
    return {
        "entitled_compensation": paid(people.male & (age >= 45), 0.012, 4_000, 16_000),
        "family_planning_award": paid(rural & (age >= 60), 0.06, 1_440, 1_920),
        "scholarship": paid(condition.study >= 4, 0.18, 1_000, 4_400),
        "bravery_award": paid(age >= 18, 0.00003, 5_000, 50_000),
        "disability_subsidy": np.where((condition.grade > 0) & condition.severe, severe_months, 0),
        "elder_allowance": elder,
        "child_allowance": np.where(orphaned, 1_200 * 12 * 100, 0),
        "conscript_family_payment": np.where(
            condition.absence == CONSCRIPT, between(rng, 9_000, 18_000, size), 0
        ),
    }


def _contributions(
    people: People, rural: Bools, retired: Bools, wage: Ints, rng: np.random.Generator
) -> Ints:
    """Social insurance: a tenth of the wage of most employees in town, a fixed sum for other grown residents."""
    employed = (wage > 0) & ~rural & chance(rng, 0.7, wage.size)
    paid = np.where(employed, wage // 100_000 * 10_500, _RESIDENT_INSURANCE_YEAR * 100)
    return np.where((people.age < 16) | (retired & ~rural), 0, paid)


def per_head_month(homes: Homes, amounts: Ints) -> Ints:
    """A yearly amount of each person as the household's sum per head and month, in fen."""
    return np.add.reduceat(amounts, homes.first) // (homes.size * 12)
