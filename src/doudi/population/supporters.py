"""Legal supporters outside the household: grown children of the old, absent parents, kin of the disabled.

A supporter of two members of one household is written once for each of them, with the same means.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from doudi.population.composition import CHILD, GRANDCHILD, HEAD, KIND, MARITAL, PARENT, SPOUSE, Homes, People
from doudi.population.condition import Condition
from doudi.population.county import County, by_area
from doudi.population.days import YEAR
from doudi.population.draw import Bools, Floats, Ints, among, between, chance, pick, pick_by, yuan

RELATIONS = ("child", "parent", "spouse", "sibling", "grandchild", "grandparent")
STATUSES = ("none", "tekun", "dibao", "low_margin", "rigid")
_TEKUN, _DIBAO = 1, 2
_AWAY = (1, 2, 3)
_MANY = 3
_LEAP = 2
_KIN_LUCK = 0.35
_WORST_OF_ABLE, _ABLE_BELOW = 3, 69
_IS_CHILD, _IS_PARENT, _IS_SIBLING = 0, 1, 3
_ELDER_FROM = 60
_CHILDREN_AWAY = ((11, 22, 35, 22, 10), (45, 34, 16, 5, 0))
_APART = [
    KIND[name] for name in ("old_alone", "old_couple", "old_and_grandchild", "old_couple_grandchildren")
]
_SKIPPED = [KIND[name] for name in ("old_and_grandchild", "old_couple_grandchildren")]
_STATUS_MIX = (958, 2, 22, 14, 4)
_ABSENCE_MIX = (9_920, 25, 5, 10, 5, 35)
_DISABILITY_MIX = (962, 6, 8, 1, 16, 3, 4)
_GRADE_MIX = (0, 12, 22, 27, 39)
_FAMILY_SIZES = (0, 12, 18, 34, 24, 9, 3)


@dataclass(frozen=True, slots=True)
class Links:
    """Which outside person supports which member: members, and outside persons by number, relation and age."""

    person: Ints
    kin: Ints
    relation: Ints
    age: Floats


@dataclass(frozen=True, slots=True)
class Supporters:
    """Supporters, one an element for each member supported."""

    person: Ints
    relation: Ints
    days: Ints
    family_size: Ints
    family_income: Ints
    own_income: Ints
    property_within_limits: Bools
    status: Ints
    disability: Ints
    disability_grade: Ints
    absence: Ints
    no_civil_capacity: Bools
    consents: Bools
    agreed_fee: Ints
    supported_persons: Ints
    support_ended: Bools


def supporters_of(
    county: County, homes: Homes, people: People, here: Bools, condition: Condition, rng: np.random.Generator
) -> Supporters:
    """All supporters of those who are ``here``, in the order of the persons they support."""
    groups = [
        _grown_children(homes, people, here, rng),
        _absent_parents(homes, people, here, rng),
        _kin_of_disabled(homes, people, here & condition.severe, rng),
    ]
    offsets = np.cumsum([0] + [group.age.size for group in groups])
    links = Links(
        np.concatenate([group.person for group in groups]),
        np.concatenate([group.kin + offset for group, offset in zip(groups, offsets[:-1], strict=True)]),
        np.concatenate([group.relation for group in groups]),
        np.concatenate([group.age for group in groups]),
    )
    return _described(county, homes, people, links, rng)


def _grown_children(homes: Homes, people: People, here: Bools, rng: np.random.Generator) -> Links:
    """Children who left. The never married have none; parents who live with a child have fewer elsewhere."""
    elder = here & (people.age >= _ELDER_FROM) & among(people.relation, (HEAD, SPOUSE, PARENT))
    elder &= people.marital != MARITAL.index("single")
    away = pick_by(rng, _CHILDREN_AWAY, (~among(homes.kind, _APART)).astype(np.int64))
    away = np.where(among(homes.kind, _SKIPPED), np.maximum(away, 1), away)
    away = np.where(np.logical_or.reduceat(elder, homes.first), away, 0)
    youngest = np.full(homes.kind.size, 120, dtype=np.int64)
    np.minimum.at(youngest, people.home[elder], people.age[elder])
    kin_home = np.repeat(np.arange(homes.kind.size), away)
    age = np.maximum(18.5, youngest[kin_home] - rng.uniform(21, 34, kin_home.size))
    first_kin = np.concatenate(([0], np.cumsum(away)[:-1]))
    return _links(np.flatnonzero(elder), people, away, first_kin, _IS_CHILD, age)


def _absent_parents(homes: Homes, people: People, here: Bools, rng: np.random.Generator) -> Links:
    """Parents who left a child with its grandparents, and the other parent of a child of divorced people."""
    skipped = among(homes.kind, _SKIPPED)
    widowed = people.marital[homes.first] == MARITAL.index("widowed")
    lone = (homes.kind == KIND["lone_parent"]) & ~widowed
    count = np.where(
        skipped, pick(rng, (3, 17, 80), skipped.size), np.where(lone, chance(rng, 0.9, lone.size), 0)
    )
    minor = here & (people.age < 18) & among(people.relation, (CHILD, GRANDCHILD))
    age = rng.uniform(27, 46, int(count.sum()))
    first_kin = np.concatenate(([0], np.cumsum(count)[:-1]))
    return _links(np.flatnonzero(minor), people, count, first_kin, _IS_PARENT, age)


def _kin_of_disabled(homes: Homes, people: People, disabled: Bools, rng: np.random.Generator) -> Links:
    """Parents and siblings of severely disabled people who live alone."""
    alone = (homes.kind[people.home] == KIND["adult_alone"]) & disabled
    person = np.flatnonzero(alone & chance(rng, 0.7, alone.size))
    sibling = chance(rng, 0.35, person.size)
    age = people.age[person] + np.where(
        sibling, rng.uniform(-8, 8, person.size), rng.uniform(21, 34, person.size)
    )
    relation = np.where(sibling, _IS_SIBLING, _IS_PARENT)
    return Links(person, np.arange(person.size), relation, np.clip(age, 18.5, 98))


def _links(person: Ints, people: People, count: Ints, first: Ints, relation: int, age: Floats) -> Links:
    """Each person with all outside persons of the household."""
    each = count[people.home[person]]
    rows = np.repeat(person, each)
    within = np.arange(rows.size) - np.repeat(np.cumsum(each) - each, each)
    return Links(rows, first[people.home[rows]] + within, np.full(rows.size, relation), age)


def _described(
    county: County, homes: Homes, people: People, links: Links, rng: np.random.Generator
) -> Supporters:
    """Draws the means of each outside person once and writes them for each member supported."""
    order = np.argsort(links.person, kind="stable")
    person, kin, relation = links.person[order], links.kin[order], links.relation[order]
    size = links.age.size
    home = np.zeros(size, dtype=np.int64)
    home[kin] = people.home[person]
    rural = homes.rural[home]
    members = pick(rng, _FAMILY_SIZES, size)
    per_head = yuan(
        rng, by_area(county, "supporter_income", rural) * np.exp(_KIN_LUCK * homes.fortune[home]), 0.5
    )
    consents = chance(rng, 0.975, size)
    disability = pick(rng, _DISABILITY_MIX, size)
    own_share = np.clip(rng.normal(0.52, 0.1, size), 0.2, 0.9)
    income = per_head * members
    alone = members == 1
    facts = {
        "days": (links.age * YEAR).astype(np.int64),
        "family_size": members,
        "family_income": income,
        "own_income": np.where(alone, income, (income * own_share).astype(np.int64) // 10_000 * 10_000),
        "property_within_limits": per_head < rng.uniform(15_000, 60_000, size) * 100,
        "status": np.where(
            per_head < 1_000_000, pick(rng, (40, 4, 36, 16, 4), size), pick(rng, _STATUS_MIX, size)
        ),
        "disability": disability,
        "disability_grade": np.where(disability > 0, pick(rng, _GRADE_MIX, size), 0),
        "absence": pick(rng, _ABSENCE_MIX, size),
        "no_civil_capacity": chance(rng, 0.003, size),
        "consents": consents,
        "agreed_fee": np.where(chance(rng, 0.12, size), between(rng, 600, 6_000, size), 0),
        "supported_persons": np.bincount(kin, minlength=size),
        "support_ended": chance(rng, 0.015, size),
    }
    return Supporters(
        person,
        relation,
        **{name: values[kin] for name, values in facts.items()},
    )


def support_fees(
    persons: int, supporters: Supporters, standard: Ints, idle: Bools, of: Bools | None = None
) -> Ints:
    """The yearly fees that one would compute for each person supported: the measures' surplus, or what was agreed.

    ``standard`` is that of the place of each supported person, in fen a month; ``idle`` says which persons are grown,
    severely disabled and without work: for them siblings and people of 60 or more are let off. ``of`` leaves out supporters whose means nobody knows.
    """
    free = 2 * 12 * standard * supporters.family_size
    released = (
        supporters.support_ended | among(supporters.status, (_TEKUN, _DIBAO)) | supporters.no_civil_capacity
    )
    released |= among(supporters.absence, _AWAY)
    spared = (supporters.relation == _IS_SIBLING) | (supporters.days >= _ELDER_FROM * YEAR - _LEAP)
    released |= idle[supporters.person] & spared
    many = np.bincount(supporters.person, minlength=persons)[supporters.person] >= _MANY
    rate = np.where(many, 4, 5)
    surplus = np.maximum(0, supporters.family_income - free) * rate // 10 // supporters.supported_persons
    if of is not None:
        released |= ~of
    due = np.where(released, 0, np.maximum(surplus, supporters.agreed_fee))
    return np.bincount(supporters.person, weights=due.astype(float), minlength=persons).astype(np.int64)


def able(supporters: Supporters) -> Bools:
    """Whether each supporter is surely able to give support (民发〔2021〕43号 art. 8)."""
    grave = (supporters.disability_grade > 0) & (supporters.disability_grade <= _WORST_OF_ABLE)
    bound = ~supporters.support_ended & (supporters.status == 0) & (supporters.absence == 0)
    return bound & ~grave & ~supporters.no_civil_capacity & (supporters.days < _ABLE_BELOW * YEAR)
