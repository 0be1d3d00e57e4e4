"""The tiers of an explanation: the tests below each, how they came out and whether that is what the tier asks.

Which tests belong to a tier, and which truth is asked of each, is read from the law itself (``conditions``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from doudi.assessment import sentences as say
from doudi.assessment.citations import citations
from doudi.assessment.conditions import TIERS, Step, stated_facts, steps
from doudi.assessment.determination import Determination, TestResult


@dataclass(frozen=True, slots=True)
class Condition:
    """One test under a tier: how it came out, whether that is what the tier asks (``met``), its sides as engine integers
    and with units, and the tests it rests on. ``one_of``: it is one of several of which one suffices.
    """

    name: str
    row: int | None
    truth: bool | None
    wanted: bool
    met: bool | None
    one_of: bool
    value: int | None
    limit: int | None
    distance: int | None
    value_text: str | None
    limit_text: str | None
    distance_text: str | None
    sentence: str
    articles: tuple[str, ...]
    rests_on: tuple[str, ...]
    tests: tuple[Condition, ...]

    def reasons(self, met: bool | None) -> Iterator[Condition]:
        """The innermost tests below this one, or itself, that came out so."""
        if self.met is met:
            below = [reason for test in self.tests for reason in test.reasons(met)]
            yield from below or [self]


@dataclass(frozen=True, slots=True)
class TierEntry:
    """One tier for the household (``row`` None) or one person: holds (True), fails (False) or is open (None)."""

    tier: str
    label: str
    row: int | None
    whose: str
    holds: bool | None
    articles: tuple[str, ...]
    tests: tuple[Condition, ...]

    def reasons(self, met: bool | None) -> list[Condition]:
        """The innermost tests that came out so."""
        return [reason for test in self.tests for reason in test.reasons(met)]


def tiers_of(determination: Determination, language: str = "zh") -> tuple[TierEntry, ...]:
    """The tiers of an explanation alone, for those who explain many households."""
    return tuple(_tiers(determination, language))


def _tiers(determination: Determination, language: str) -> Iterator[TierEntry]:
    statute = determination.statute
    codes = statute.variable("tier").kind.codes
    assert codes is not None
    for tier, name in TIERS.items():
        formula = statute.variable(name).formula
        articles = articles_of(determination, name, language)
        for row in determination.trace.rows(name):
            whose = say.row_label(determination.household, str(formula.entity), row, language)
            tests = [
                *_tests(determination, name, row, language, set()),
                *_facts(determination, name, row, language),
            ]
            truth = determination.trace.test(name, row).truth
            yield TierEntry(tier, codes.label(tier, language), row, whose, truth, articles, tuple(tests))


def _tests(
    determination: Determination, name: str, row: int | None, language: str, told: set[tuple[str, int | None]]
) -> Iterator[Condition]:
    """Each test once, where it stands highest; of several measures of which one suffices, those up to one that is met."""
    entity = str(determination.statute.variable(name).formula.entity)
    asked = [
        (step, place)
        for step in steps(determination.statute.graph, name)
        for place in _places(determination, entity, row, step.name)
    ]
    fresh = [(step, place) for step, place in asked if (step.name, place) not in told]
    told.update((step.name, place) for step, place in fresh)
    enough: set[int | None] = set()
    for step, place in fresh:
        result = determination.trace.test(step.name, place)
        measures = step.one_of and result.value is not None
        if _goes_without_saying(determination, step, place) or (measures and place in enough):
            continue
        if measures and result.truth == step.wanted:
            enough.add(place)
        opened = step.name not in TIERS.values()
        below = tuple(_tests(determination, step.name, place, language, told)) if opened else ()
        yield _entry(determination, step, result, below, language)


def _goes_without_saying(determination: Determination, step: Step, row: int | None) -> bool:
    """A test that the place has settled for everybody, unless it is what stands in the way."""
    if step.name not in determination.statute.settled:
        return False
    return step.one_of or determination.trace.test(step.name, row).truth == step.wanted


def _facts(determination: Determination, name: str, row: int | None, language: str) -> Iterator[Condition]:
    """Facts that a tier asks for itself, such as a finding of the county."""
    for fact, wanted in stated_facts(determination.statute.graph, name):
        truth = determination.household.rows(fact.entity)[row or 0][fact.name]
        met = None if truth is None else truth == wanted
        label = say.fact_label(determination.household, fact, row, language)
        mark, stop = ("：", "。") if language == "zh" else (": ", ".")
        value = say.fact_value(fact, truth, language)
        sentence = f"{label}{mark}{value}{mark}{say.verdict(met, language)}{stop}"
        rests_on = (fact.name,) if truth is None else ()
        yield Condition(
            fact.name,
            row,
            truth,
            wanted,
            met,
            False,
            None,
            None,
            None,
            None,
            None,
            None,
            sentence,
            (),
            rests_on,
            (),
        )


def _entry(
    determination: Determination, step: Step, result: TestResult, below: tuple[Condition, ...], language: str
) -> Condition:
    sides = say.shown_sides(determination, result, language)
    return Condition(
        name=step.name,
        row=result.row,
        truth=result.truth,
        wanted=step.wanted,
        met=None if result.truth is None else result.truth == step.wanted,
        one_of=step.one_of,
        value=result.value,
        limit=result.limit,
        distance=result.distance,
        value_text=sides.value if sides else None,
        limit_text=sides.limit if sides else None,
        distance_text=sides.gap if sides else None,
        sentence=say.sentence(determination, result, language, step.wanted),
        articles=articles_of(determination, step.name, language),
        rests_on=result.rests_on,
        tests=below,
    )


def _places(determination: Determination, entity: str, row: int | None, name: str) -> Iterable[int | None]:
    """The rows of a test that concern one row of the formula that asks for it."""
    below = str(determination.statute.variable(name).formula.entity)
    if below == "household":
        return [None]
    if below == entity:
        return [row]
    links = determination.statute.graph.schema.entities[below].links
    rows = determination.household.facts[below]
    if row is None:
        return range(len(rows))
    return [place for place, values in enumerate(rows) if values[f"{links[0].name}_index"] == row]


def articles_of(determination: Determination, name: str, language: str) -> tuple[str, ...]:
    statute = determination.statute

    def told() -> tuple[str, ...]:
        found = citations(statute.variable(name).formula, statute.day)
        return tuple(reference.sentence(language) for reference in found)

    return statute.once(("articles", name, language), told)
