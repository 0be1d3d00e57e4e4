"""What the households of a synthetic county receive now: mostly those in need, but some in need nothing and some wrongly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from doudi.population.assets import HOME, MONEY_KINDS, SHOP, VEHICLE, Assets
from doudi.population.composition import Homes, People
from doudi.population.condition import Condition
from doudi.population.county import County
from doudi.population.draw import Bools, Ints, chance
from doudi.population.expenses import EDUCATION, MEDICAL, REHABILITATION, Expenses
from doudi.population.income import Work, by_area, per_head_month
from doudi.population.supporters import Supporters, computed_support

PROGRAMMES = ("dibao", "single_dibao", "tekun", "low_margin", "rigid", "other_aid")
DIBAO, SINGLE_DIBAO, TEKUN, LOW_MARGIN, RIGID, OTHER_AID = range(len(PROGRAMMES))
BANDS = ("none", "a", "b", "c", "d")
_BAND_FROM = (0.35, 0.55, 0.75)
_BAND_SHARE = np.array([0.0, 0.95, 0.75, 0.54, 0.29])
_WHOLE_HOUSEHOLD = -1
_EXEMPT_PURPOSES = (1, 2, 3)
_CAR_LIMIT_FEN = 5_000_000
_TEKUN_MULTIPLE = 1.3
_CARE_MONTH_FEN = np.array([10_400, 41_600, 83_200])


@dataclass(frozen=True, slots=True)
class Need:
    """A rough view of each household's need, as a clerk with all facts would guess it. Money in fen per month."""

    standard: Ints
    per_head: Ints
    owns_little: Bools
    alone_unsupported: Bools
    spends_most: Bools
    worst_off: Ints
    """The severely disabled or gravely ill member, or -1."""

    @property
    def poor(self) -> Bools:
        """Income below the standard and little property."""
        return (self.per_head < self.standard) & self.owns_little

    @property
    def near(self) -> Bools:
        """Not poor, but below one and a half times the standard."""
        return ~self.poor & (2 * self.per_head < 3 * self.standard) & self.owns_little


@dataclass(frozen=True, slots=True)
class Holdings:
    """Holdings, one an element: household, person (-1 for all), programme, amount in fen per month, age in days.

    ``bands`` holds the dibao class of every household.
    """

    home: Ints
    person: Ints
    programme: Ints
    monthly: Ints
    days: Ints
    bands: Ints

    def held_by_home(self, programme: int) -> Bools:
        """Whether each household holds the programme."""
        held = np.zeros(self.bands.size, dtype=bool)
        held[self.home[self.programme == programme]] = True
        return held


def need_of(
    county: County,
    homes: Homes,
    people: People,
    condition: Condition,
    work: Work,
    assets: Assets,
    expenses: Expenses,
    supporters: Supporters,
) -> Need:
    """The guess from income, computed support, property and spending."""
    standard = by_area(county, "dibao_month", homes.rural).astype(np.int64) * 100
    support = computed_support(homes, people, supporters, standard)
    per_head = np.maximum(0, per_head_month(homes, work.countable()) + support // (12 * homes.size))
    money = assets.value_by_home(homes, np.isin(assets.kind, MONEY_KINDS))
    cars = assets.value_by_home(homes, (assets.kind == VEHICLE) & ~np.isin(assets.purpose, _EXEMPT_PURPOSES))
    owns_little = (money <= 24 * standard * homes.size) & (cars <= _CAR_LIMIT_FEN)
    owns_little &= assets.count_by_home(homes, assets.kind == HOME) <= 1
    owns_little &= assets.count_by_home(homes, assets.kind == SHOP) == 0
    supported = np.zeros(homes.kind.size, dtype=bool)
    supported[people.home[supporters.person]] = True
    old = people.age[homes.first] >= 60
    needs = expenses.by_home(homes, (MEDICAL, EDUCATION, REHABILITATION))
    worst = np.full(homes.kind.size, _WHOLE_HOUSEHOLD)
    afflicted = np.flatnonzero(condition.severe | (condition.illness > 0))
    worst[people.home[afflicted]] = afflicted
    return Need(
        standard,
        per_head,
        owns_little,
        old & (homes.size == 1) & ~supported,
        needs * 10 > 6 * per_head * homes.size * 12,
        worst,
    )


def holdings_of(homes: Homes, condition: Condition, need: Need, rng: np.random.Generator) -> Holdings:
    """Holdings drawn from need: most of the poor, few of those near the line, hardly any of the others."""
    size = homes.kind.size
    programme = _programmes(need, rng)
    bands = np.where((programme == DIBAO) & homes.rural, _bands(need, rng), 0)
    person = np.select(
        [programme == TEKUN, programme == SINGLE_DIBAO], [homes.first, need.worst_off], _WHOLE_HOUSEHOLD
    )
    monthly = _monthly(homes, condition, need, programme, bands, rng)
    days = 30 + (rng.random(size) ** 2 * 4_000).astype(np.int64)
    home = np.flatnonzero(programme >= 0)
    return Holdings(home, person[home], programme[home], monthly[home], days[home], bands)


def _programmes(need: Need, rng: np.random.Generator) -> Ints:
    """One programme for each household, or -1. About 15 % of the poor are silent."""
    size = need.standard.size
    luck = rng.random(size)
    extreme = need.poor & need.alone_unsupported
    afflicted = need.near & (need.worst_off >= 0)
    other = ~need.poor & ~need.near
    rigid = other & need.spends_most & need.owns_little
    return np.select(
        [
            extreme & (luck < 0.90),
            extreme,
            need.poor & (luck < 0.83),
            need.poor & (luck < 0.85),
            afflicted & (luck < 0.45),
            need.near & (luck < 0.09),
            need.near & (luck < 0.40),
            rigid & (luck < 0.25),
            other & (luck < 0.003),
            other & (luck < 0.005),
        ],
        [
            TEKUN,
            -1,
            DIBAO,
            LOW_MARGIN,
            SINGLE_DIBAO,
            DIBAO,
            LOW_MARGIN,
            RIGID,
            DIBAO,
            OTHER_AID,
        ],
        -1,
    )


def _bands(need: Need, rng: np.random.Generator) -> Ints:
    """Classes a to d by the gap to the standard; one in ten was set under other circumstances."""
    gap = 1 - need.per_head / need.standard
    band = 4 - np.searchsorted(_BAND_FROM, gap, side="right")
    stale = chance(rng, 0.1, band.size)
    return np.where(stale, np.clip(band + np.where(chance(rng, 0.5, band.size), 1, -1), 1, 4), band)


def _monthly(
    homes: Homes, condition: Condition, need: Need, programme: Ints, bands: Ints, rng: np.random.Generator
) -> Ints:
    """Amounts in whole yuan. One in eight gaps was reckoned from an older standard."""
    lost = (~condition.abilities[homes.first]).sum(axis=1)
    care = _CARE_MONTH_FEN[np.searchsorted((1, 4), lost, side="right")]
    dated = np.where(chance(rng, 0.125, programme.size), need.standard * 97 // 100, need.standard)
    gap = np.maximum(dated - need.per_head, need.standard // 6) * homes.size
    banded = (_BAND_SHARE[bands] * need.standard).astype(np.int64) * homes.size
    amount = np.select(
        [programme == DIBAO, programme == SINGLE_DIBAO, programme == TEKUN, programme == OTHER_AID],
        [
            np.where(bands > 0, banded, gap),
            need.standard * 6 // 10,
            (need.standard * _TEKUN_MULTIPLE).astype(np.int64) + care,
            need.standard // 4,
        ],
        0,
    )
    return -(-amount // 100) * 100
