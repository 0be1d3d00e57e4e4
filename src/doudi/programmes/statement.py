"""A year of a household: every programme with what was due and what was received, by date and amount, and the totals.

Monthly programmes are looked at on the first day of each month, under the law of that day; the others on the last day of
the year, or on the day up to which the statement runs. Facts are those of the file; ages and the law move with the days.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from doudi.facts.household import HouseholdFacts
from doudi.programmes.catalogue import catalogue
from doudi.programmes.choice import Key
from doudi.programmes.entries import Programme
from doudi.programmes.held import Holding, holdings_of
from doudi.programmes.law import Offer, law_of
from doudi.programmes.standing import Standings, standings


@dataclass(frozen=True, slots=True)
class Line:
    """One payment: of a month (its first day), or on a day. ``due`` and ``received`` are in fen, None when not known."""

    programme: Programme
    row: int | None
    day: date
    due: int | None
    received: int | None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sum:
    """One programme over the year, of the household or of one member; ``state`` as in a standing."""

    programme: Programme
    row: int | None
    due: int | None
    received: int | None
    state: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Statement:
    """The year, or the part of it up to ``until``, of a household."""

    household: HouseholdFacts
    year: int
    until: date
    lines: tuple[Line, ...]
    sums: tuple[Sum, ...]
    last: Standings

    @property
    def received(self) -> int | None:
        """All that was received in the year in fen, insurance, loans and services apart; None when an amount is not known."""
        return _sum(one.received for one in self.sums if one.programme.counts)

    @property
    def due(self) -> int | None:
        """All that was due in the year; None when a programme is undetermined."""
        return _sum(one.due for one in self.sums if one.programme.counts)

    @property
    def kinds(self) -> int:
        """How many programmes paid something."""
        return len({one.programme.id for one in self.sums if one.programme.counts and one.received != 0})


def statement(
    household: HouseholdFacts,
    region: str,
    year: int,
    *,
    until: date | None = None,
    settings: Mapping[str, str] | None = None,
    overlay: Path | None = None,
) -> Statement:
    """The statement of a year in a region, up to ``until`` (the last day of the year when not given).

    Raises:
        RegionError, ParameterError, LawError: the law of a month cannot be had.
    """
    end = min(until or date(year, 12, 31), date(year, 12, 31))
    changed = tuple(sorted((settings or {}).items()))
    months = {
        month: standings(household, _offer(region, date(year, month, 1), changed, overlay))
        for month in range(1, end.month + 1)
    }
    last = standings(household, _offer(region, end, changed, overlay))
    made = tuple(_Lines(household, end, months, last).lines())
    sums = list(_sums(made))
    for one in last.offer.programmes:
        if one.held_with:
            _share_holding(one, sums)
    return Statement(household, year, end, made, tuple(sums), last)


@cache
def _offer(region: str, day: date, settings: tuple[tuple[str, str], ...], overlay: Path | None) -> Offer:
    return Offer(law_of(region, day, settings=dict(settings), overlay=overlay, specialised=False))


@dataclass(frozen=True)
class _Lines:
    household: HouseholdFacts
    end: date
    months: Mapping[int, Standings]
    last: Standings

    def lines(self) -> Iterator[Line]:
        """Programme by programme, member by member, in the order of the days."""
        received: dict[Key, list[Holding]] = {}
        for one in holdings_of(self.household):
            programme = catalogue().programmes.get(one.programme)
            if programme is not None:
                row = one.person if programme.unit == "person" else -1
                received.setdefault((programme.id, row), []).append(one)
        for standing in self.last.standings:
            key = (standing.programme.id, -1 if standing.row is None else standing.row)
            of_year = [one for one in received.get(key, ()) if one.paid_on <= _number(self.end)]
            lines = self._monthly if standing.programme.period == "month" else self._others
            yield from lines(standing.programme, standing.row, of_year)

    def _monthly(self, programme: Programme, row: int | None, held: list[Holding]) -> Iterator[Line]:
        for month, found in self.months.items():
            standing = next(
                (one for one in found.standings if one.programme is programme and one.row == row), None
            )
            due = standing.due if standing is not None else 0
            missing = standing.missing if standing is not None else ()
            running = [one for one in held if month in one.months_in(self.end.year, self.end.month)]
            paid = _sum(one.amount for one in running)
            if due != 0 or paid != 0:
                yield Line(programme, row, date(self.end.year, month, 1), due, paid, missing)
        yield from (self._payment(programme, row, one, 0) for one in self._once(held))

    def _others(self, programme: Programme, row: int | None, held: list[Holding]) -> Iterator[Line]:
        standing = self.last.of(programme.id, row)
        due, payments = standing.due, self._once(held)
        if not payments and due != 0 and programme.form != "insurance":
            yield Line(programme, row, self.end, due, 0, standing.missing)
        for place, one in enumerate(payments):
            yield self._payment(programme, row, one, due if place == len(payments) - 1 else 0)

    def _once(self, held: list[Holding]) -> list[Holding]:
        year = self.end.year
        return sorted((one for one in held if one.paid_on // 10_000 == year), key=lambda one: one.paid_on)

    def _payment(self, programme: Programme, row: int | None, one: Holding, due: int | None) -> Line:
        day = date(one.paid_on // 10_000, one.paid_on // 100 % 100, one.paid_on % 100)
        return Line(programme, row, day, due, one.amount)


def _sums(lines: tuple[Line, ...]) -> Iterator[Sum]:
    of: dict[tuple[str, int | None], list[Line]] = {}
    for line in lines:
        of.setdefault((line.programme.id, line.row), []).append(line)
    for (_, row), found in of.items():
        due, received = _sum(line.due for line in found), _sum(line.received for line in found)
        missing = tuple(dict.fromkeys(name for line in found for name in line.missing))
        yield Sum(found[0].programme, row, due, received, _state(due, received), missing)


def _share_holding(one: Programme, sums: list[Sum]) -> None:
    """What was received above what was due for the programme that ``one`` is held with, as long as nothing is listed for ``one``."""
    for place, rest in enumerate(sums):
        if rest.programme is not one or rest.received != 0 or not rest.due:
            continue
        for at, carrier in enumerate(sums):
            same = carrier.programme.unit != one.unit or carrier.row == rest.row
            excess = (carrier.received or 0) - (carrier.due or 0)
            if (
                carrier.programme.id == one.held_with
                and same
                and excess > 0
                and carrier.due is not None
                and rest.received == 0
            ):
                part = min(excess, rest.due)
                sums[at] = _with_received(carrier, (carrier.received or 0) - part)
                rest = sums[place] = _with_received(rest, part)


def _with_received(one: Sum, received: int) -> Sum:
    return replace(one, received=received, state=_state(one.due, received))


def _state(due: int | None, received: int | None) -> str:
    if due is None or received is None:
        return "undetermined"
    if due == received:
        return "gets"
    if received > due:
        return "beyond"
    return "short" if received else "missed"


def _sum(amounts: Iterator[int | None]) -> int | None:
    known = list(amounts)
    return None if None in known else sum(amount for amount in known if amount is not None)


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
