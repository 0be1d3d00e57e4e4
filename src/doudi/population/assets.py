"""What the households of a synthetic county own. Values in fen, areas in 0.01 m²."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from doudi.population.composition import KIND, SPOUSE, Homes, People
from doudi.population.condition import LIMB, Condition
from doudi.population.county import County, by_area
from doudi.population.days import OPEN, History
from doudi.population.departures import Stay
from doudi.population.draw import Bools, Floats, Ints, among, chance, pick, yuan
from doudi.population.jobs import FARM, TRADE, Work

ASSETS = (
    "deposit", "security", "fund", "insurance", "claim", "online_finance", "cash",
    "vehicle", "machine", "home", "shop", "business", "woodland", "other",
)  # fmt: skip
PURPOSES = ("none", "disability", "livelihood", "medical", "dwelling", "commuting")
MONEY_KINDS = tuple(range(7))
VEHICLE, HOME, SHOP = ASSETS.index("vehicle"), ASSETS.index("home"), ASSETS.index("shop")
Part = tuple[Ints, Ints, Ints, Ints, Ints, Ints]
"""Household, owner, kind, value, area and purpose."""
_NONE, _DISABILITY, _LIVELIHOOD, _DWELLING = 0, 1, 2, 4
_VEHICLE_PURPOSES = (58, 0, 14, 3, 0, 25)
_VAN_YUAN = 52_000
_OLD, _OLD_SAVINGS = [KIND[name] for name in ("old_alone", "old_couple")], 0.4


@dataclass(frozen=True, slots=True)
class Assets:
    """Assets, one an element: household, owner, kind, value, area, purpose, and the days between which it is owned."""

    home: Ints
    person: Ints
    kind: Ints
    value: Ints
    area: Ints
    purpose: Ints
    since: Ints
    until: Ints
    hidden: Bools

    def value_by_home(self, homes: Homes, chosen: Bools) -> Ints:
        """The sum of the chosen assets of each household."""
        return _sum_by_home(homes, self.home[chosen], self.value[chosen])

    def count_by_home(self, homes: Homes, chosen: Bools) -> Ints:
        """The number of the chosen assets of each household."""
        return np.bincount(self.home[chosen], minlength=homes.kind.size)


def _sum_by_home(homes: Homes, home: Ints, amounts: Ints) -> Ints:
    totals = np.zeros(homes.kind.size, dtype=np.int64)
    np.add.at(totals, home, amounts)
    return totals


def assets_of(
    county: County,
    history: History,
    homes: Homes,
    people: People,
    stay: Stay,
    condition: Condition,
    work: Work,
    rng: np.random.Generator,
) -> Assets:
    """All assets, in the order of the households; none is owned longer than its owner is here."""
    parts = [
        *_money(county, homes, people, rng),
        *_vehicles(homes, people, condition, work, rng),
        *_real_estate(county, homes, rng),
        *_trades(homes, people, work, rng),
    ]
    joined = [np.concatenate([part[place] for part in parts]) for place in range(len(parts[0]))]
    order = np.argsort(joined[0], kind="stable")
    home, person, kind, value, area, purpose = (column[order] for column in joined)
    since = history.ends - 60 - (rng.random(home.size) ** 1.5 * 5_500).astype(np.int64)
    lately = among(kind, (VEHICLE, HOME, SHOP)) & chance(rng, np.where(kind == VEHICLE, 0.2, 0.02))
    since = np.where(lately, history.some_day(rng, home.size), since)
    since = np.maximum(since, people.born[person] + 30)
    sold = (kind == VEHICLE) & ~lately & chance(rng, 0.06, home.size)
    until = np.where(sold, history.some_day(rng, home.size), OPEN)
    until = np.minimum(until, stay.leaves[person])
    return Assets(
        home,
        person,
        kind,
        value,
        area,
        purpose,
        np.minimum(since, until - 1),
        until,
        np.zeros(home.size, dtype=bool),
    )


def _held_by_heads(
    homes: Homes, having: Bools, kind: str, value: Ints, purpose: Ints | int = _NONE, area: Ints | None = None
) -> Part:
    """One asset for each household of which ``having`` is true, owned by its head."""
    home = np.flatnonzero(having)
    size = having.size
    return (
        home,
        homes.first[home],
        np.full(home.size, ASSETS.index(kind)),
        value[home],
        (np.zeros(size, dtype=np.int64) if area is None else area)[home],
        np.broadcast_to(np.asarray(purpose, dtype=np.int64), (size,))[home],
    )


def _likelier(share: Floats | float, fortune: Floats, pull: float) -> Floats:
    """A share whose odds grow with fortune."""
    odds = np.asarray(share) / (1 - np.asarray(share)) * np.exp(pull * fortune)
    return odds / (1 + odds)


def _money(county: County, homes: Homes, people: People, rng: np.random.Generator) -> list[Part]:
    fortune, rural, size = homes.fortune, homes.rural, homes.kind.size
    thrift = np.where(among(homes.kind, _OLD), _OLD_SAVINGS, 1.0)
    deposit = by_area(county, "deposit", rural) * thrift * np.exp(1.2 * fortune)
    parts = [
        _held_by_heads(homes, chance(rng, _likelier(0.8, fortune, 0.6)), "deposit", yuan(rng, deposit, 0.8))
    ]
    second = np.flatnonzero((people.relation == SPOUSE) & chance(rng, 0.2, people.home.size))
    none = np.zeros(second.size, dtype=np.int64)
    value = yuan(rng, 0.5 * deposit[people.home[second]], 0.9)
    parts.append((people.home[second], second, none, value, none, none))
    for kind, in_town, in_country, median, sigma in (
        ("online_finance", 0.42, 0.28, 1_600, 1.1),
        ("insurance", 0.12, 0.06, 11_000, 0.8),
        ("fund", 0.06, 0.008, 14_000, 0.9),
        ("security", 0.05, 0.004, 22_000, 1.0),
        ("claim", 0.012, 0.015, 9_000, 0.8),
        ("cash", 0.08, 0.14, 1_300, 0.7),
    ):
        having = chance(rng, _likelier(np.where(rural, in_country, in_town), fortune, 0.5))
        parts.append(_held_by_heads(homes, having, kind, yuan(rng, float(median), sigma, size)))
    return parts


def _vehicles(
    homes: Homes, people: People, condition: Condition, work: Work, rng: np.random.Generator
) -> list[Part]:
    size = homes.kind.size
    working = np.logical_or.reduceat(work.works, homes.first)
    share = np.where(working, np.where(homes.rural, 0.27, 0.36), 0.03)
    has_car = chance(rng, _likelier(share, homes.fortune, 0.9))
    car = yuan(rng, 62_000 * np.exp(0.25 * homes.fortune), 0.5)
    van = homes.rural & working & ~has_car & chance(rng, 0.035, size)
    van_purpose = np.where(chance(rng, 0.45, size), _LIVELIHOOD, _NONE)
    riders = np.flatnonzero(
        (condition.disability == LIMB) & (people.age >= 18) & chance(rng, 0.1, people.age.size)
    )
    count = riders.size
    return [
        _held_by_heads(homes, has_car, "vehicle", car, pick(rng, _VEHICLE_PURPOSES, size)),
        _held_by_heads(homes, van, "vehicle", np.full(size, _VAN_YUAN * 100), van_purpose),
        (
            people.home[riders],
            riders,
            np.full(count, VEHICLE),
            yuan(rng, 5_500.0, 0.3, count),
            np.zeros(count, dtype=np.int64),
            np.full(count, _DISABILITY),
        ),
    ]


def _real_estate(county: County, homes: Homes, rng: np.random.Generator) -> list[Part]:
    size, rural, fortune = homes.kind.size, homes.rural, homes.fortune
    value = by_area(county, "home", rural) * np.exp(0.4 * fortune)
    area = np.rint(
        rng.triangular(35, np.where(rural, 110, 85), np.where(rural, 220, 160), size) * 100
    ).astype(np.int64)
    second_area = np.rint(rng.uniform(30, 130, size) * 100).astype(np.int64)
    shop_area = np.rint(rng.uniform(10, 60, size) * 100).astype(np.int64)
    second = chance(rng, _likelier(np.where(rural, 0.025, 0.08), fortune, 1.1))
    shop = chance(rng, _likelier(np.where(rural, 0.004, 0.02), fortune, 1.0))
    return [
        _held_by_heads(homes, chance(rng, np.where(rural, 0.97, 0.90)), "home", yuan(rng, value, 0.35), _DWELLING, area),
        _held_by_heads(homes, second, "home", yuan(rng, value, 0.4), _NONE, second_area),
        _held_by_heads(homes, shop, "shop", yuan(rng, value, 0.5), _NONE, shop_area),
    ]  # fmt: skip


def _trades(homes: Homes, people: People, work: Work, rng: np.random.Generator) -> list[Part]:
    size, rural = homes.kind.size, homes.rural
    trading = np.zeros(size, dtype=bool)
    trading[people.home[work.jobs.person[among(work.jobs.kind, (FARM, TRADE))]]] = True
    machine = rural & trading & chance(rng, 0.42, size)
    business = trading & chance(rng, _likelier(np.where(rural, 0.02, 0.35), homes.fortune, 0.5))
    wood_area = np.rint(rng.uniform(700, 6_000, size) * 100).astype(np.int64)
    return [
        _held_by_heads(homes, machine, "machine", yuan(rng, 5_500.0, 0.7, size), _LIVELIHOOD),
        _held_by_heads(homes, business, "business", yuan(rng, np.where(rural, 15_000.0, 35_000.0), 0.9), _LIVELIHOOD),
        _held_by_heads(homes, rural & chance(rng, 0.05, size), "woodland", yuan(rng, 7_000.0, 0.7, size), _NONE, wood_area),
        _held_by_heads(homes, chance(rng, 0.01, size), "other", yuan(rng, 3_000.0, 0.8, size)),
    ]  # fmt: skip
