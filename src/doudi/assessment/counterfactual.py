"""What would change a result: the smallest change of one fact, or of two, under which a deeper tier holds.

Every change is found from the distances of failing tests, narrowed to the last fen, and verified by applying the law again:
with it the tier holds, with one unit less it does not. Nothing is advice; it says what the facts would have to be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import combinations
from typing import Any

from doudi.assessment import sentences as say
from doudi.assessment.counterfactual_trials import GOAL, HEADS, OutOfCalls, Step, Trials, facts_below, least
from doudi.assessment.determination import Determination
from doudi.facts.vocabulary import Fact, Vocabulary
from doudi.rules.codes import CodeSet

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
    }
)
"""Numbers that may have to be higher, where there are any; all others may have to be lower."""

FIXED = frozenset(
    {
        "disability_grade",
        "gravest_component_grade",
        "supporter_disability_grade",
        "absence_months",
        "coresidence_months",
        "transfers_paid",
        "holding_monthly",
    }
)
"""Numbers that are never proposed. Grades are found by others and months pass by themselves, so another number would be a
false one; and nobody is told that paying more to others would help. Costs and expenses are not among them: they are
proved by receipts, and are often declared too low."""

CALLS = 700
"""How often one question may have the law applied: about 0.3 s for a family of eight."""
MOST = 6
"""How many changes are told at most."""
WHOLE = 10_000
"""All that a failing test lacks."""


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


class Changes(list[Change]):
    """The changes found, the smallest in front. Not ``complete``: the search was cut short, so others may be smaller."""

    def __init__(self, found: Iterable[Change] = (), complete: bool = True) -> None:
        super().__init__(found)
        self.complete = complete

    def caveat(self, language: str = "zh") -> str:
        """What is said of a search that was cut short; empty for one that was not."""
        if self.complete:
            return ""
        if language == "zh":
            told = "可能还有其他或者更小的变化没有列出" if self else "没有列出不等于没有"
            return f"情形较多，试算到 {CALLS} 次为止，没有试完：{told}。"
        told = (
            "there may be others, or smaller ones"
            if self
            else "that none is told does not mean that there is none"
        )
        return f"There are many possibilities; the search was cut short after {CALLS} trials: {told}."


def what_would_change(determination: Determination, target_tier: str | None = None) -> Changes:
    """The smallest changes of one fact under which ``target_tier`` or a deeper one holds, or of two where one is not enough.

    Without a target: under which any tier deeper than the present one holds. Empty where nothing of the kind is found, or
    where the tier holds already. Sums of money come first, the smallest in front. A change whose figure would turn on a
    parameter that nobody has set is not told.

    Raises:
        LawError: there is no such tier.
    """
    codes = _tier_codes(determination)
    now = codes.index(determination.tier_range[0])
    trials = Trials(determination, codes.index(target_tier) if target_tier else now + 1, CALLS)
    if trials.goal <= now or trials.goal == len(codes):
        return Changes()
    complete = True
    for search in (_single, _double):
        found: dict[Any, tuple[Step, ...]] = {}
        try:
            for steps in search(trials):
                same = _place(steps)
                found[same] = min(found.get(same, steps), steps, key=_size)
        except OutOfCalls:
            complete = False
        if found:
            smallest = sorted(found.values(), key=_size)[:MOST]
            tiers = [codes.code(least(trials.trace(*steps))) for steps in smallest]
            return Changes(map(partial(_told, determination), tiers, smallest), complete)
    return Changes(complete=complete)


def _place(steps: tuple[Step, ...]) -> tuple[Any, ...]:
    """Which facts are otherwise, and of codes and yes or no, what they are."""
    return tuple(
        (step.entity, step.row, step.fact, None if step.difference else step.after) for step in steps
    )


def _size(steps: tuple[Step, ...]) -> tuple[int, int]:
    """Sums of money first, the smallest in front; then other numbers; then what is only otherwise."""
    kinds = {Vocabulary.load().facts[step.fact].kind for step in steps}
    return (0 if kinds == {"money"} else 2 if kinds & {"code", "flag"} else 1), sum(
        step.difference for step in steps
    )


def _single(trials: Trials) -> Iterator[tuple[Step, ...]]:
    """The smallest change of each fact that alone makes the goal hold."""
    for reach in _reaches(trials):
        if trials.holds(reach):
            steps = (_smallest(trials, reach, ()),)
            if _is_of_the_law(trials, steps):
                yield steps


def _double(trials: Trials) -> Iterator[tuple[Step, ...]]:
    """The smallest changes of two facts that make the goal hold where neither does alone.

    Pairs that together close most of what the failing tests lack are tried first.
    """
    alone = [reach for reach in _reaches(trials) if not trials.holds(reach)]
    closed = {reach: _closed(trials, reach) for reach in alone}
    helpful = [reach for reach in alone if any(closed[reach].values())]
    pairs = sorted(
        combinations(helpful, 2),
        key=lambda pair: _closed_by_both(*(closed[each] for each in pair)),
        reverse=True,
    )
    for one, two in pairs:
        same = (one.entity, one.row, one.fact) == (two.entity, two.row, two.fact)
        if not same and trials.holds(one, two):
            steps = _smallest_pair(trials, one, two)
            if _is_of_the_law(trials, steps):
                yield steps


Closed = dict[tuple[str, int | None], int]
"""How much of what each failing test lacks is closed, in parts of ``WHOLE``."""


def _closed(trials: Trials, step: Step) -> Closed:
    """What a step closes of the tests that fail now and that the goal rests on."""
    after, graph = trials.trace(step), trials.statute.graph
    found = {}
    for test in trials.failing:
        if step.fact in facts_below(graph, test.name):
            other = after.test(test.name, test.row, sourced=False)
            found[test.name, test.row] = (
                WHOLE if other.truth is True else _nearer(test.distance, other.distance)
            )
    return found


def _nearer(before: int | None, after: int | None) -> int:
    if before is None or after is None or after <= before:
        return 0
    return max(1, min(WHOLE - 1, (after - before) * WHOLE // max(1, -before)))


def _closed_by_both(one: Closed, two: Closed) -> tuple[int, int]:
    """What two steps close together: of the tests on the household, then of those on single persons and things."""
    together = {test: min(WHOLE, one.get(test, 0) + two.get(test, 0)) for test in one.keys() | two.keys()}
    household = sum(share for (_, row), share in together.items() if row is None)
    return household, sum(together.values()) - household


def _is_of_the_law(trials: Trials, steps: tuple[Step, ...]) -> bool:
    """Whether no figure turns on a parameter that nobody has set: with one unit less the tier is not left open by one."""
    unset, reached = trials.statute.unset, least(trials.trace(*steps))
    for step in steps if unset else ():
        if step.difference:
            less = replace(step, after=step.after + (1 if step.after < step.before else -1))
            others = tuple(each for each in steps if each is not step)
            taken = (*others, less) if less.difference else others
            low, high = trials.trace(*taken).ends(GOAL)
            if low < reached <= high and not unset.isdisjoint(trials.missing(*taken)):
                return False
    return True


def _reaches(trials: Trials) -> Iterator[Step]:
    """Every fact that may be otherwise, taken as far as it goes, and before that as far as the same number of members counts.

    Whoever comes to a tier of persons may leave the count; then less may hold than half-way.
    """
    now = trials.trace().value(HEADS)

    def counts_others(step: Step) -> bool:
        return bool(trials.trace(step).value(HEADS) != now)

    for extreme in _extremes(trials):
        if extreme.difference > 1 and counts_others(extreme):
            turn = _nearest(extreme, counts_others, trials.guesses((), extreme.fact))
            if turn.difference > 1:
                yield replace(turn, after=turn.after + (1 if turn.after < turn.before else -1))
        yield extreme


def _extremes(trials: Trials) -> Iterator[Step]:
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


def _smallest_pair(trials: Trials, one: Step, two: Step) -> tuple[Step, Step]:
    """The steps of a pair at their smallest: where one gives way to the other, the smaller of both orders."""
    least_one, least_two = _smallest(trials, one, (two,)), _smallest(trials, two, (one,))
    if trials.holds(least_one, least_two):
        return least_one, least_two
    first = least_one, _smallest(trials, two, (least_one,))
    second = _smallest(trials, one, (least_two,)), least_two
    return min(first, second, key=_size)


def _smallest(trials: Trials, reach: Step, others: tuple[Step, ...]) -> Step:
    """The step nearest to the present value under which the goal still holds; one unit less does not suffice."""
    if reach.difference <= 1:
        return reach
    return _nearest(reach, lambda step: trials.holds(step, *others), trials.guesses(others, reach.fact))


def _nearest(reach: Step, holds: Callable[[Step], bool], guesses: list[int]) -> Step:
    """The step nearest to the present value for which ``holds``, as it does for ``reach`` and not at the present value."""
    sign = 1 if reach.after > reach.before else -1

    def taken(distance: int) -> Step:
        return replace(reach, after=reach.before + sign * distance)

    fails, enough = 0, reach.difference
    while enough - fails > 1:
        inside = [guess for guess in guesses if fails < guess < enough]
        middle = inside[len(inside) // 2] if inside else (fails + enough) // 2
        fails, enough = (fails, middle) if holds(taken(middle)) else (middle, enough)
    return taken(enough)


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
