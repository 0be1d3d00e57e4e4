"""What would change a result: the smallest change of one fact, or of two, under which a deeper tier holds.

Every change is found from the distances of failing tests, narrowed to the last fen, and verified by applying the law again:
with it the tier holds, with one unit less it does not. Nothing is advice; it says what the facts would have to be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import cache, cached_property
from itertools import combinations
from typing import Any

from doudi.assessment import sentences as say
from doudi.assessment.determination import (
    Determination,
    TestResult,
    Trace,
    applied_facts,
    traced,
    unknown_facts,
)
from doudi.assessment.statute import Statute
from doudi.facts.household import HouseholdFacts
from doudi.facts.vocabulary import Fact, Vocabulary
from doudi.rules.book import LINK_SEPARATOR
from doudi.rules.codes import CodeSet
from doudi.rules.graph import Graph

GOAL, HEADS = "tier", "divisor_heads"

CHANGEABLE = {
    "has_residence_registration": (1,),
    "low_margin_recognised": (0,),
    "other_scheme": (0,),
    "supporter_consents": (1,),
}
"""Facts of yes and no and codes that may be otherwise, with the engine values that are tried.

What only names differently what is owned (用途) is none of them: told as a change it would invite a false statement.
"""

RISING = frozenset(
    {
        "business_cost",
        "property_cost",
        "expense_amount",
        "supporter_family_size",
        "supporter_supported_persons",
        "coresidence_months",
    }
)
"""Numbers that may have to be higher, where there are any; all others may have to be lower."""

FIXED = frozenset(
    {
        "disability_grade",
        "gravest_component_grade",
        "supporter_disability_grade",
        "absence_months",
        "holding_monthly",
    }
)
"""Numbers that cannot be otherwise."""

CALLS = 300
"""How often one question may have the law applied."""
MOST = 6
"""How many changes are told at most."""
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


@dataclass(frozen=True, slots=True)
class Change:
    """One or two steps that together make ``tier`` hold, in a sentence of both languages."""

    tier: str
    steps: tuple[Step, ...]
    zh: str
    en: str

    def as_data(self) -> dict[str, Any]:
        """As plain data, engine integers."""
        steps = [{**asdict(step), "difference": step.difference} for step in self.steps]
        return {"tier": self.tier, "steps": steps, "zh": self.zh, "en": self.en}


class _OutOfCalls(Exception):  # noqa: N818 - a limit, not a fault
    """The law has been applied as often as one question may ask for."""


class _Trials:
    """The household with other facts and the law applied to it; counted, and each trial made once."""

    def __init__(self, determination: Determination, goal: int) -> None:
        self.goal = goal
        self.statute: Statute = determination.statute
        self.household: HouseholdFacts = determination.household
        self.left = CALLS
        self._made: dict[frozenset[Step], Trace] = {frozenset(): determination.trace}
        self._guesses: dict[tuple[Step, ...], list[int]] = {}
        self._applied = applied_facts(self.household, self.statute)
        # A step makes nothing unknown, so the kernel for what is unknown now serves every trial.
        self._bound = self.statute.python(outputs(self.statute.graph), unknown_facts(self._applied), False)

    @cached_property
    def failing(self) -> list[TestResult]:
        """The tests that the goal rests on and that do not hold now."""
        return [test for test in _tests(self.trace()) if test.truth is not True]

    def guesses(self, others: tuple[Step, ...]) -> list[int]:
        """Differences at which a test that fails with the ``others`` taken may turn."""
        if others not in self._guesses:
            self._guesses[others] = _guesses(self.trace(*others))
        return self._guesses[others]

    def trace(self, *steps: Step) -> Trace:
        """The law applied with these facts changed."""
        key = frozenset(steps)
        if key not in self._made:
            if self.left == 0:
                raise _OutOfCalls
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
        return _least(self.trace(*steps)) >= self.goal


def _least(trace: Trace) -> int:
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


def what_would_change(determination: Determination, target_tier: str | None = None) -> list[Change]:
    """The smallest changes of one fact under which ``target_tier`` or a deeper one holds, or of two where one is not enough.

    Without a target: under which any tier deeper than the present one holds. Empty where nothing of the kind is found, or
    where the tier holds already. Sums of money come first, the smallest in front.

    Raises:
        LawError: there is no such tier.
    """
    codes = _tier_codes(determination)
    now = codes.index(determination.tier_range[0])
    trials = _Trials(determination, codes.index(target_tier) if target_tier else now + 1)
    if trials.goal <= now or trials.goal == len(codes):
        return []
    for search in (_single, _double):
        found = sorted(_until_out_of_calls(search(trials)), key=_size)[:MOST]
        if found:
            return [_told(determination, codes.code(_least(trials.trace(*steps))), steps) for steps in found]
    return []


def _until_out_of_calls(found: Iterator[tuple[Step, ...]]) -> Iterator[tuple[Step, ...]]:
    with suppress(_OutOfCalls):
        yield from found


def _size(steps: tuple[Step, ...]) -> tuple[int, int]:
    """Sums of money first, the smallest in front; then other numbers; then what is only otherwise."""
    kinds = {Vocabulary.load().facts[step.fact].kind for step in steps}
    return (0 if kinds == {"money"} else 2 if kinds & {"code", "flag"} else 1), sum(
        step.difference for step in steps
    )


def _single(trials: _Trials) -> Iterator[tuple[Step, ...]]:
    """The smallest change of each fact that alone makes the goal hold."""
    for extreme in _extremes(trials):
        if trials.holds(extreme):
            yield (_smallest(trials, extreme, ()),)


def _double(trials: _Trials) -> Iterator[tuple[Step, ...]]:
    """The smallest changes of two facts that make the goal hold where neither does alone."""
    helpful = [extreme for extreme in _extremes(trials) if _helps(trials, extreme)]
    for one, two in combinations(helpful, 2):
        same = (one.entity, one.row, one.fact) == (two.entity, two.row, two.fact)
        if not same and trials.holds(one, two):
            first = _smallest(trials, one, (two,))
            yield first, _smallest(trials, two, (first,))


def _helps(trials: _Trials, step: Step) -> bool:
    """Whether a test that fails now and that the goal rests on holds, or comes nearer, with the step."""
    after, graph = trials.trace(step), trials.statute.graph
    for test in trials.failing:
        if step.fact not in _facts_below(graph, test.name):
            continue
        other = after.test(test.name, test.row, sourced=False)
        if other.truth is True or _nearer(test.distance, other.distance):
            return True
    return False


def _nearer(before: int | None, after: int | None) -> bool:
    return before is not None and after is not None and after > before


def _extremes(trials: _Trials) -> Iterator[Step]:
    """Every fact that the goal rests on and that may be otherwise, taken as far as it goes."""
    asked = trials.statute.graph.inputs_of([GOAL])
    for entity in trials.household.facts:
        for place, values in enumerate(trials.household.rows(entity)):
            row = None if entity == "household" else place
            for fact in Vocabulary.load().entities[entity].engine_facts():
                value = values[fact.name]
                if fact.name in asked and value is not None:
                    yield from (
                        Step(entity, row, fact.name, int(value), end) for end in _ends(fact, int(value))
                    )


def _ends(fact: Fact, value: int) -> Iterator[int]:
    if fact.name in CHANGEABLE:
        yield from (each for each in CHANGEABLE[fact.name] if each != value)
    elif fact.kind in ("money", "count", "area") and fact.name not in FIXED:
        end = fact.high if fact.name in RISING else fact.low
        yield from [end] if value not in (end, fact.low) else []


def _smallest(trials: _Trials, extreme: Step, others: tuple[Step, ...]) -> Step:
    """The step nearest to the present value under which the goal still holds; one unit less does not suffice."""
    if extreme.difference <= 1:
        return extreme
    sign = 1 if extreme.after > extreme.before else -1

    def holds(distance: int) -> bool:
        return trials.holds(replace(extreme, after=extreme.before + sign * distance), *others)

    fails, enough = 0, extreme.difference
    guesses = trials.guesses(others)
    while enough - fails > 1:
        inside = [guess for guess in guesses if fails < guess < enough]
        middle = inside[len(inside) // 2] if inside else (fails + enough) // 2
        fails, enough = (fails, middle) if holds(middle) else (middle, enough)
    return replace(extreme, after=extreme.before + sign * enough)


def _guesses(trace: Trace) -> list[int]:
    """Differences at which a failing test may turn: its distance for a month, a year, a person and all, and just beyond."""
    heads = int(trace.value(HEADS) or 1)
    failing = [test for test in _tests(trace) if test.truth is False and (test.distance or 0) < 0]
    distances = {-(test.distance or 0) for test in failing}
    factors = {1, MONTHS, heads, MONTHS * heads}
    return sorted(
        {
            distance * factor + near * factor
            for distance in distances
            for factor in factors
            for near in (-1, 0, 1)
        }
    )


@cache
def _facts_below(graph: Graph, name: str) -> frozenset[str]:
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


def _tier_codes(determination: Determination) -> CodeSet:
    codes = determination.statute.variable(GOAL).kind.codes
    assert codes is not None
    return codes


def _told(determination: Determination, tier: str, steps: tuple[Step, ...]) -> Change:
    codes = _tier_codes(determination)
    zh = "，并且".join(_step_told(determination, step, "zh") for step in steps)
    en = " and ".join(_step_told(determination, step, "en") for step in steps)
    return Change(
        tier,
        steps,
        f"若{zh}，经测算可达到“{codes.label(tier)}”的各项条件。",
        f"If {en}, all conditions of {codes.label(tier, 'en')} would be met, as computed.",
    )


def _step_told(determination: Determination, step: Step, language: str) -> str:
    fact = Vocabulary.load().facts[step.fact]
    label = say.fact_label(determination.household, fact, step.row, language, period=True)
    before, after = (say.fact_value(fact, value, language) for value in (step.before, step.after))
    if fact.kind in ("code", "flag"):
        return (
            f"{label}为“{after}”（现为“{before}”）"
            if language == "zh"
            else f'{label} were "{after}" (now "{before}")'
        )
    gap, lower = say.fact_value(fact, step.difference, language), step.after < step.before
    if language == "zh":
        return f"{label}{'不高于' if lower else '不低于'} {after}（现为 {before}，相差 {gap}）"
    return f"{label} were {'at most' if lower else 'at least'} {after} (now {before}, {gap} {'less' if lower else 'more'})"
