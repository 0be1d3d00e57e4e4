"""The catalogue of indicators held against the rules of the house: entries, rules, sources and cases fit each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from doudi.assessment.catalogue import reference_of, version_days
from doudi.assessment.house_rules import arithmetic_faults
from doudi.law import library
from doudi.monitoring.catalogue import catalogue
from doudi.monitoring.entries import Indicator
from doudi.monitoring.law import Rules, all_parameters, rules_of
from doudi.monitoring.rows import rows_of_feeds
from doudi.monitoring.words import BEFORE, GONE
from doudi.programmes.law import all_parameters as programme_parameters
from doudi.rules.errors import DoudiError, Problem
from doudi.rules.graph import Graph

_PLACES = re.compile(r"\{([^}]*)\}")
_SIDES = {"value", "limit"}


def indicator_faults() -> list[Problem]:
    """Every fault of the indicators that ship; empty when all is well."""
    for step in (_files, _graphs):
        found = list(step())
        if found:
            return found
    steps = (_entries, _formulas, _parameters, _arithmetic, _cases)
    return [problem for step in steps for problem in step()]


def rule_files() -> list[Path]:
    """The files of rules of indicators."""
    return [path for path in sorted(library.INDICATORS.rglob("*.py")) if path.stem != "__init__"]


def feeds_under(graph: Graph, rule: str) -> dict[str, str]:
    """The feeds whose rows a rule rests on, with a value that it asks for."""
    found: dict[str, str] = {}
    for name in sorted(graph.inputs_of([rule])):
        fact = graph.schema.inputs.get(name)
        rows = rows_of_feeds().get(fact.entity or "") if fact is not None else None
        if rows is not None:
            found.setdefault(rows.contract.name, name)
    return found


def _files() -> Iterator[Problem]:
    try:
        catalogue()
        all_parameters().check()
    except DoudiError as error:
        yield from error.problems


def _graphs() -> Iterator[Problem]:
    try:
        for day in version_days():
            rules_of(day)
    except DoudiError as error:
        yield from error.problems


def _cases() -> Iterator[Problem]:
    from doudi.monitoring.cases import read_cases

    try:
        read_cases()
    except DoudiError as error:
        yield from error.problems


def _entries() -> Iterator[Problem]:
    rules = rules_of(version_days()[-1])
    for one in catalogue().indicators.values():
        if one.needs is not None:
            continue
        variable = rules.graph.variables.get(one.rule)
        if variable is None:
            yield _of(one, "rule", f"没有规则 {one.rule}", f"there is no rule {one.rule}")
        elif not variable.formula.is_test or variable.formula.entity != one.subject:
            yield _of(
                one,
                "rule",
                f"{one.rule} 应为 {one.subject} 的检验",
                f"{one.rule} must be a test of a {one.subject}",
            )
        else:
            yield from _says(one, rules)
            yield from _sources(one, rules)
            yield from _stands(one, rules)


def _says(one: Indicator, rules: Rules) -> Iterator[Problem]:
    """The sentence names sides only where the test has them, and the same in both languages."""
    variable = rules.graph.variables[one.rule]
    places = [set(_PLACES.findall(text)) for text in (one.says.zh, one.says.en)]
    if places[0] != places[1]:
        yield _of(one, "says", "中英文用到的数值不同", "the languages show different values")
    if places[0] - (_SIDES if variable.value is not None else set()):
        yield _of(
            one,
            "says",
            f"{one.rule} 没有这些数值",
            f"{one.rule} has no such sides",
            ", ".join(sorted(places[0])),
        )
    if one.worse and variable.value is None:
        yield _of(
            one, "worse", f"{one.rule} 没有可比较的数值", f"{one.rule} compares nothing that could worsen"
        )


def _sources(one: Indicator, rules: Rules) -> Iterator[Problem]:
    """Every feed whose rows the rule rests on is among the sources."""
    for feed, name in feeds_under(rules.graph, one.rule).items():
        if feed not in one.sources:
            yield _of(
                one,
                "sources",
                f"规则用到 {name}，来源没有写 {feed}",
                f"the rule asks for {name}, and {feed} is no source",
            )


def _stands(one: Indicator, rules: Rules) -> Iterator[Problem]:
    """A rule that compares two nights holds on one night only, so that the entry must say for how long its warning stands."""
    asked = rules.graph.inputs_of([one.rule])
    changes = sorted(name for name in asked if name.startswith((BEFORE, GONE)) or name.endswith("_is_new"))
    if changes and not one.stands:
        yield _of(
            one,
            "stands",
            "比较两夜的指标要写明持续天数",
            "compares two nights and does not say how long it stands",
            changes[0],
        )


def _formulas() -> Iterator[Problem]:
    for formula in library.indicator_formulas():
        if not formula.zh.strip() or not formula.en.strip():
            yield Problem("house.sentence", f"{formula.name}：没有中英文句子", f"{formula.name}: no sentence in both languages",
                          file=f"{formula.topic}/{formula.file}", line=formula.line)  # fmt: skip
        for written in formula.references:
            try:
                reference_of(written)
            except DoudiError as error:
                yield from error.problems


def _parameters() -> Iterator[Problem]:
    """Each parameter of an indicator has a description, and a rule of some day that reads it."""
    read: set[str] = set()
    for day in version_days():
        graph = rules_of(day).graph
        read |= graph.inputs_of(list(graph.variables))
    for name in sorted(all_parameters().definitions.keys() - programme_parameters().definitions.keys()):
        one = all_parameters().definitions[name]
        if not one.description.strip():
            yield Problem(
                "house.description",
                f"{name} 没有说明",
                f"{name} has no description",
                file=one.file,
                line=one.line,
            )
        if name not in read:
            yield Problem(
                "house.unread", f"没有规则用到 {name}", f"no rule reads {name}", file=one.file, line=one.line
            )


def _arithmetic() -> Iterable[Problem]:
    return (problem for path in rule_files() for problem in arithmetic_faults(path))


def _of(one: Indicator, code: str, zh: str, en: str, value: str | None = None) -> Problem:
    where = (f"{one.id}：{zh}", f"{one.id}: {en}")
    return Problem(f"indicator.{code}", *where, file=one.file, line=one.line, value=value)
