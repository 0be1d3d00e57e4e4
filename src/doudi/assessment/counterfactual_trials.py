"""A household with some facts otherwise, and the law applied to it: counted, and each trial made once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from doudi.assessment.determination import (
    Determination,
    TestResult,
    Trace,
    applied_facts,
    assess,
    traced,
    unknown_facts,
)
from doudi.assessment.statute import Statute
from doudi.facts.household import HouseholdFacts
from doudi.facts.vocabulary import Vocabulary
from doudi.rules.book import LINK_SEPARATOR
from doudi.rules.graph import Graph

GOAL, HEADS = "tier", "divisor_heads"
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Step:
    """One fact of one row (None: the household) with its engine value now, as it would have to be, and the difference."""

    entity: str
    row: int | None
    fact: str
    before: int
    after: int

    @property
    def difference(self) -> int:
        """How far apart, in engine units; 0 for codes and yes or no."""
        numeric = Vocabulary.load().facts[self.fact].kind not in ("code", "flag")
        return abs(self.after - self.before) if numeric else 0


class OutOfCalls(Exception):  # noqa: N818 - a limit, not a fault
    """The law has been applied as often as one question may ask for."""


class Trials:
    """The household with other facts and the law applied to it, at most ``calls`` times; each trial is made once."""

    def __init__(self, determination: Determination, goal: int, calls: int) -> None:
        self.goal = goal
        self.statute: Statute = determination.statute
        self.household: HouseholdFacts = determination.household
        self.left = calls
        self._made: dict[frozenset[Step], Trace] = {frozenset(): determination.trace}
        self._guesses: dict[tuple[tuple[Step, ...], str], list[int]] = {}
        self._applied = applied_facts(self.household, self.statute)
        # A step makes nothing unknown, so the kernel for what is unknown now serves every trial.
        self._bound = self.statute.python(outputs(self.statute.graph), unknown_facts(self._applied), False)

    @cached_property
    def failing(self) -> list[TestResult]:
        """The tests that the goal rests on and that do not hold now."""
        return [test for test in _tests(self.trace()) if test.truth is not True]

    def guesses(self, others: tuple[Step, ...], fact: str) -> list[int]:
        """Differences of ``fact`` at which a test that fails with the ``others`` taken may turn."""
        if (others, fact) not in self._guesses:
            self._guesses[others, fact] = _guesses(self.trace(*others), fact)
        return self._guesses[others, fact]

    def trace(self, *steps: Step) -> Trace:
        """The law applied with these facts changed."""
        key = frozenset(steps)
        if key not in self._made:
            if self.left == 0:
                raise OutOfCalls
            self.left -= 1
            self._made[key] = traced(self._bound, self.household, self.statute, self._facts(steps))
        return self._made[key]

    def _facts(self, steps: tuple[Step, ...]) -> Mapping[str, Any]:
        """The facts with some otherwise, as the law is applied to them; a supporter who consents is not veiled any more."""
        if any(step.entity == "supporter" for step in steps):
            return applied_facts(changed(self.household, steps), self.statute)
        return _changed_facts(self._applied, steps)

    def holds(self, *steps: Step) -> bool:
        """Whether a tier at least as deep as the one aimed at is certain with these facts changed."""
        return least(self.trace(*steps)) >= self.goal

    def missing(self, *steps: Step) -> tuple[str, ...]:
        """What the tier then rests on and is not known."""
        return assess(changed(self.household, steps), self.statute).missing


def least(trace: Trace) -> int:
    """The least tier that is possible."""
    return int(trace.ends(GOAL)[0])


def _tests(trace: Trace) -> Iterator[TestResult]:
    """The tests that the goal rests on, on all rows."""
    for name in _names_of_tests(trace.statute.graph):
        yield from (trace.test(name, row, sourced=False) for row in trace.rows(name))


def changed(household: HouseholdFacts, steps: Iterable[Step]) -> HouseholdFacts:
    """The household with some facts otherwise."""
    return replace(household, facts=_changed_facts(household.facts, steps))


def _changed_facts(before: Mapping[str, Any], steps: Iterable[Step]) -> dict[str, Any]:
    facts = dict(before)
    for step in steps:
        kind = Vocabulary.load().facts[step.fact].kind
        value = bool(step.after) if kind == "flag" else step.after
        if step.row is None:
            facts[step.entity] = {**facts[step.entity], step.fact: value}
        else:
            rows = list(facts[step.entity])
            rows[step.row] = {**rows[step.row], step.fact: value}
            facts[step.entity] = rows
    return facts


def _guesses(trace: Trace, fact: str) -> list[int]:
    """Differences of a fact at which a failing test may turn: its distance for a month, a year, a person and all, and just beyond."""
    heads = int(trace.value(HEADS) or 1)
    distances = {-(test.distance or 0) for test in _tests(trace) if _is_short_of(trace, test, fact)}
    factors = {1, MONTHS, heads, MONTHS * heads}
    return sorted(
        {(distance + near) * factor for distance in distances for factor in factors for near in (-1, 0, 1)}
    )


def _is_short_of(trace: Trace, test: TestResult, fact: str) -> bool:
    """Whether a test fails by a distance in the unit of a fact that it rests on."""
    kind = test.variable.side_kind
    return (
        test.truth is False
        and (test.distance or 0) < 0
        and kind is not None
        and kind.name == Vocabulary.load().facts[fact].kind
        and fact in facts_below(trace.statute.graph, test.name)
    )


@cache
def facts_below(graph: Graph, name: str) -> frozenset[str]:
    """The facts that a variable rests on."""
    return frozenset(graph.inputs_of([name]))


@cache
def _names_of_tests(graph: Graph) -> tuple[str, ...]:
    """The tests that the goal rests on, in the order of the law."""
    asked = _rests_on(graph, GOAL)
    return tuple(name for name, one in graph.variables.items() if name in asked and one.formula.is_test)


@cache
def outputs(graph: Graph) -> dict[str, int]:
    """What is looked at of every trial: the goal, the tests that it rests on, with their sides, and the heads."""
    found = {name: graph.variables[name].node for name in (GOAL, HEADS)}
    for name in _names_of_tests(graph):
        one = graph.variables[name]
        found[name] = one.node
        if one.value is not None and one.limit is not None:
            found[f"{name}.value"], found[f"{name}.limit"] = one.value, one.limit
    return found


@cache
def _rests_on(graph: Graph, goal: str) -> frozenset[str]:
    """The variables that the goal rests on."""
    found, waiting = set(), [goal]
    while waiting:
        name = waiting.pop()
        if name in graph.variables and name not in found:
            found.add(name)
            arguments = graph.variables[name].formula.arguments.values()
            waiting += [argument.split(LINK_SEPARATOR)[-1] for argument in arguments]
    return frozenset(found)
