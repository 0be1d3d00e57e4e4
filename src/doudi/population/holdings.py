"""What grants pay over the history. Money in fen a month."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from doudi.population.composition import CHILD, KIND, NOBODY, Homes, People
from doudi.population.condition import OTHER_SERIOUS, Condition
from doudi.population.county import STANDARDS_FROM, County, standards
from doudi.population.days import OPEN, History, number
from doudi.population.draw import Bools, Ints, among
from doudi.population.grants import Grants
from doudi.population.need import Means, by_home
from doudi.population.tiers import DIBAO, OTHER_AID, SINGLE_DIBAO, TEKUN

BANDS = ("none", "a", "b", "c", "d")
_BAND_YUAN = ((0, 470, 370, 270, 140), (0, 470, 370, 270, 140), (0, 530, 420, 300, 160))
_CARE_MONTH_FEN = np.array([10_400, 41_600, 83_200])
_TEKUN_MULTIPLE = 13, 10
_SINGLE_SHARE = 6, 10
_LEAST_SHARE = 6


@dataclass(frozen=True, slots=True)
class Holdings:
    """Holdings, one an element: number of the grant, household, person (-1 for all), programme, band, fen a month, days.

    A grant whose amount changed has one element for each amount.
    """

    grant: Ints
    home: Ints
    person: Ints
    programme: Ints
    band: Ints
    monthly: Ints
    since: Ints
    until: Ints

    def on(self, day: int) -> Bools:
        """Whether each is paid on a day."""
        return (self.since <= day) & (self.until > day)


def holdings_of(
    county: County,
    history: History,
    homes: Homes,
    people: People,
    condition: Condition,
    means: Means,
    grants: Grants,
) -> Holdings:
    """What each grant pays, from standard to standard, and until and from a death in the household."""
    size = grants.home.size
    heads = np.where(homes.left[grants.home] < OPEN, homes.size[grants.home], means.heads[grants.home])
    parts = []
    for place in range(len(STANDARDS_FROM)):
        begins, ends = _period(place)
        for more in (0, 1):
            monthly, band = _amounts(county, homes, people, condition, means, grants, heads + more, place)
            since = np.maximum(grants.since, begins if more else np.maximum(grants.cut, begins))
            until = np.minimum(grants.until, np.minimum(grants.cut, ends) if more else ends)
            parts.append(
                Holdings(
                    np.arange(size), grants.home, grants.person, grants.programme, band, monthly, since, until
                )
            )
    joined = Holdings(
        *(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Holdings))
    )
    rows = np.flatnonzero((joined.since < joined.until) & (joined.since <= history.ends))
    rows = rows[np.lexsort((joined.since[rows], joined.grant[rows]))]
    return Holdings(*(getattr(joined, field.name)[rows] for field in fields(Holdings)))


def _period(place: int) -> tuple[int, int]:
    begins = STANDARDS_FROM[place]
    ends = STANDARDS_FROM[place + 1] if place + 1 < len(STANDARDS_FROM) else None
    return (-OPEN if begins is None else number(begins)), (OPEN if ends is None else number(ends))


def _amounts(
    county: County, homes: Homes, people: People, condition: Condition, means: Means, grants: Grants, heads: Ints,
    place: int,
) -> tuple[Ints, Ints]:  # fmt: skip
    """Amounts in whole yuan and bands for so many persons under the standard of one time."""
    home, person, programme = grants.home, grants.person, grants.programme
    standard = standards(county, homes.rural[home], place)
    lacking = np.clip(standard * heads * 12 - means.countable[home], 0, standard * heads * 12)
    gap = lacking // (12 * heads)
    table = np.array(_BAND_YUAN[place]) * 100
    band = 1 + np.argmin(np.abs(table[None, 1:] - gap[:, None]), axis=1)
    banded = (programme == DIBAO) & homes.rural[home]
    who = np.where(person == NOBODY, homes.first[home], person)
    rates = supplement_rates(homes, people, condition)
    more = by_home(homes, people.home[means.counts], rates[means.counts])[home] * _up_to_yuan_each(standard)
    lost = (~condition.abilities[who]).sum(axis=1)
    care = _CARE_MONTH_FEN[np.searchsorted((1, 4), lost, side="right")]
    amount = np.select(
        [banded, programme == DIBAO, programme == SINGLE_DIBAO, programme == TEKUN, programme == OTHER_AID],
        [
            table[band] * heads + more,
            np.maximum(_yuan_up(-(-lacking // 12)), standard // _LEAST_SHARE) + more,
            standard * _SINGLE_SHARE[0] // _SINGLE_SHARE[1] + rates[who] * _up_to_yuan_each(standard),
            standard * _TEKUN_MULTIPLE[0] // _TEKUN_MULTIPLE[1] + care,
            standard // 4,
        ],
        0,
    )
    return _yuan_up(amount), np.where(banded, band, 0)


def _up_to_yuan_each(standard: Ints) -> Ints:
    """A tenth of the standard, in whole yuan."""
    return _yuan_up(standard // 10)


def _yuan_up(fen: Ints) -> Ints:
    return -(-fen // 100) * 100


def supplement_rates(homes: Homes, people: People, condition: Condition) -> Ints:
    """The supplement (分类施保) of each person in tenths of the standard, the highest of those due."""
    lone = among(homes.kind, [KIND["lone_parent"]])[people.home] & (people.relation == CHILD)
    minor = people.age < 18
    due = [
        np.searchsorted((60, 70, 80), people.age, side="right"),
        np.where(minor, np.where(lone, 3, 2), 0),
        np.where((condition.study >= 4) & (condition.study <= 7), 2, 0),
        np.array([0, 4, 4, 2, 0])[condition.grade],
        np.where((condition.illness > 0) & (condition.illness < OTHER_SERIOUS), 4, 0),
    ]
    return np.maximum.reduce(due)


def held_on(holdings: Holdings, people: People, person: Ints, day: Ints) -> Bools:
    """Whether the household of each person, or the person, was paid anything on a day."""
    homes = int(people.home.max(initial=0)) + 1
    since, until = np.full(homes, OPEN), np.full(homes, -OPEN)
    np.minimum.at(since, holdings.home, holdings.since)
    np.maximum.at(until, holdings.home, holdings.until)
    home = people.home[person]
    return (since[home] <= day) & (day < until[home])
