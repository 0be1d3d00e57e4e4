"""The law applied to the household of a case now, and every line of the calculation: inputs, formula, result, articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from doudi.assessment import sentences as say
from doudi.assessment.citations import citations
from doudi.assessment.determination import Determination
from doudi.assessment.discretion import Discretion
from doudi.facts.vocabulary import Vocabulary
from doudi.rules.book import LINK_SEPARATOR
from doudi.web.cases.models import Case
from doudi.web.cases.services.cases import local_now
from doudi.web.registry.determining import Undeterminable
from doudi.web.registry.selectors.files import File

SHOWN = ("money", "rate", "count")
SUMS = ("monthly_total", "income_per_head")
GOALS = (*SUMS, "tier")
PROGRAMMES = frozenset({"dibao", "single_dibao", "low_margin", "rigid", "tekun"})
"""Tiers that are a programme of the procedure; any other tier is none of them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One value of the calculation: whose, what it is made of, what it comes to (``known``: for certain), and where that is
    written."""

    label: str
    whose: str
    inputs: tuple[tuple[str, str], ...]
    result: str
    known: bool
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the machine proposes: ``programme`` a code of the procedure, None while open; ``amount`` in fen; the members covered;
    ``turns_on`` the elastic parameters within whose ranges a tier changes."""

    programme: str | None
    amount: int | None
    counted: int
    turns_on: tuple[str, ...]


def determination_of(case: Case, day: date | None = None) -> Determination | Undeterminable:
    """The law of a day (today) applied to what the registry knows of the household."""
    assert case.household is not None
    return File(case.household, day or local_now().date()).determination


def proposal_of(found: Determination, turning: Discretion) -> Proposal:
    """The proposal of a determination."""
    tier = found.tier
    programme = None if tier is None else tier if tier in PROGRAMMES else "none"
    amount = amount_of(found)
    turns_on = [each.path for each in turning.elastic if each.discretionary]
    if turning.discretionary and not turns_on:
        turns_on = list(turning.best.values)
    return Proposal(programme, amount, _counted(found, tier), tuple(turns_on))


def amount_of(found: Determination) -> int | None:
    """The monthly sum of a determination in fen: nothing where the tier is no programme, None while open."""
    return 0 if found.tier is not None and found.tier not in PROGRAMMES else found.amount()


def _counted(found: Determination, tier: str | None) -> int:
    test = {"single_dibao": "is_single_dibao", "tekun": "is_tekun"}.get(tier or "")
    if test is None:
        return int(found.trace.value("heads") or 0)
    return sum(found.trace.value(test, row) is True for row in found.trace.rows(test))


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines that sum and income per head are added up from, and the others: on which a tier rests, or which are open."""

    main: list[Line]
    others: list[Line]


def lines(found: Determination, language: str) -> Lines:
    """Every value on which tier and sum rest, in the order of the law; what is nothing is left out."""
    every, summed = _rests_on(found, GOALS, False), _rests_on(found, SUMS, True)
    main: list[Line] = []
    others: list[Line] = []
    for name in found.statute.graph.variables:
        if name in every:
            for line in _of_variable(found, name, language):
                (main if name in summed and (line.known or name in SUMS) else others).append(line)
    return Lines(main, others)


def _of_variable(found: Determination, name: str, language: str) -> Iterator[Line]:
    variable = found.statute.variable(name)
    formula = variable.formula
    if formula.is_test or variable.kind.name not in SHOWN:
        return
    articles = tuple(each.sentence(language) for each in citations(formula, found.statute.day))
    for row in found.trace.rows(name):
        value = found.trace.value(name, row)
        if value == 0 and name not in GOALS:
            continue
        whose = "" if row is None else say.row_label(found.household, str(formula.entity), row, language)
        inputs = tuple(_inputs(found, formula.arguments.values(), str(formula.entity), row, language))
        label = formula.zh if language == "zh" else formula.en
        yield Line(
            label, whose, inputs, _shown(variable.kind.name, value, language), value is not None, articles
        )


def _inputs(
    found: Determination, names: Any, entity: str, row: int | None, language: str
) -> Iterator[tuple[str, str]]:
    """What a value is made of, where it has one value: facts and values of the same row, values of the household."""
    facts = Vocabulary.load().facts
    for name in names:
        if name in found.statute.graph.variables:
            variable = found.statute.variable(name)
            own = str(variable.formula.entity) in (entity, "household")
            place = None if str(variable.formula.entity) == "household" else row
            if variable.kind.name in SHOWN and own:
                label = variable.formula.zh if language == "zh" else variable.formula.en
                yield label, _shown(variable.kind.name, found.trace.value(name, place), language)
        elif name in facts and facts[name].entity in (entity, "household") and facts[name].kind == "money":
            place = None if facts[name].entity == "household" else row
            rows = found.household.rows(facts[name].entity)
            label = facts[name].zh if language == "zh" else facts[name].en
            yield label, say.fact_value(facts[name], rows[place or 0][name], language)


def _shown(kind: str, value: Any, language: str) -> str:
    if value is None:
        return "不能确定" if language == "zh" else "cannot be determined"
    if kind == "money":
        return say.money(int(value), language)
    return say.share(int(value)) if kind == "rate" else say.number(int(value), 1)


def _rests_on(found: Determination, goals: tuple[str, ...], only_shown: bool) -> set[str]:
    """The variables on which goals rest; only through values that are shown themselves, where that is asked for."""
    variables = found.statute.graph.variables
    wanted, waiting = set(), list(goals)
    while waiting:
        name = waiting.pop()
        if name in wanted or name not in variables:
            continue
        if only_shown and (variables[name].kind.name not in SHOWN or variables[name].formula.is_test):
            continue
        wanted.add(name)
        waiting += [each.split(LINK_SEPARATOR)[-1] for each in variables[name].formula.arguments.values()]
    return wanted
