"""The numbers of one side: coverage, cost by level of government, poverty, errors of coverage, and aid around the line.

Only households whose money is certain under both laws are in sums (``settled``): the others are counted apart, never as if they got
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from doudi.programmes.catalogue import catalogue
from doudi.programmes.entries import Funding, Programme
from doudi.rules.kinds import RATE_DENOMINATOR
from doudi.simulation.side import BASIC, PAID, PAID_TO_PERSONS, Mask, Side

Array = NDArray[Any]
MONTHS = 12
LEVELS = ("central", "province", "prefecture", "county", "own")
BANDS_OF_ONE = 10
BANDS = 20
"""Bands of a tenth of the line, up to twice the line."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Households in which a tier is the deepest, persons whose own tier it is, and their share of all persons."""

    tier: str
    households: int
    persons: int
    share: float


@dataclass(frozen=True, slots=True)
class Cost:
    """What a programme costs in a year, in fen, and who pays it.

    ``verified``: the shares of the levels were compared with their document.
    """

    programme: str
    households: int
    yearly: int
    levels: dict[str, int]
    verified: bool


@dataclass(frozen=True, slots=True)
class Poverty:
    """Foster–Greer–Thorbecke measures of persons below a line: their share, the mean gap and the mean squared gap as shares of it.

    ``persons`` are those whose income is known; ``poor`` those below. ``gap`` is what lifts all of them to the line in a month, in fen.
    """

    persons: int
    poor: int
    headcount: float
    depth: float
    severity: float
    gap: int


@dataclass(frozen=True, slots=True)
class Errors:
    """Basic living aid held against what is due: ``excluded`` households are due and hold none, ``included`` hold and are not due."""

    due: int
    held: int
    excluded: int
    included: int
    open: int

    @property
    def exclusion(self) -> float:
        """The share of those who are due that gets nothing."""
        return self.excluded / self.due if self.due else 0.0

    @property
    def inclusion(self) -> float:
        """The share of those who hold it to whom it is not due."""
        return self.included / self.held if self.held else 0.0


@dataclass(frozen=True, slots=True)
class Band:
    """Households whose income per head lies between two shares of the dibao standard; mean aid per head and month, in fen."""

    start: float
    end: float
    households: int
    aid_per_head: int


def coverage(side: Side) -> tuple[Coverage, ...]:
    """Every tier, the deepest first, then ``basic`` (tiers that are paid every month), ``any`` (any tier at all) and ``open``."""
    codes = side.tier_codes()
    places = {code: {place} for place, code in enumerate(codes)}
    sets = {code: places[code] for code in reversed(codes)}
    sets["basic"] = {codes.index(code) for code in BASIC}
    sets["any"] = set(range(len(codes))) - places["none"]
    sets["open"] = {-1}
    whole = max(side.persons, 1)
    found = []
    for name, wanted in sets.items():
        chosen = list(wanted)
        households, persons = (
            int(np.isin(tiers, chosen).sum()) for tiers in (side.deepest, side.person_tier)
        )
        found.append(Coverage(name, households, persons, persons / whole))
    return tuple(found)


def costs(side: Side, settled: Mask) -> tuple[Cost, ...]:
    """Every programme of basic living aid by itself, for the ``settled`` households."""
    return tuple(_cost(side, catalogue().programmes[name], settled) for name in (*PAID, *PAID_TO_PERSONS))


def _cost(side: Side, programme: Programme, settled: Mask) -> Cost:
    amounts = side.paid(programme.id)[settled]
    yearly = int(amounts.sum()) * MONTHS
    funding = _funding(side, programme)
    levels = {} if funding is None else _shared(yearly, funding)
    return Cost(
        programme.id, int((amounts > 0).sum()), yearly, levels, funding is not None and funding.verified
    )


def _funding(side: Side, programme: Programme) -> Funding | None:
    """Who pays on the day of the law; None where that is not written."""
    day = side.statute.context["today"]
    return next((each for each in reversed(programme.funding) if each.since <= day), None)


def _shared(yearly: int, funding: Funding) -> dict[str, int]:
    """The sum by levels, to the fen: what rounding leaves goes to the level with the greatest share."""
    shares = {level: int(getattr(funding, level)) for level in LEVELS}
    found = {level: yearly * share // RATE_DENOMINATOR for level, share in shares.items()}
    found[max(shares, key=lambda level: shares[level])] += yearly - sum(found.values())
    return found


def poverty(yardstick: Side, aid: Array | None, settled: Mask, line: int | None) -> Poverty:
    """Poverty of the persons whom ``yardstick`` counts, by the income that it counts and ``aid`` of each household in a month (fen,
    None: none).

    ``line`` is fen per head and month; None: the dibao standard of each household. Households that are not ``settled``, whose income or
    line is open, and those in which nobody is counted are left out.
    """
    heads = yardstick.values("heads")
    counted = yardstick.known("income_per_head") & yardstick.known("heads") & settled & (heads > 0)
    if line is None:
        counted &= yardstick.known("dibao_standard")
    people = heads[counted]
    income = yardstick.values("income_per_head")[counted].astype(np.float64)
    if aid is not None:
        income = income + aid[counted] / people
    lines = yardstick.values("dibao_standard")[counted] if line is None else np.full(len(people), line)
    short = np.maximum(lines - income, 0) / np.maximum(lines, 1)
    whole, poor = int(people.sum()), int(people[short > 0].sum())
    depth, severity = (float((people * short**power).sum() / max(whole, 1)) for power in (1, 2))
    gap = round(float((people * short * lines).sum()))
    return Poverty(whole, poor, poor / max(whole, 1), depth, severity, gap)


def errors(side: Side) -> Errors:
    """What is held, as the register says, against what is due; aid that steps down in the grace period is due."""
    names = ("is_in_basic_aid", "holds_basic_aid", "is_in_grace")
    known = np.logical_and.reduce([side.known(name) for name in names])
    due, held, grace = (side.values(name).astype(np.bool_) & known for name in names)
    excluded, included = due & ~held, held & ~due & ~grace
    found = (due, held, excluded, included, ~known)
    return Errors(*(int(each.sum()) for each in found))


def bands(yardstick: Side, side: Side, settled: Mask) -> tuple[Band, ...]:
    """Aid by income per head in tenths of the dibao standard of ``yardstick``, up to twice the standard: where aid ends, and how abruptly."""
    heads, standard = yardstick.values("heads"), yardstick.values("dibao_standard")
    names = ("income_per_head", "heads", "dibao_standard")
    counted = np.logical_and.reduce([settled, *(yardstick.known(name) for name in names)])
    counted &= (heads > 0) & (standard > 0)
    place = yardstick.values("income_per_head")[counted] * BANDS_OF_ONE // standard[counted]
    aid, people = side.family_aid[counted], heads[counted]
    found = []
    for number in range(BANDS):
        here = place == number
        persons = int(people[here].sum())
        mean = round(int(aid[here].sum()) / persons) if persons else 0
        start, end = number / BANDS_OF_ONE, (number + 1) / BANDS_OF_ONE
        found.append(Band(start, end, int(here.sum()), mean))
    return tuple(found)
