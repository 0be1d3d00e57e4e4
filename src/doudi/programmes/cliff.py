"""What more earnings leave a household: net resources against the earnings of one member, all programmes together.

Net resources are income and all that the programmes come to in a year. Where they fall although earnings rise, something is
lost; the place is found to the yuan. A second curve shows the promised step-down: a family in dibao that starts work keeps
a part of it for the grace months (渐退期) that the place gives.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

from doudi.assessment.determination import assess
from doudi.facts.household import HouseholdFacts
from doudi.facts.vocabulary import Vocabulary
from doudi.programmes.entries import Programme
from doudi.programmes.law import Offer
from doudi.programmes.standing import Standings, standings
from doudi.rules.errors import FactError, Problem

POINTS = 60
MEDIANS = 3
YUAN = 100
GRACE_MONTHS = 12
"""The step-down is shown for the first twelve months."""


@dataclass(frozen=True, slots=True)
class Point:
    """Earnings of a year and what they leave, in fen; ``stepped`` with the step-down. None when a programme is open."""

    earnings: int
    net: int | None
    stepped: int | None


@dataclass(frozen=True, slots=True)
class Fall:
    """Between ``below`` and ``above`` (fen, at most a yuan apart) net resources fall by ``lost``.

    ``programmes`` pay less above than below, by so much in a year; ``stepped`` is the loss with the step-down.
    """

    below: int
    above: int
    lost: int
    stepped: int
    programmes: tuple[tuple[Programme, int], ...]


@dataclass(frozen=True)
class Cliff:
    """The curve of one household by the earnings of the member ``earner``; ``missing`` names what leaves it open."""

    household: HouseholdFacts
    earner: int
    most: int
    points: tuple[Point, ...]
    falls: tuple[Fall, ...]
    missing: tuple[str, ...]


def cliff(household: HouseholdFacts, offer: Offer, earner: int | None = None, points: int = POINTS) -> Cliff:
    """The curve from no earnings to three times the median disposable income per head of the place.

    ``earner`` is the row of the member whose wages vary; the first who may work when not given.

    Raises:
        FactError: nobody may work, or the median of the place is not set.
    """
    row = _earner(household, earner)
    return _Curve(household, offer, row, _most(household, offer)).cliff(points)


def _earner(household: HouseholdFacts, row: int | None) -> int:
    persons = household.facts["person"]
    if row is not None and 0 <= row < len(persons):
        return row
    able = [place for place, each in enumerate(persons) if each["can_work"]]
    grown = [place for place, each in enumerate(persons) if each["wage"] or each["works"]]
    if row is None and (able or grown or persons):
        return (grown or able or [0])[0]
    raise FactError(
        [Problem("cliff.earner", "没有这个成员", "no such member", "写成员的序号", "name a member by place")]
    )


def _most(household: HouseholdFacts, offer: Offer) -> int:
    area = household.facts["household"]["area"]
    median = None if area is None else offer.statute.values["stats.median_disposable"][area]
    if median is None:
        raise FactError(
            [
                Problem(
                    "cliff.median", "当地居民人均可支配收入中位数未定", "the median disposable income of the place is not set",
                    "用 --set stats.median_disposable.urban=… 写明", "give it with --set stats.median_disposable.urban=…",
                )
            ]
        )  # fmt: skip
    return int(median) * MEDIANS


@dataclass(frozen=True)
class _Curve:
    household: HouseholdFacts
    offer: Offer
    earner: int
    most: int

    def cliff(self, count: int) -> Cliff:
        at = [self.most * place // count for place in range(count + 1)]
        looks = [self._look(earnings) for earnings in at]
        points = tuple(
            Point(earnings, self._net(look), self._stepped(earnings, look))
            for earnings, look in zip(at, looks, strict=True)
        )
        gains = (one for look in looks for one in look.standings if one.programme.gains)
        missing = dict.fromkeys(name for one in gains for name in one.missing)
        falls: list[Fall] = []
        if not missing:
            for low, high in pairwise(at):
                falls += self._falls(low, high)
        return Cliff(self.household, self.earner, self.most, points, tuple(falls), tuple(missing))

    def _with(self, earnings: int, changes: Mapping[str, Any]) -> HouseholdFacts:
        """The household with these earnings, as if they had always been there."""
        persons = [dict(row) for row in self.household.facts["person"]]
        persons[self.earner].update(wage=earnings, works=earnings > 0, started_work_on=0)
        own = {**self.household.facts["household"], "grace_from": 0}
        return replace(
            self.household, facts={**self.household.facts, "household": own, "person": persons, **changes}
        )

    def _look(self, earnings: int) -> Standings:
        return standings(self._with(earnings, {}), self.offer)

    @cached_property
    def _income_facts(self) -> tuple[str, ...]:
        group = Vocabulary.load().entities["person"].groups["income"]
        costs = ("business_cost", "property_cost", "transfers_paid")
        return tuple(name for name in group.facts if name not in costs and name not in _AID)

    def _income(self, look: Standings) -> int | None:
        total = 0
        for row in look.household.facts["person"]:
            values = [
                row[name]
                for name in (*self._income_facts, "business_cost", "property_cost", "transfers_paid")
            ]
            if None in values:
                return None
            total += sum(values[:-3]) - sum(values[-3:])
        return total

    def _net(self, look: Standings) -> int | None:
        income, programmes = self._income(look), look.in_year
        return None if income is None or programmes is None else income + programmes

    def _stepped(self, earnings: int, look: Standings) -> int | None:
        """With the step-down: what the first twelve months after starting work would still bring of the dibao held before."""
        net = self._net(look)
        if net is None or not earnings or self._dibao_before <= 0:
            return net
        return net + sum(self._grace(earnings, month) for month in range(1, GRACE_MONTHS + 1))

    @cached_property
    def _before(self) -> Standings:
        return self._look(0)

    @property
    def _dibao_before(self) -> int:
        """Dibao of the family for each month before the work, in fen."""
        due = next((one.due for one in self._before.standings if one.programme.id == "dibao"), 0)
        return due or 0

    def _grace(self, earnings: int, month: int) -> int:
        """What is paid in a month of grace, in fen."""
        day = self.offer.statute.context["today"]
        first = day // 100 % 100 - month
        since = (day // 10_000 + first // 12) * 10_000 + (first % 12 + 1) * 100 + 1
        programmes = Vocabulary.load().codes["programme"]
        held = {
            "holding_programme": programmes.index("dibao"), "holding_monthly": self._dibao_before, "holding_since": since,
            "holding_item": 0, "holding_until": 0, "holding_amount": 0, "holding_paid_on": 0, "owner_index": -1,
        }  # fmt: skip
        changed = self._with(earnings, {"holding": [held]})
        changed.facts["household"]["grace_from"] = since
        changed.facts["person"][self.earner]["started_work_on"] = since
        found = assess(changed, self.offer.statute, self._grace_output).trace.value("grace_amount")
        return int(found or 0)

    @cached_property
    def _grace_output(self) -> dict[str, int]:
        return {"grace_amount": self.offer.statute.variable("grace_amount").node}

    def _falls(self, low: int, high: int) -> Iterator[Fall]:
        """Where net resources fall between two earnings: halved again and again on the side that loses more."""
        below, above = self._look(low), self._look(high)
        if self._loss(below, above) <= 0:
            return
        while high - low > YUAN:
            middle = (low + high) // 2
            between = self._look(middle)
            if self._loss(below, between) >= self._loss(between, above):
                high, above = middle, between
            else:
                low, below = middle, between
        lost = self._loss(below, above)
        if lost > 0:
            before, after = self._stepped(low, below), self._stepped(high, above)
            stepped = 0 if before is None or after is None else max(before - after, 0)
            yield Fall(low, high, lost, stepped, tuple(_paying_less(below, above)))

    def _loss(self, below: Standings, above: Standings) -> int:
        """What is lost from one look to another with higher earnings; below 0 for a gain."""
        one, two = self._net(below), self._net(above)
        return 0 if one is None or two is None else one - two


_AID = ("social_aid", "disability_subsidy", "elder_allowance", "child_allowance", "scholarship")
"""Income that comes from programmes: counted once, as what the programmes pay."""


def _paying_less(below: Standings, above: Standings) -> Iterator[tuple[Programme, int]]:
    """The programmes that pay less above, with what a year of them loses in fen, the greatest loss first."""
    lost: dict[str, tuple[Programme, int]] = {}
    for one, two in zip(below.standings, above.standings, strict=True):
        if one.programme.gains:
            less = one.programme.in_year((one.due or 0) - (two.due or 0))
            lost[one.programme.id] = (one.programme, lost.get(one.programme.id, (one.programme, 0))[1] + less)
    yield from sorted((each for each in lost.values() if each[1] > 0), key=lambda each: -each[1])
