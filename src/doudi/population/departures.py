"""Those who lived in a household within the history and no longer do: the dead, former spouses, children who left.

Everyone in a household at its last day comes first, so that its head stays its first member.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from doudi.population.composition import (
    CHILD,
    CHILD_IN_LAW,
    GRANDCHILD,
    HEAD,
    KIND,
    MARITAL,
    NOBODY,
    PARENT,
    SPOUSE,
    Homes,
    People,
)
from doudi.population.days import BEFORE, OPEN, YEAR, History, age_on
from doudi.population.draw import Bools, Floats, Ints, among, chance

RESIDENT, BIRTH, MOVE_IN, BY_MARRIAGE, NEW_RELATION = range(5)
BEGAN = ("resident", "birth", "move_in", "marriage", "relation")
STAYS, DEATH, MOVE_OUT, TO_MARRIAGE, OLD_RELATION = range(5)
ENDED = ("", "death", "move_out", "marriage", "relation")
SINGLE, MARRIED, WIDOWED, DIVORCED = range(len(MARITAL))
_BEREAVED = [KIND[name] for name in ("old_alone", "old_and_child", "lone_parent", "old_and_grandchild")]
_WITHOUT_ELDER = [KIND[name] for name in ("couple", "couple_one", "couple_two", "couple_three")]
_GROWN_CHILDREN = [KIND[name] for name in ("couple", "couple_one", "old_couple", "couple_one_elder")]
_LATELY_WIDOWED, _LATELY_DIVORCED, _PARENT_DIED, _CHILD_LEFT, _YOUNG_DEATH = 0.17, 0.13, 0.034, 0.025, 0.0030
_OLDEST, _STUDENT_UNTIL, _OWN_MEANS, _ELSEWHERE = 99, 26, 0.02, 0.03


@dataclass(frozen=True, slots=True)
class Stay:
    """When and how each person came and went; days by number, codes are places in BEGAN and ENDED.

    ``wed`` and ``parted`` bound the last marriage. ``led`` is the day on which the person became head of the household
    in place of someone who died or left, with ``former_relation`` until then; ``mother`` and ``father`` are rows.
    ``shares_means`` is false for a grown child who lives by itself, ``on_booklet`` for those registered elsewhere.
    """

    enters: Ints
    leaves: Ints
    began: Ints
    ended: Ints
    wed: Ints
    parted: Ints
    led: Ints
    mother: Ints
    father: Ints
    shares_means: Bools
    on_booklet: Bools

    @property
    def here(self) -> Bools:
        """Whether the person lives in the county on the last day."""
        return self.leaves == OPEN


@dataclass(frozen=True, slots=True)
class Gone:
    """Persons no longer there: household, relation, day of birth, sex, marital state, day and manner of leaving.

    ``of`` is the row of the husband or wife who stays, or -1.
    """

    home: Ints
    relation: Ints
    born: Ints
    male: Bools
    marital: Ints
    leaves: Ints
    ended: Ints
    of: Ints


def with_departed(
    homes: Homes, people: People, history: History, rng: np.random.Generator
) -> tuple[Homes, People, Stay]:
    """Adds those who died or left, and says when everybody came and went."""
    parts = [
        _partners(homes, people, history, rng, WIDOWED, _LATELY_WIDOWED),
        _partners(homes, people, history, rng, DIVORCED, _LATELY_DIVORCED),
        _elders(homes, people, history, rng),
        _children(homes, people, history, rng, _CHILD_LEFT, MOVE_OUT),
        _children(homes, people, history, rng, _YOUNG_DEATH, DEATH),
    ]
    gone = Gone(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Gone)))
    joined, rows = _joined(homes, people, gone, history)
    size = homes.size + np.bincount(gone.home, minlength=homes.size.size)
    first = np.concatenate(([0], np.cumsum(size)[:-1])).astype(np.int64)
    grown = Homes(homes.kind, homes.rural, first, size, homes.fortune, homes.came, homes.left)
    return grown, joined, _stay(grown, joined, gone, rows, history, rng)


def _settled(homes: Homes) -> Bools:
    return (homes.came == BEFORE) & (homes.left == OPEN)


def _partners(
    homes: Homes, people: People, history: History, rng: np.random.Generator, state: int, share: float
) -> Gone:
    """Husbands and wives of heads who were widowed or divorced within the history."""
    heads = homes.first
    kinds = among(homes.kind, _BEREAVED)
    lately = kinds & _settled(homes) & (people.marital[heads] == state) & chance(rng, share, heads.size)
    of = heads[lately]
    male = ~people.male[of]
    born = people.born[of] + (rng.uniform(-4, 3, of.size) * YEAR).astype(np.int64)
    born = np.clip(born, history.ends - int(_OLDEST * YEAR), history.begins - int(22 * YEAR))
    relation = np.where(male & chance(rng, 0.9, of.size), HEAD, SPOUSE)
    manner = DEATH if state == WIDOWED else MOVE_OUT
    marital = MARRIED if state == WIDOWED else DIVORCED
    return Gone(
        people.home[of], relation, born, male, np.full(of.size, marital),
        history.some_day(rng, of.size), np.full(of.size, manner), of,
    )  # fmt: skip


def _elders(homes: Homes, people: People, history: History, rng: np.random.Generator) -> Gone:
    """Parents of heads of middle age who died."""
    age = people.age[homes.first]
    chosen = among(homes.kind, _WITHOUT_ELDER) & _settled(homes) & (age >= 35) & (age <= 68)
    home = np.flatnonzero(chosen & chance(rng, _PARENT_DIED * (0.4 + age / 60), age.size))
    older = rng.triangular(20, 25, 33, home.size) * YEAR
    born = np.maximum(
        people.born[homes.first[home]] - older.astype(np.int64), history.ends - int(_OLDEST * YEAR)
    )
    size = home.size
    return Gone(
        home, np.full(size, PARENT), born, chance(rng, 0.45, size), np.full(size, WIDOWED),
        history.some_day(rng, size), np.full(size, DEATH), np.full(size, NOBODY),
    )  # fmt: skip


def _children(
    homes: Homes, people: People, history: History, rng: np.random.Generator, share: float, manner: int
) -> Gone:
    """Grown children who left for elsewhere, or died young."""
    age = people.age[homes.first]
    chosen = among(homes.kind, _GROWN_CHILDREN) & _settled(homes) & (age >= 46) & (age <= 66)
    home = np.flatnonzero(chosen & chance(rng, share, age.size))
    younger = rng.uniform(22, 27, home.size) * YEAR
    born = people.born[homes.first[home]] + younger.astype(np.int64)
    size = home.size
    return Gone(
        home, np.full(size, CHILD), born, chance(rng, 0.5, size), np.full(size, SINGLE),
        history.some_day(rng, size), np.full(size, manner), np.full(size, NOBODY),
    )  # fmt: skip


def _joined(homes: Homes, people: People, gone: Gone, history: History) -> tuple[People, Ints]:
    """All persons by household, those who are there first; and the new row of each of the old and the added."""
    count, added = people.home.size, gone.home.size
    home = np.concatenate((people.home, gone.home))
    order = np.argsort(home, kind="stable")
    rows = np.empty_like(order)
    rows[order] = np.arange(order.size)
    partner = np.concatenate((people.partner, gone.of))
    partner[gone.of[gone.of >= 0]] = count + np.flatnonzero(gone.of >= 0)
    partner = np.where(partner >= 0, rows[np.maximum(partner, 0)], NOBODY)

    def both(old: np.ndarray, new: np.ndarray) -> np.ndarray:
        return np.concatenate((old, new))[order]

    joined = People(
        home[order],
        both(people.slot, np.full(added, _GONE_SLOT)),
        both(people.relation, gone.relation),
        both(people.age, age_on(history.ends, gone.born)),
        both(people.born, gone.born),
        both(people.male, gone.male),
        both(people.marital, gone.marital),
        partner[order],
    )
    return joined, rows


_GONE_SLOT = 99


def _stay(
    homes: Homes, people: People, gone: Gone, rows: Ints, history: History, rng: np.random.Generator
) -> Stay:
    size = people.home.size
    came, left = homes.came[people.home], homes.left[people.home]
    ended_by = np.where(homes.kind == KIND["old_alone"], DEATH, MOVE_OUT)[people.home]
    ended = np.where(left < OPEN, ended_by, STAYS)
    leaves = left.copy()
    departed = rows[size - gone.home.size :]
    leaves[departed], ended[departed] = gone.leaves, gone.ended
    born_here = people.born >= history.begins
    enters = np.where(born_here, np.maximum(people.born, came), came)
    began = np.where(came > BEFORE, MOVE_IN, RESIDENT)
    began = np.where(born_here & (people.born >= came), BIRTH, began)
    wed, parted = np.full(size, BEFORE), np.full(size, OPEN)
    of = gone.of >= 0
    for person in (departed[of], rows[gone.of[of]]):
        parted[person] = gone.leaves[of]
    led = np.full(size, BEFORE)
    was_head = of & (gone.relation == HEAD)
    led[rows[gone.of[was_head]]] = gone.leaves[was_head]
    _newly_wed(homes, people, history, rng, enters, began, wed)
    mother, father = _parents(homes, people)
    apart = (people.relation == CHILD) & (people.age >= _STUDENT_UNTIL) & chance(rng, _OWN_MEANS, size)
    registered = (people.relation == HEAD) | ~chance(rng, _ELSEWHERE, size)
    return Stay(enters, leaves, began, ended, wed, parted, led, mother, father, ~apart, registered)


def _newly_wed(
    homes: Homes,
    people: People,
    history: History,
    rng: np.random.Generator,
    enters: Ints,
    began: Ints,
    wed: Ints,
) -> None:
    """Young couples without children who married within the history: the one who is not the head joined then."""
    joining = among(people.relation, (SPOUSE, CHILD_IN_LAW)) & (people.partner >= 0)
    young = (people.age < 36) & (people.age >= 24)
    childless = among(homes.kind[people.home], [KIND["couple"]])
    settled = _settled(homes)[people.home]
    bride = np.flatnonzero(joining & young & childless & settled & chance(rng, 0.42, young.size))
    day = history.some_day(rng, bride.size)
    enters[bride], began[bride] = day, BY_MARRIAGE
    wed[bride] = wed[people.partner[bride]] = day


def _parents(homes: Homes, people: People) -> tuple[Ints, Ints]:
    """Mother and father of everyone whose parents live, or lived, in the same household."""
    size = people.home.size
    mother, father = np.full(size, NOBODY), np.full(size, NOBODY)
    head = homes.first[people.home]
    has_heir = among(homes.kind, [KIND[name] for name in _WITH_HEIR])[people.home]
    parent = np.where(people.relation == CHILD, head, NOBODY)
    heirs_child = (people.relation == GRANDCHILD) & has_heir & (homes.size[people.home] > _HEIR_SLOT)
    parent = np.where(heirs_child, head + _HEIR_SLOT, parent)
    other = np.where(parent >= 0, people.partner[np.maximum(parent, 0)], NOBODY)
    elder = np.flatnonzero(people.relation == PARENT)
    child_of = head[elder]
    for someone, rows in ((parent, np.arange(size)), (other, np.arange(size))):
        known = someone >= 0
        his = known & people.male[np.maximum(someone, 0)]
        father[rows[his]] = someone[his]
        hers = known & ~his
        mother[rows[hers]] = someone[hers]
    father[child_of[people.male[elder]]] = elder[people.male[elder]]
    mother[child_of[~people.male[elder]]] = elder[~people.male[elder]]
    return _possible(people, mother, 16, 49), _possible(people, father, 16, 75)


_WITH_HEIR = ("three_generations", "three_generations_three")
_HEIR_SLOT = 2


def _possible(people: People, parent: Ints, youngest: int, oldest: int) -> Ints:
    """Leaves out parents who are too young or too old to be."""
    years: Floats = (people.born - people.born[np.maximum(parent, 0)]) / YEAR
    return np.where((parent >= 0) & (years >= youngest) & (years < oldest + 1), parent, NOBODY)
