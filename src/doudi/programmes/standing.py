"""Each programme for a household on a day: what it gets, what it misses, what is too little or too much, and why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from doudi.assessment.determination import Determination, Finding, TestResult, assess
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
    ``failed`` are the tests that do not hold; ``to`` the programme that it gives way to, by ``relation``.
    """

    programme: Programme
    row: int | None
    state: str
    due: int | None
    alone: int | None
    held: int | None
    missing: tuple[str, ...] = ()
    failed: tuple[TestResult, ...] = ()
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
    determination: Determination
    choice: Choice
    standings: tuple[Standing, ...] = field(default=())

    def of(self, programme: str, row: int | None = None) -> Standing:
        """The standing of a programme, of a member where it is a person's."""
        return next(one for one in self.standings if one.programme.id == programme and one.row == row)

    def in_state(self, *states: str) -> tuple[Standing, ...]:
        """Those in one of some states."""
        return tuple(one for one in self.standings if one.state in states)


def standings(household: HouseholdFacts, offer: Offer) -> Standings:
    """Every programme of the place for the household on the day of the law."""
    return _Look(household, offer).standings()


class _Look:
    def __init__(self, household: HouseholdFacts, offer: Offer) -> None:
        self.household = household
        self.offer = offer
        self.determination = assess(household, offer.statute, offer.outputs)
        self.trace = self.determination.trace
        self.day = offer.statute.context["today"]
        self.held = dict(held_on(household, self.day))

    def standings(self) -> Standings:
        rows = [(one, row) for one in self.offer.programmes for row in self._rows(one)]
        found = tuple(self._standing(one, row) for one, row in rows)
        return Standings(self.offer, self.household, self.determination, self.choice, found)

    def _rows(self, one: Programme) -> list[int | None]:
        return [None] if one.unit == "household" else list(range(len(self.household.facts["person"])))

    @cached_property
    def amounts(self) -> Mapping[Key, Finding]:
        """What each programme pays for a period, for each row."""
        return {
            (one.id, -1 if row is None else row): self.trace.finding(one.amount, row)
            for one in self.offer.programmes
            if one.amount
            for row in self._rows(one)
        }

    @cached_property
    def choice(self) -> Choice:
        """The best combination of what is certainly due."""
        programmes = catalogue().programmes
        values = {
            key: programmes[key[0]].in_year(int(found.low))
            for key, found in self.amounts.items()
            if found.known and found.low > 0
        }
        return best(problem_of(values, {name: self.trace.value(name) for name in self.offer.caps}))

    def _standing(self, one: Programme, row: int | None) -> Standing:
        due, key = self.trace.finding(one.due, row), (one.id, -1 if row is None else row)
        held = self.held.get(key, 0)
        if not one.amount:
            return self._of_service(one, row, due, key)
        alone = self.amounts[key]
        if not alone.known:
            missing = tuple(dict.fromkeys((*due.rests_on, *alone.rests_on)))
            return Standing(one, row, "undetermined", None, None, held, missing)
        amount = int(alone.low)
        if amount == 0:
            return Standing(
                one, row, "beyond" if held else "not_due", 0, 0, held, failed=self._failed(one, row)
            )
        paid = self.choice.paid.get(key, 0) // (12 if one.period == "month" else 1)
        if paid == 0:
            to, relation = self._gives_way(key)
            return Standing(
                one, row, "beyond" if held else "gives_way", 0, amount, held, to=to, relation=relation
            )
        return Standing(one, row, _state(paid, held), paid, amount, held)

    def _of_service(self, one: Programme, row: int | None, due: Finding, key: Key) -> Standing:
        """A programme without an amount: had or not."""
        has = key in self.held
        if not due.known:
            return Standing(one, row, "undetermined", None, None, 0, due.rests_on)
        if not due.value:
            return Standing(one, row, "beyond" if has else "not_due", 0, 0, 0, failed=self._failed(one, row))
        return Standing(one, row, "gets" if has else "missed", 0, 0, 0)

    def _failed(self, one: Programme, row: int | None) -> tuple[TestResult, ...]:
        """The tests that do not hold, of the household or of this member."""
        results = []
        for name in self.offer.tests_of(one):
            entity = self.offer.statute.variable(name).formula.entity
            results.append(self.trace.test(name, row if entity == one.unit else None))
        return tuple(result for result in results if result.truth is False)

    def _gives_way(self, key: Key) -> tuple[str, Relation | None]:
        """The programme that is paid in its place, and the relation that says so."""
        for relation in catalogue().relations.chosen():
            if key[0] not in (relation.one, relation.other):
                continue
            other = relation.other if key[0] == relation.one else relation.one
            if self.choice.paid.get((other, key[1]), 0) > 0:
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
    excluded, requires, netted = set(), [], []
    for one in relations.chosen():
        for pair in _rows_of(one, values):
            if one.excludes:
                excluded.add(frozenset(pair))
            if "requires" in one.kinds:
                requires.append(pair)
            if "netted" in one.kinds:
                netted.append(pair)
    limits = [
        (tuple(key for name in cap.of for key in values if key[0] == name), int(caps[cap.at] or 0))
        for cap in relations.caps
        if caps.get(cap.at) is not None
    ]
    return Problem(
        values, frozenset(excluded), tuple(requires), tuple(netted), tuple(one for one in limits if one[0])
    )


def _rows_of(one: Relation, values: Mapping[Key, int]) -> Iterator[tuple[Key, Key]]:
    """The pairs of options that a relation joins: of the same person, or of the household."""
    rows = sorted({row for name, row in values if name == one.one})
    return (((one.one, row), (one.other, row)) for row in rows if (one.other, row) in values)
