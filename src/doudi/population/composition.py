"""Who lives with whom: kinds of household, and age, sex and relation of their members.

Shares of kinds are set so that the whole meets the census of 2020: 2.62 persons per household, 17.95 % below 15 and
18.7 % of 60 or more.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from doudi.population.county import County
from doudi.population.days import BEFORE, OPEN, YEAR, History, age_on
from doudi.population.draw import Bools, Floats, Ints, among, chance, pick_by

RELATIONS = ("head", "spouse", "child", "parent", "grandchild", "child_in_law")
HEAD, SPOUSE, CHILD, PARENT, GRANDCHILD, CHILD_IN_LAW = range(len(RELATIONS))


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a household: its age lies ``low`` to ``high`` years from that of the slot ``of``, within bounds."""

    relation: int
    of: int
    low: float
    high: float
    least: float
    most: float
    status: str
    """``married`` and so on: which mix of marital states the place has."""
    male: float = 0.52
    """Probability of a man; for a partner the sex is opposite to that of the slot ``of``."""
    partner: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of household: its share of 1,000 households in town and in the country, and its places."""

    name: str
    urban: float
    rural: float
    slots: tuple[Slot, ...]


def _head(low: float, high: float, status: str, male: float = 0.8) -> Slot:
    return Slot(HEAD, 0, 0, 0, low, high, status, male)


def _partner(relation: int, of: int) -> Slot:
    return Slot(relation, of, -4, 4, 20, 98, "married", partner=True)


def _child(of: int, most: float, relation: int = CHILD, least: float = 0) -> Slot:
    return Slot(relation, of, -37, -21, least, most, "child")


def _next_child(of: int, relation: int = CHILD, least: float = 0) -> Slot:
    return Slot(relation, of, -7, -1.2, least, 25, "child")


_COUPLE = _partner(SPOUSE, 0)
_FIRST, _SECOND = _child(0, 30), _next_child(2)
_ELDEST_OF_TWO, _ELDEST_OF_THREE = _child(0, 26, least=1.7), _child(0, 24, least=3.4)
_MIDDLE, _THIRD = _next_child(2, least=1.7), _next_child(3)
_MOTHER = Slot(PARENT, 0, 20, 33, 42, 97, "widowed", 0.25)
_FATHER = Slot(PARENT, 0, 20, 33, 42, 97, "married", 1.0)
_YOUNGER = _next_child(2, GRANDCHILD)
_LEFT_WITH_ELDERS = Slot(GRANDCHILD, 0, -80, 0, 3, 17, "child")
_HEIR = Slot(CHILD, 0, -34, -22, 24, 60, "married", 0.9)
_HEIR_FAMILY = (_HEIR, _partner(CHILD_IN_LAW, 2), _child(2, 18, GRANDCHILD))

KINDS = (
    Kind("old_alone", 50, 84, (_head(60, 97, "old_alone", 0.46),)),
    Kind("adult_alone", 222, 152, (_head(19, 60, "adult_alone", 0.62),)),
    Kind("old_couple", 64, 86, (_head(60, 92, "married", 0.88), _COUPLE)),
    Kind("couple", 148, 112, (_head(23, 60, "married", 0.85), _COUPLE)),
    Kind("lone_parent", 40, 30, (_head(29, 58, "lone_parent", 0.35), _child(0, 28))),
    Kind("old_and_child", 22, 38, (_head(62, 92, "widowed", 0.4), _child(0, 60, least=24))),
    Kind("old_and_grandchild", 5, 20, (_head(56, 80, "widowed", 0.3), _LEFT_WITH_ELDERS)),
    Kind("couple_one", 188, 146, (_head(27, 53, "married", 0.85), _COUPLE, _FIRST)),
    Kind("couple_elder", 14, 20, (_head(35, 60, "married", 0.9), _COUPLE, _MOTHER)),
    Kind("old_couple_child", 20, 28, (_head(56, 82, "married", 0.9), _COUPLE, _child(0, 55, least=22))),
    Kind("couple_two", 94, 102, (_head(30, 50, "married", 0.87), _COUPLE, _ELDEST_OF_TWO, _SECOND)),
    Kind(
        "old_couple_grandchildren",
        4,
        13,
        (_head(54, 78, "married", 0.9), _COUPLE, _LEFT_WITH_ELDERS, _YOUNGER),
    ),
    Kind("couple_one_elder", 28, 38, (_head(30, 56, "married", 0.9), _COUPLE, _child(0, 26), _MOTHER)),
    Kind("couple_three", 9, 15, (_head(32, 52, "married", 0.9), _COUPLE, _ELDEST_OF_THREE, _MIDDLE, _THIRD)),
    Kind(
        "couple_two_elder", 21, 31, (_head(31, 52, "married", 0.9), _COUPLE, _ELDEST_OF_TWO, _SECOND, _MOTHER)
    ),
    Kind("three_generations", 24, 31, (_head(54, 76, "married", 0.92), _COUPLE, *_HEIR_FAMILY)),
    Kind(
        "three_generations_two",
        26,
        35,
        (_head(30, 50, "married", 0.92), _COUPLE, _ELDEST_OF_TWO, _SECOND, _FATHER, _partner(PARENT, 4)),
    ),
    Kind(
        "three_generations_three",
        5,
        10,
        (
            _head(54, 76, "married", 0.92),
            _COUPLE,
            _HEIR,
            _partner(CHILD_IN_LAW, 2),
            _child(2, 18, GRANDCHILD, least=3.4),
            _next_child(4, GRANDCHILD, least=1.7),
            _next_child(5, GRANDCHILD),
        ),
    ),
)
KIND = {kind.name: number for number, kind in enumerate(KINDS)}
SLOTS = max(len(kind.slots) for kind in KINDS)

_SIZES = np.array([len(kind.slots) for kind in KINDS])
_STRUCK_BY_SIZE, _BLOW = (0.0, 0.33, 0.11, 0.02), 1.7
_MOVED_IN, _MOVED_AWAY, _DIED_OUT = 0.020, 0.022, 0.011
_NEXT_CHILD, _HEIR_PLACE, _LAST_CHILD_AT = 3, 2, 44
_GONE_YEARS = 2.5
"""Whoever left was born before the history."""
_FEWER_BABIES = 0.73
NOBODY = -1

MARITAL = ("single", "married", "widowed", "divorced")
_STATUSES = ("married", "child", "widowed", "adult_alone", "old_alone_man", "old_alone_woman", "lone_parent")
_MARITAL_MIX = (
    (0, 1, 0, 0),
    (1, 0, 0, 0),
    (0.02, 0, 0.90, 0.08),
    (0.66, 0.16, 0.03, 0.15),
    (0.52, 0.00, 0.38, 0.10),
    (0.05, 0.00, 0.88, 0.07),
    (0.03, 0.22, 0.22, 0.53),
)


@dataclass(frozen=True, slots=True)
class Homes:
    """Households: kind, area, first member, number of members, how well they do (0 is average), and when they are here.

    The members of a household are all who live there on its last day; ``came`` is the day on which they moved in
    together, ``left`` the day after which the household is no more.
    """

    kind: Ints
    rural: Bools
    first: Ints
    size: Ints
    fortune: Floats
    came: Ints
    left: Ints


@dataclass(frozen=True, slots=True)
class People:
    """Persons in the order of their households: household, place in it, and who they are.

    ``age`` is that of the last day of the history, also of those who are no longer here; ``partner`` is the row of the
    husband or wife, or -1.
    """

    home: Ints
    slot: Ints
    relation: Ints
    age: Ints
    born: Ints
    male: Bools
    marital: Ints
    partner: Ints


@cache
def _table(field: str) -> np.ndarray:
    """One attribute of all places, by kind and slot."""
    rows = [[getattr(slot, field) for slot in kind.slots] for kind in KINDS]
    return np.array([row + [row[0]] * (SLOTS - len(row)) for row in rows])


@cache
def _statuses() -> Ints:
    """The number of the marital mix of all places; -1 where it depends on the sex."""
    of = {name: number for number, name in enumerate(_STATUSES)} | {"old_alone": -1}
    return np.vectorize(of.__getitem__, otypes=[np.int64])(_table("status"))


def compose(county: County, history: History, persons: int, rng: np.random.Generator) -> tuple[Homes, People]:
    """Households of exactly ``persons`` persons, the last one cut to fit, and after them those that left."""
    likely = persons // 2 + 20
    rural = chance(rng, county.rural_share, likely)
    kind = _kinds(rural, rng)
    ends = np.cumsum(_SIZES[kind])
    count = int(np.searchsorted(ends, persons)) + 1
    moved, ended = round(_MOVED_AWAY * count), round(_DIED_OUT * count)
    rural = np.concatenate((rural[:count], chance(rng, county.rural_share, moved + ended)))
    kind = np.concatenate(
        (kind[:count], _kinds(rural[count : count + moved], rng), np.full(ended, KIND["old_alone"]))
    )
    size = _SIZES[kind]
    size[count - 1] -= ends[count - 1] - persons
    came = np.full(rural.size, BEFORE)
    arrived = np.flatnonzero(chance(rng, _MOVED_IN, count))
    came[arrived] = history.some_day(rng, arrived.size)
    left = np.full(rural.size, OPEN)
    left[count:] = history.some_day(rng, moved + ended)
    fortune = rng.standard_normal(rural.size) - _BLOW * chance(rng, _struck()[kind])
    homes = Homes(kind, rural, _firsts(size), size, fortune, came, left)
    return homes, _people(homes, history, rng)


def _struck() -> Floats:
    """The share of households struck by misfortune of each kind: the smaller the more."""
    return np.array(_STRUCK_BY_SIZE)[np.minimum(_SIZES, len(_STRUCK_BY_SIZE) - 1)]


def _kinds(rural: Bools, rng: np.random.Generator) -> Ints:
    return pick_by(rng, [[k.urban for k in KINDS], [k.rural for k in KINDS]], rural.astype(np.int64))


def _firsts(size: Ints) -> Ints:
    return np.concatenate(([0], np.cumsum(size)[:-1])).astype(np.int64)


def _people(homes: Homes, history: History, rng: np.random.Generator) -> People:
    years, men = _ages_and_sexes(homes, rng)
    home = np.repeat(np.arange(homes.size.size), homes.size)
    slot = np.arange(home.size) - homes.first[home]
    gone = _GONE_YEARS * (homes.left < OPEN)[home]
    born = history.ends - np.maximum(12, (years[home, slot] + gone) * YEAR).astype(np.int64)
    age = age_on(history.ends, born)
    male = men[home, slot]
    kind = homes.kind[home]
    marital = _marital(kind, slot, age, male, rng)
    return People(
        home, slot, _table("relation")[kind, slot], age, born, male, marital, _partners(homes, home, slot)
    )


def _partners(homes: Homes, home: Ints, slot: Ints) -> Ints:
    """The row of each person's partner: the place that a partner's place refers to, and the other way round."""
    kind = homes.kind[home]
    partner = np.full(home.size, NOBODY)
    these = np.flatnonzero(_table("partner")[kind, slot])
    others = homes.first[home[these]] + _table("of")[kind[these], slot[these]]
    partner[these], partner[others] = others, these
    return partner


def _ages_and_sexes(homes: Homes, rng: np.random.Generator) -> tuple[Floats, Bools]:
    """Ages in years and sexes by household and slot, each slot after the one it refers to."""
    rows = np.arange(homes.kind.size)
    years = np.zeros((rows.size, SLOTS))
    men = np.zeros((rows.size, SLOTS), dtype=bool)
    for place in range(SLOTS):
        of, low, high, least, most, male, partner = (
            _table(field)[homes.kind, place]
            for field in ("of", "low", "high", "least", "most", "male", "partner")
        )
        uniform = rng.random(rows.size)
        bottom = least if place == 0 else np.clip(years[rows, of] + low, least, most)
        if place >= _NEXT_CHILD:
            bottom = np.maximum(bottom, _youngest_possible(years, _table("relation")[homes.kind, place]))
        top = most if place == 0 else np.clip(years[rows, of] + high, bottom, most)
        uniform = np.where(_is_born_late(homes.kind, place), uniform**_FEWER_BABIES, uniform)
        years[:, place] = bottom + _young_first(uniform, homes.kind, place) * (top - bottom)
        men[:, place] = np.where(partner, ~men[rows, of], chance(rng, male))
    return years, men


def _is_born_late(kind: Ints, place: int) -> Bools:
    """Places of children: of late years fewer are born than before."""
    return among(_table("relation")[kind, place], (CHILD, GRANDCHILD))


def _youngest_possible(years: Floats, relation: Ints) -> Floats:
    """How young a child can be whose mother is within four years of the parent who is known: she bears until 49."""
    elder = np.where(relation == CHILD, years[:, 0], years[:, _HEIR_PLACE])
    return np.where(among(relation, (CHILD, GRANDCHILD)), elder - _LAST_CHILD_AT, 0)


def _young_first(uniform: Floats, kind: Ints, place: int) -> Floats:
    """Old heads are rarer the older they are."""
    if place:
        return uniform
    old = among(kind, (KIND["old_alone"], KIND["old_couple"], KIND["old_and_child"]))
    return np.where(old, 1 - np.sqrt(1 - uniform), uniform)


def _marital(kind: Ints, slot: Ints, age: Ints, male: Bools, rng: np.random.Generator) -> Ints:
    status = _statuses()[kind, slot]
    old_alone = np.where(male, _STATUSES.index("old_alone_man"), _STATUSES.index("old_alone_woman"))
    drawn = pick_by(rng, _MARITAL_MIX, np.where(status < 0, old_alone, status))
    return np.where(age < 20, MARITAL.index("single"), drawn)
