"""Each programme for a household on a day: what it gets, what it misses, what is too little or too much, and why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from doudi.assessment.determination import Determination, TestResult, assess
from doudi.facts.household import HouseholdFacts
from doudi.programmes.catalogue import catalogue
from doudi.programmes.choice import Choice, Key, Problem, best
from doudi.programmes.entries import Programme
from doudi.programmes.held import held_on
from doudi.programmes.law import Offer
from doudi.programmes.relations import Relation

STATES = {
    "gets": ("已享受", "gets it"),
    "missed": ("应享未享（漏救）", "due and not received"),
    "short": ("救助不足（救不够）", "receives too little"),
    "beyond": ("超出应享", "receives beyond what is due"),
    "undetermined": ("待补充信息", "undetermined"),
    "gives_way": ("让位于其他项目", "gives way to another"),
    "not_due": ("不符合", "not due"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One programme for the household (``row`` None) or one of its members.

    ``due`` is what is due for one period in fen, 0 when nothing is, None when open (then ``missing`` names what to ask);
    ``alone`` is what would be due were there no other programme. ``held`` is what is received, None when that is not known.
    ``to`` is the programme that it gives way to, by ``relation``.
    """

    programme: Programme
    row: int | None
    state: str
    due: int | None
    alone: int | None
    held: int | None
    missing: tuple[str, ...] = ()
    to: str = ""
    relation: Relation | None = None

    @property
    def gap(self) -> int | None:
        """What is due less what is received, for one period in fen."""
        return None if self.due is None or self.held is None else self.due - self.held


@dataclass(frozen=True)
class Standings:
    """All programmes of a place for one household on a day."""

    offer: Offer
    household: HouseholdFacts
    choice: Choice
    standings: tuple[Standing, ...]

    def of(self, programme: str, row: int | None = None) -> Standing:
        """The standing of a programme, of a member where it is a person's."""
        return next(one for one in self.standings if one.programme.id == programme and one.row == row)

    def in_state(self, *states: str) -> tuple[Standing, ...]:
        """Those in one of some states."""
        return tuple(one for one in self.standings if one.state in states)

    @cached_property
    def reasons(self) -> Determination:
        """Every test of the programmes with its sides; worked out when first asked for."""
        return assess(self.household, self.offer.statute, self.offer.reasons)

    def failed(self, one: Standing) -> tuple[TestResult, ...]:
        """The tests of a programme that do not hold, of the household or of this member."""
        results = []
        for name in self.offer.tests[one.programme.id]:
            entity = self.offer.statute.variable(name).formula.entity
            results.append(self.reasons.trace.test(name, one.row if entity == one.programme.unit else None))
        return tuple(result for result in results if result.truth is False)

    @property
    def in_year(self) -> int | None:
        """What all programmes that are a gain come to in a year, in fen; None when one is undetermined."""
        total = 0
        for one in self.standings:
            if one.programme.gains:
                if one.due is None:
                    return None
                total += one.programme.in_year(one.due)
        return total


def standings(household: HouseholdFacts, offer: Offer) -> Standings:
    """Every programme of the place for the household on the day of the law.

    What insurance pays is taken as settled with the hospital unless a holding says what was paid.
    """
    return _Look(household, offer).standings()


class _Look:
    def __init__(self, household: HouseholdFacts, offer: Offer) -> None:
        self.household = household
        self.offer = offer
        self.trace = assess(household, offer.statute, offer.amounts, explained=False).trace
        self.held = held_on(household, offer.statute.context["today"])
        self.persons = len(household.facts["person"])
        self.told: list[Standing] = []
        self.values: dict[Key, int] = {}
        self.to_choose: list[tuple[int, Key, int]] = []
        """Of what the combination is to decide on: the place among ``told``, the key, and the amount alone."""

    def standings(self) -> Standings:
        names_held = {name for name, _ in self.held}
        for one in self.offer.programmes:
            least, greatest = self.trace.ends(one.amount or one.due)
            if one.id in names_held or _any(greatest) or (least is not greatest and _any(least)):
                self._look_at(one, least, greatest)
            else:
                self.told += _none_due(one.id, self.persons)
        choice = best(problem_of(self.values, {name: self.trace.value(name) for name in self.offer.caps}))
        for place, key, amount in self.to_choose:
            self.told[place] = self._chosen(choice, self.told[place].programme, key, amount)
        for one in self.offer.programmes:
            if one.held_with in names_held:
                _share_holding(one, self.told)
        return Standings(self.offer, self.household, choice, tuple(self.told))

    def _look_at(self, one: Programme, least: Any, greatest: Any) -> None:
        """One programme for everybody whom it may concern."""
        for key in _keys(one, self.persons):
            low = least[key[1]] if isinstance(least, tuple) else least
            high = greatest[key[1]] if isinstance(greatest, tuple) else greatest
            self.told.append(self._standing(one, key, low) if low == high else self._open(one, key))

    def _standing(self, one: Programme, key: Key, amount: int) -> Standing:
        """The standing, if no combination has a say in it; else one that holds its place, and what is to be decided on."""
        if not amount and key not in self.held:
            return _not_due(key)
        row, held = _row(key), self.held.get(key, 0)
        if not amount:
            return Standing(one, row, "beyond" if held != 0 else "not_due", 0, 0, held)
        if not one.amount:
            return Standing(one, row, "gets" if key in self.held else "missed", 0, 0, held)
        self.values[key] = one.in_year(int(amount))
        self.to_choose.append((len(self.told), key, int(amount)))
        return _not_due(key)

    def _open(self, one: Programme, key: Key) -> Standing:
        """Undetermined: what must be asked for first."""
        row = _row(key)
        missing = self.trace.finding(one.amount or one.due, row).rests_on
        return Standing(one, row, "undetermined", None, None, self.held.get(key, 0), missing)

    def _chosen(self, choice: Choice, one: Programme, key: Key, amount: int) -> Standing:
        row, held = _row(key), self.held.get(key, 0)
        paid = choice.paid.get(key, 0) // (12 if one.period == "month" else 1)
        if paid and one.form == "insurance" and key not in self.held:
            return Standing(one, row, "gets", paid, amount, paid)
        if paid:
            return Standing(one, row, _state(paid, held), paid, amount, held)
        to, relation = _gives_way(choice, key)
        return Standing(one, row, "beyond" if held else "gives_way", 0, amount, held, (), to, relation)


def _share_holding(one: Programme, told: list[Standing]) -> None:
    """What a holding pays above its own programme pays for ``one``, which is held with it, where that is not listed apart."""
    for place, rest in enumerate(told):
        if rest.programme is not one or rest.state != "missed" or rest.due is None:
            continue
        for at, carrier in enumerate(told):
            same = carrier.programme.unit != one.unit or carrier.row == rest.row
            if carrier.programme.id == one.held_with and same and (carrier.gap or 0) < 0 and rest.held == 0:
                part = min(-(carrier.gap or 0), rest.due)
                told[at] = _holding(carrier, (carrier.held or 0) - part)
                rest = told[place] = _holding(rest, part)


def _holding(one: Standing, held: int) -> Standing:
    """The same with another amount received."""
    state = "not_due" if not one.due and not held else _state(one.due or 0, held)
    return replace(one, held=held, state=state)


def _any(amounts: Any) -> bool:
    """Whether there is any amount: of rows, or one for all of them."""
    return any(amounts) if isinstance(amounts, tuple) else bool(amounts)


def _row(key: Key) -> int | None:
    return None if key[1] < 0 else key[1]


def _keys(one: Programme, persons: int) -> list[Key]:
    return [(one.id, place) for place in range(persons)] if one.unit == "person" else [(one.id, -1)]


@cache
def _not_due(key: Key) -> Standing:
    """The standing of nothing due and nothing held; most are, and all are alike."""
    return Standing(catalogue().programmes[key[0]], _row(key), "not_due", 0, 0, 0)


@cache
def _none_due(programme: str, persons: int) -> tuple[Standing, ...]:
    """The standings of a household of so many persons whom the programme does not concern at all."""
    return tuple(map(_not_due, _keys(catalogue().programmes[programme], persons)))


def _gives_way(choice: Choice, key: Key) -> tuple[str, Relation | None]:
    """The programme that is paid in its place, and the relation that says so."""
    for relation in catalogue().relations.chosen():
        if key[0] in (relation.one, relation.other):
            other = relation.other if key[0] == relation.one else relation.one
            if choice.paid.get((other, key[1]), 0) > 0:
                return other, relation
    return "", None


def _state(due: int, held: int | None) -> str:
    if held is None:
        return "undetermined"
    if held == 0:
        return "missed"
    if held == due:
        return "gets"
    return "short" if held < due else "beyond"


def problem_of(values: Mapping[Key, int], caps: Mapping[str, int | None]) -> Problem:
    """What may be combined, from amounts in a year and the sums of common caps."""
    relations = catalogue().relations
    names = {name for name, _ in values}
    excluded, requires, netted = set(), [], []
    for key in values:
        for one in relations.chosen_from(key[0]):
            pair = (key, (one.other, key[1]))
            if one.excludes and pair[1] in values:
                excluded.add(frozenset(pair))
            if "requires" in one.kinds:
                requires.append(pair)
            if "netted" in one.kinds and pair[1] in values:
                netted.append(pair)
    limits = []
    for cap in relations.caps:
        members = tuple(key for name in cap.of if name in names for key in values if key[0] == name)
        limit = caps.get(cap.at)
        if members and limit is not None:
            limits.append((members, limit))
    return Problem(values, frozenset(excluded), tuple(requires), tuple(netted), tuple(limits))
