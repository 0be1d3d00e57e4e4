"""The catalogue held against the rules of the house: entries and rules fit each other, relations are as the rules compute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from doudi.assessment import statute
from doudi.assessment.catalogue import reference_of, version_days
from doudi.assessment.house_rules import arithmetic_faults
from doudi.facts.vocabulary import Vocabulary
from doudi.law import library
from doudi.programmes.catalogue import catalogue
from doudi.programmes.entries import Programme
from doudi.programmes.law import all_parameters, graph_of
from doudi.programmes.people import people
from doudi.programmes.relations import Relation
from doudi.rules.errors import DoudiError, Problem
from doudi.rules.graph import Graph


def programme_faults() -> list[Problem]:
    """Every fault of the programmes that ship; empty when all is well."""
    for step in (_files, _graphs):
        found = list(step())
        if found:
            return found
    steps = (_entries, _relations, _formulas, _items, _parameters, _arithmetic, _cases)
    return [problem for step in steps for problem in step()]


def rule_files() -> list[Path]:
    """The files of rules of programmes."""
    return [path for path in sorted(library.PROGRAMMES.glob("*/*.py")) if path.stem != "__init__"]


def _files() -> Iterator[Problem]:
    try:
        catalogue()
        people()
        all_parameters().check()
    except DoudiError as error:
        yield from error.problems


def _graphs() -> Iterator[Problem]:
    try:
        for day in version_days():
            graph_of(day)
    except DoudiError as error:
        yield from error.problems


def _cases() -> Iterator[Problem]:
    from doudi.programmes.cases import read_cases

    try:
        read_cases()
    except DoudiError as error:
        yield from error.problems


def _entries() -> Iterator[Problem]:
    graph = graph_of(version_days()[-1])
    for one in catalogue().programmes.values():
        yield from _variable(one, one.due, "flag", graph)
        if one.held_with and one.held_with not in catalogue().programmes:
            yield _of(one, "held_with", f"没有项目 {one.held_with}", f"there is no programme {one.held_with}")
        if one.amount:
            yield from _variable(one, one.amount, "money", graph)
        elif one.form != "service":
            yield _of(one, "amount", "只有服务可以没有金额", "only a service has no amount")


def _variable(one: Programme, name: str, kind: str, graph: Graph) -> Iterator[Problem]:
    variable = graph.variables.get(name)
    if variable is None:
        yield _of(one, "rule", f"没有规则 {name}", f"there is no rule {name}")
    elif variable.formula.kind != kind or variable.formula.entity != one.unit:
        found = f"{variable.formula.kind}/{variable.formula.entity}"
        yield _of(
            one,
            "rule",
            f"{name} 是 {found}，应为 {kind}/{one.unit}",
            f"{name} is {found}, must be {kind}/{one.unit}",
        )


def _relations() -> Iterator[Problem]:
    graph = graph_of(version_days()[-1])
    for relation in catalogue().relations.pairs:
        yield from _as_computed(relation, graph)
    for cap in catalogue().relations.caps:
        variable = graph.variables.get(cap.at)
        if variable is None or (variable.formula.kind, variable.formula.entity) != ("money", "household"):
            yield Problem("relation.cap", "限额应是家庭的金额规则", "a cap is a rule that gives money of the household",
                          file=cap.file, line=cap.line, value=cap.at)  # fmt: skip


def _as_computed(relation: Relation, graph: Graph) -> Iterator[Problem]:
    """Whether the rules see to what the relation says of them."""
    one, other = catalogue().programmes[relation.one], catalogue().programmes[relation.other]
    if not {one.due, other.due} <= graph.variables.keys():
        return
    rests = set(graph.needed([graph.variables[one.amount or one.due].node]))
    asked = [other.due, *graph.variables[other.due].formula.arguments.values()]
    tests = {
        graph.variables[name].node
        for name in asked
        if name in graph.variables and graph.variables[name].formula.is_test
    }
    if "requires" in relation.kinds and tests.isdisjoint(rests):
        yield _relation(relation, f"{one.id} 不取决于 {other.id}", f"{one.id} does not rest on {other.id}")
    if "after" in relation.kinds and graph.variables[other.amount].node not in rests:
        yield _relation(
            relation,
            f"{one.id} 的金额不取决于 {other.id} 的金额",
            f"the amount of {one.id} does not rest on that of {other.id}",
        )
    of_other = set(graph.needed([graph.variables[other.amount or other.due].node]))
    if "not_counted" in relation.kinds and one.amount and graph.variables[one.amount].node in of_other:
        yield _relation(
            relation, f"{other.id} 取决于 {one.id} 的金额", f"{other.id} rests on the amount of {one.id}"
        )
    if relation.income and relation.income not in graph.inputs_of([other.amount or other.due]):
        yield _relation(
            relation,
            f"{other.id} 不取决于 {relation.income}",
            f"{other.id} does not rest on {relation.income}",
        )


def _formulas() -> Iterator[Problem]:
    for formula in library.programme_formulas():
        if not formula.zh.strip() or not formula.en.strip():
            yield Problem("house.sentence", f"{formula.name}：没有中英文句子", f"{formula.name}: no sentence in both languages",
                          file=f"{formula.topic}/{formula.file}", line=formula.line)  # fmt: skip
        for written in formula.references:
            try:
                reference_of(written)
            except DoudiError as error:
                yield from error.problems


def _items() -> Iterator[Problem]:
    """Every programme can be listed among what a household holds, and every item is a programme."""
    codes = set(Vocabulary.load().codes["aid_item"].codes) - {"none"}
    for name in sorted(catalogue().programmes.keys() ^ codes):
        yield Problem("programme.item", f"aid_item 与项目目录不符：{name}", f"aid_item and the catalogue differ: {name}",
                      "在 facts/vocabulary/codes.yaml 的 aid_item 中补写", "add it to aid_item in facts/vocabulary/codes.yaml")  # fmt: skip


def _parameters() -> Iterator[Problem]:
    """Each parameter of a programme has a description, and a rule of some day that reads it."""
    read: set[str] = set()
    for day in version_days():
        graph = graph_of(day)
        read |= graph.inputs_of(list(graph.variables))
    for name in sorted(all_parameters().definitions.keys() - statute.all_parameters().definitions.keys()):
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


def _of(one: Programme, code: str, zh: str, en: str) -> Problem:
    return Problem(f"programme.{code}", f"{one.id}：{zh}", f"{one.id}: {en}", file=one.file, line=one.line)


def _relation(one: Relation, zh: str, en: str) -> Problem:
    return Problem("relation.computed", zh, en, file=one.file, line=one.line, value=f"{one.one}, {one.other}")
