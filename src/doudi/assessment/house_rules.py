"""The whole law read and held against the rules of the house; every fault with its file and line.

Rules: a sentence in both languages, references that resolve to known articles, one of them in force on every day on which
the rule applies; no decimal fractions and no division in a rule file. Parameters: a description, a dated value somewhere.
All files of the law are read: parameters, regions, documents, code sets, cases.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from doudi.assessment.catalogue import catalogue, reference_of, version_days
from doudi.assessment.citations import citations
from doudi.assessment.statute import all_parameters, graph_of
from doudi.law import library
from doudi.rules.book import Formula
from doudi.rules.errors import DoudiError, Problem

Step = Callable[[], Iterable[Problem]]


def law_faults() -> list[Problem]:
    """Every fault of the law that ships; empty when all is well."""
    return list(faults_of(STEPS))


def faults_of(steps: Iterable[Step]) -> Iterator[Problem]:
    """The faults of some steps; a law whose files or formulas do not hold together is not looked into further."""
    for step in steps:
        found = list(step())
        yield from found
        if found and step in FOUNDATIONS:
            return


def rule_files() -> list[Path]:
    """The files of rules."""
    return [
        path
        for topic in library.TOPICS
        for path in sorted((library.FOLDER / topic).glob("*.py"))
        if path.stem != "__init__"
    ]


def arithmetic_faults(path: Path) -> Iterator[Problem]:
    """Decimal fractions and divisions in a rule file: a right is decided in whole numbers, and rounding has a name."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield _at(path, node.lineno, "house.fraction", "规则中写了小数", "a decimal fraction in a rule",
                      "改作参数，或用整数的分", "make it a parameter, or write fen", str(node.value))  # fmt: skip
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div | ast.FloorDiv):
            yield _at(path, node.lineno, "house.division", "规则中用了除法", "a division in a rule",
                      "用 per(…) 并写明取整", "write per(…) with a named rounding")  # fmt: skip


def _told(read: Callable[[], object]) -> list[Problem]:
    try:
        read()
    except DoudiError as error:
        return list(error.problems)
    return []


def _files() -> Iterable[Problem]:
    yield from _told(library.documents)
    yield from _told(library.code_sets)
    yield from _told(lambda: all_parameters().check())


def _graphs() -> Iterable[Problem]:
    return _told(lambda: [graph_of(day) for day in version_days()])


def _cases() -> Iterable[Problem]:
    from doudi.assessment.cases import read_cases

    return _told(read_cases)


def _arithmetic() -> Iterable[Problem]:
    return (problem for path in rule_files() for problem in arithmetic_faults(path))


def _formula_faults() -> Iterator[Problem]:
    for formula in library.formulas():
        if not formula.zh.strip() or not formula.en.strip():
            yield _of(formula, "house.sentence", "规则没有中英文句子", "the rule has no sentence in both languages",
                      "补写 zh 和 en", "write zh and en")  # fmt: skip
        faults = list(_reference_faults(formula))
        yield from faults
        if not faults:
            yield from _uncited(formula)


def _reference_faults(formula: Formula) -> Iterator[Problem]:
    if not formula.references:
        yield _of(
            formula, "house.reference", "规则没有依据", "the rule has no reference", "补写 ref", "write ref"
        )
    for written in formula.references:
        try:
            _, until = reference_of(written)
            if until:
                date.fromisoformat(until)
        except DoudiError as error:
            for problem in error.problems:
                yield _of(
                    formula,
                    problem.code,
                    problem.zh,
                    problem.en,
                    problem.remedy_zh,
                    problem.remedy_en,
                    written,
                )
        except ValueError:
            yield _of(formula, "house.until", "依据的截止日不是日期", "the end of a reference is no date",
                      "写成 until 2026-06-30", "write until 2026-06-30", written)  # fmt: skip


def _uncited(formula: Formula) -> Iterator[Problem]:
    """The days of change on which a rule applies and none of its references is in force."""
    for day in version_days():
        if formula.applies(day) and not citations(formula, day):
            yield _of(
                formula, "house.uncited", f"{day} 没有在施行中的依据", f"no reference is in force on {day}",
                "补写当时的依据", "name the reference of that time",
            )  # fmt: skip


def _parameter_faults() -> Iterator[Problem]:
    found = catalogue()
    for name, definition in found.parameters.items():
        place = {"file": definition.file, "line": definition.line, "value": name}
        if not all(text.strip() for text in (definition.zh, definition.en, definition.description)):
            yield Problem("house.description", "参数没有名称或说明", "a parameter without name or description",
                          "补写 zh、en、description", "write zh, en and description", **place)  # type: ignore[arg-type]  # fmt: skip
        if next(found.said(name), None) is None:
            yield Problem("house.no_value", "参数在任何地方都没有数值", "a parameter without a value anywhere",
                          "写入一地的数值，或删去参数", "give a value somewhere, or drop it", **place)  # type: ignore[arg-type]  # fmt: skip


def _of(
    formula: Formula,
    code: str,
    zh: str,
    en: str,
    remedy_zh: str = "",
    remedy_en: str = "",
    value: str | None = None,
) -> Problem:
    where = f"{formula.topic}/{formula.file}"
    zh, en = f"{formula.name}：{zh}", f"{formula.name}: {en}"
    return Problem(code, zh, en, remedy_zh, remedy_en, file=where, line=formula.line, value=value)


def _at(
    path: Path,
    line: int,
    code: str,
    zh: str,
    en: str,
    remedy_zh: str,
    remedy_en: str,
    value: str | None = None,
) -> Problem:
    where = path.relative_to(library.FOLDER).as_posix() if path.is_relative_to(library.FOLDER) else path.name
    return Problem(code, zh, en, remedy_zh, remedy_en, file=where, line=line, value=value)


FOUNDATIONS: tuple[Step, ...] = (_files, _graphs)
STEPS: tuple[Step, ...] = (
    *FOUNDATIONS,
    _cases,
    _formula_faults,
    _parameter_faults,
    _arithmetic,
)
"""What is checked, one after another; each yields its faults."""
