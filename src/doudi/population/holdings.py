"""What is received over the history, and what was put there on purpose: silence, errors, urgent cases."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from doudi.population.composition import NOBODY, Homes, People
from doudi.population.condition import Condition
from doudi.population.county import STANDARDS_FROM, County, standards
from doudi.population.days import OPEN, History, month_start, next_month, number
from doudi.population.departures import Stay
from doudi.population.draw import Bools, Ints, chance
from doudi.population.need import Means
from doudi.population.tiers import DIBAO, LOW_MARGIN, OTHER_AID, RIGID, SINGLE_DIBAO, TEKUN, Tiers

BANDS = ("none", "a", "b", "c", "d")
_BAND_YUAN = ((0, 470, 370, 270, 140), (0, 470, 370, 270, 140), (0, 530, 420, 300, 160))
_CARE_MONTH_FEN = np.array([10_400, 41_600, 83_200])
_TEKUN_MULTIPLE = 13, 10
_SINGLE_SHARE = 6, 10
_LEAST_SHARE = 6
_GRANTED_LATELY = 0.25
_ENDED_SHARE = 0.35


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
    stay: Stay,
    condition: Condition,
    means: Means,
    tiers: Tiers,
    rng: np.random.Generator,
) -> Holdings:
    """Grants to the households and persons of ``tiers``, from the month of the grant to the last or to their end."""
    home, person, programme = tiers.home, tiers.person, tiers.programme
    size = home.size
    long_ago = history.begins - 30 - (rng.exponential(4.0, size) * 365).astype(np.int64)
    since = np.where(chance(rng, _GRANTED_LATELY, size), history.some_day(rng, size, 40), long_ago)
    since = next_month(np.maximum(since, tiers.earliest))
    until = tiers.until
    parts = []
    for place in range(len(STANDARDS_FROM)):
        monthly, band = _amounts(county, homes, people, condition, means, tiers, place)
        begins, ends = _period(place)
        parts.append(
            Holdings(
                np.arange(size), home, person, programme, band, monthly,
                np.maximum(since, begins), np.minimum(until, ends),
            )  # fmt: skip
        )
    joined = Holdings(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Holdings)))
    rows = np.flatnonzero((joined.since < joined.until) & (joined.since <= history.ends))
    rows = rows[np.argsort(joined.grant[rows], kind="stable")]
    return Holdings(*(getattr(joined, field.name)[rows] for field in fields(Holdings)))


def _period(place: int) -> tuple[int, int]:
    begins = STANDARDS_FROM[place]
    ends = STANDARDS_FROM[place + 1] if place + 1 < len(STANDARDS_FROM) else None
    return (-OPEN if begins is None else number(begins)), (OPEN if ends is None else number(ends))


def _amounts(
    county: County, homes: Homes, people: People, condition: Condition, means: Means, tiers: Tiers, place: int
) -> tuple[Ints, Ints]:
    """Amounts in whole yuan and bands under the standard of one time."""
    home, person, programme = tiers.home, tiers.person, tiers.programme
    standard = standards(county, homes.rural[home], place)
    heads = means.heads[home]
    gap = np.maximum(standard - means.after[home], standard // _LEAST_SHARE)
    table = np.array(_BAND_YUAN[place]) * 100
    distance = np.abs(table[None, 1:] - gap[:, None])
    band = 1 + np.argmin(distance, axis=1)
    banded = (programme == DIBAO) & homes.rural[home]
    who = np.where(person == NOBODY, homes.first[home], person)
    lost = (~condition.abilities[who]).sum(axis=1)
    care = _CARE_MONTH_FEN[np.searchsorted((1, 4), lost, side="right")]
    amount = np.select(
        [banded, programme == DIBAO, programme == SINGLE_DIBAO, programme == TEKUN, programme == OTHER_AID],
        [
            table[band] * heads,
            gap * heads,
            standard * _SINGLE_SHARE[0] // _SINGLE_SHARE[1],
            standard * _TEKUN_MULTIPLE[0] // _TEKUN_MULTIPLE[1] + care,
            standard // 4,
        ],
        0,
    )
    return -(-amount // 100) * 100, np.where(banded, band, 0)
