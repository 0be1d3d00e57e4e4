"""The table of persons, from the arrays of a synthetic county."""

from __future__ import annotations

import numpy as np
import polars as pl

from doudi.population import columns
from doudi.population.composition import CHILD, GRANDCHILD, MARITAL, PARENT, RELATIONS
from doudi.population.condition import (
    ABILITIES,
    ABSENCES,
    CLERGY,
    DISABILITIES,
    ILLNESSES,
    STUDIES,
)
from doudi.population.draw import Bools, Ints, between, chance
from doudi.population.income import INCOME
from doudi.population.names import personal_names
from doudi.population.tables import Synthetic, heads_of_tekun

_SEXES = ("female", "male")
_SCHEMES = ("none", "orphan", "unattended_child")
_ALWAYS = 1_200
_OFTEN_UNKNOWN = ("wage", "business_gross", "property_gross", "alimony_received", "gifts")
_UNKNOWN_AMOUNT = 0.02
_SILENT_ADULT = 0.002


def persons(of: Synthetic, rng: np.random.Generator) -> pl.DataFrame:
    """The table of persons."""
    names = {"name": personal_names(of.homes, of.people, rng)}
    parts = (
        _identity(of) | names,
        _health(of),
        _membership(of, rng),
        _working(of, rng),
        _care(of, rng),
        _amounts(of, rng),
    )
    return pl.DataFrame({name: column for part in parts for name, column in part.items()})


def _identity(of: Synthetic) -> dict[str, pl.Series]:
    people = of.people
    return {
        "person_id": of.person_ids,
        "household_id": columns.linked(of.household_ids, people.home),
        "relation": columns.codes(RELATIONS, people.relation),
        "born": columns.days(of.county.on, people.days),
        "sex": columns.codes(_SEXES, people.male.astype(np.int64)),
        "marital": columns.codes(MARITAL, people.marital),
    }


def _health(of: Synthetic) -> dict[str, pl.Series]:
    condition = of.condition
    return {
        "study": columns.codes(STUDIES, condition.study),
        "disability": columns.codes(DISABILITIES, condition.disability),
        "disability_grade": columns.counts(condition.grade),
        "gravest_component": columns.codes(DISABILITIES, condition.component),
        "gravest_component_grade": columns.counts(np.where(condition.component > 0, condition.grade, 0)),
        "illness": columns.codes(ILLNESSES, condition.illness),
        "absence": columns.codes(ABSENCES, condition.absence),
        "absence_months": columns.counts(condition.absence_months),
        "no_civil_capacity": columns.flags(
            condition.of_mind & (condition.grade <= 2) & (of.people.age >= 18)
        ),
    }


def _membership(of: Synthetic, rng: np.random.Generator) -> dict[str, pl.Series]:
    """Whether and since when someone belongs to those who live together."""
    people, condition = of.people, of.condition
    size = people.home.size
    joined = np.isin(people.relation, (GRANDCHILD, PARENT)) & chance(rng, 0.08, size)
    months = np.where(
        joined, np.minimum(people.age * 12, 3 + (rng.random(size) * 200).astype(np.int64)), _ALWAYS
    )
    grown_child = (people.relation == CHILD) & (people.age >= 18)
    clergy = condition.absence == CLERGY
    return {
        "full_time": columns.flags(~((people.age >= 18) & chance(rng, 0.03, size))),
        "lives_in_religious_place": columns.flags(clergy & chance(rng, 0.8, size)),
        "coresidence_months": columns.counts(months),
        "duty_of_support": columns.flags(
            np.ones(size, dtype=bool), (people.relation == GRANDCHILD) & chance(rng, 0.03, size)
        ),
        "cannot_live_independently": columns.flags(grown_child & condition.severe & ~condition.can_work),
        "shares_means": columns.flags(~(grown_child & of.work.works & chance(rng, 0.03, size))),
    }


def _working(of: Synthetic, rng: np.random.Generator) -> dict[str, pl.Series]:
    people, condition, works = of.people, of.condition, of.work.works
    size = works.size
    of_age = (people.age >= 16) & (people.age < 60)
    jobless = of_age & condition.can_work & ~works & (condition.study == 0) & (condition.absence == 0)
    refusals = np.where(jobless & chance(rng, 0.03, size), 1 + (rng.random(size) * 4).astype(np.int64), 0)
    hard_to_say = (people.age >= 50) & (people.age < 75) & chance(rng, 0.007, size)
    return {
        "can_work": columns.flags(condition.can_work, hard_to_say),
        "works": columns.flags(works),
        "started_work_on": columns.days(
            of.county.on, (rng.random(size) * 365).astype(np.int64), ~(works & chance(rng, 0.04, size))
        ),
        "jobless": columns.flags(jobless),
        "job_refusals": columns.counts(refusals),
    }


def _care(of: Synthetic, rng: np.random.Generator) -> dict[str, pl.Series]:
    """Schemes, findings and the six abilities, which nobody assesses in small children."""
    people, condition = of.people, of.condition
    size = people.home.size
    allowance = of.work.income["child_allowance"] > 0
    scheme = np.where(allowance, 1 + chance(rng, 0.65, size).astype(np.int64), 0)
    not_assessed = (people.age < 6) | ((people.age >= 75) & chance(rng, 0.015, size))
    has_supporter = np.zeros(size, dtype=bool)
    has_supporter[of.supporters.person] = True
    findings = {
        "other_scheme": columns.codes(_SCHEMES, scheme),
        "special_hardship": columns.flags(chance(rng, 0.001, size)),
        "already_tekun": columns.flags(heads_of_tekun(of)),
        "support_waived": columns.flags(has_supporter & chance(rng, 0.005, size)),
    }
    abilities = {
        name: columns.flags(condition.abilities[:, place], not_assessed)
        for place, name in enumerate(ABILITIES)
    }
    return findings | abilities


def _amounts(of: Synthetic, rng: np.random.Generator) -> dict[str, pl.Series]:
    """Money of 12 months; now and then an amount, or all of them, could not be learnt."""
    size = of.people.home.size
    silent = (of.people.age >= 18) & chance(rng, _SILENT_ADULT, size)
    income = of.work.income | {"social_aid": _aid(of)}
    amounts = {name: _amount(name, income[name], silent, rng) for name in INCOME}
    kin = of.condition.severe & chance(rng, 0.02, size)
    imputed = (of.people.age >= 18) & chance(rng, 0.002, size)
    return amounts | {
        "family_support_income": columns.money(np.where(kin, between(rng, 500, 4_000, size), 0)),
        "imputed_income": columns.money(np.where(imputed, between(rng, 1_000, 8_000, size), 0)),
        "imputed_reason": columns.flags(imputed & chance(rng, 0.3, size)),
    }


def _amount(name: str, fen: Ints, silent: Bools, rng: np.random.Generator) -> pl.Series:
    unknown = silent
    if name in _OFTEN_UNKNOWN:
        unknown = silent | ((fen > 0) & chance(rng, _UNKNOWN_AMOUNT, fen.size))
    return columns.money(fen, unknown)


def _aid(of: Synthetic) -> Ints:
    """What the holdings paid in 12 months, to the person named or else to the head."""
    held = of.holdings
    aid = np.zeros(of.people.home.size, dtype=np.int64)
    receiver = np.where(held.person < 0, of.homes.first[held.home], held.person)
    np.add.at(aid, receiver, held.monthly * np.minimum(12, held.days // 30))
    return aid
