"""The whole law read and held against the rules of the house; every fault with its file and line.

Rules: a sentence in both languages, references that resolve to known articles, one of them in force on every day on which
the rule applies; no decimal fractions and no division in a rule file. Parameters: a description, a dated value somewhere.
All files of the law are read: parameters, regions, documents, code sets, cases.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from doudi.assessment.catalogue import UNTIL, catalogue, version_days
from doudi.assessment.citations import citations
from doudi.assessment.statute import graph_of, schema_of
from doudi.facts.vocabulary import Vocabulary
from doudi.law import library
from doudi.rules.book import Formula
from doudi.rules.documents import Documents
from doudi.rules.errors import DoudiError, Problem, Problems
from doudi.rules.graph import Graph
from doudi.rules.parameters import ParameterDefinition, Parameters

Step = Callable[[], Iterable[Problem]]


def faults_of(steps: Iterable[Step]) -> Iterator[Problem]:
    """The faults of some steps, each once; what one step cannot read is told and hides nothing of the others."""
    told: set[Problem] = set()
    for step in steps:
        problems = Problems()
        with problems.gathering():
            for problem in step():
                problems.add(problem)
        yield from (problem for problem in dict.fromkeys(problems) if problem not in told)
        told.update(problems)


@dataclass(frozen=True)
class _Files:
    """All files of the law as far as they can be read. ``ground`` holds the faults of documents, code sets and definitions,
    on which everything rests; ``problems`` those and the faults of regions.
    """

    documents: Documents
    parameters: Parameters
    ground: tuple[Problem, ...]
    problems: tuple[Problem, ...]


@cache
def _read() -> _Files:
    problems, sets = Problems(), dict(Vocabulary.load().codes)
    documents = Documents.read(library.FOLDER / "documents.yaml", problems)
    with problems.gathering():
        sets.update(library.code_sets())
    parameters = Parameters.read(
        library.definition_files(), library.region_files(), documents, sets, problems
    )
    ground = tuple(problems)
    with problems.gathering():
        parameters.check()
    return _Files(documents, parameters, ground, tuple(problems))


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
    try:
        tree = ast.parse(path.read_text("utf-8"))
    except SyntaxError:  # told when the rules are read
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield _at(path, node.lineno, "house.fraction", "规则中写了小数", "a decimal fraction in a rule",
                      "改作参数，或用整数的分", "make it a parameter, or write fen", str(node.value))  # fmt: skip
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div | ast.FloorDiv):
            yield _at(path, node.lineno, "house.division", "规则中用了除法", "a division in a rule",
                      "用 per(…) 并写明取整", "write per(…) with a named rounding")  # fmt: skip


def grounded() -> bool:
    """Whether documents, code sets and definitions are sound, so that what rests on them can be read."""
    return not _read().ground


def _files() -> Iterable[Problem]:
    return _read().problems


def _graphs() -> Iterator[Problem]:
    """The faults of formulas; what rests on a parameter that is itself at fault is not told."""
    files = _read()
    usable = {
        name: one
        for name, one in files.parameters.definitions.items()
        if name not in files.parameters.unusable
    }
    for day in version_days():
        problems = Problems()
        with problems.gathering():
            if files.ground:
                Graph(schema_of(usable), library.formulas(), day)
            else:
                graph_of(day)
        for problem in problems:
            if problem.code != "rule.parameter" or problem.value not in files.parameters.unusable:
                yield problem


def _cases() -> Iterable[Problem]:
    """The faults of cases; they are read under the law, so only where it holds together."""
    from doudi.assessment.cases import read_cases

    problems = Problems()
    if grounded() and next(_graphs(), None) is None:
        with problems.gathering():
            read_cases()
    places = {problem.value: problem for problem in _read().problems}
    return [problem for problem in problems if not _follows(problem, places.get(problem.value))]


def _follows(problem: Problem, cause: Problem | None) -> bool:
    """Whether a problem is another one met again at another place."""
    return cause is not None and (problem.code, problem.zh) == (cause.code, cause.zh)


def _arithmetic() -> Iterable[Problem]:
    return (problem for path in rule_files() for problem in arithmetic_faults(path))


def _formula_faults() -> Iterator[Problem]:
    for formula in library.formulas():
        if not formula.zh.strip() or not formula.en.strip():
            yield _of(formula, "house.sentence", "规则没有中英文句子", "the rule has no sentence in both languages",
                      "补写 zh 和 en", "write zh and en")  # fmt: skip
        faults = list(_reference_faults(formula))
        yield from faults
        if not faults and grounded():
            yield from _uncited(formula)


def _reference_faults(formula: Formula) -> Iterator[Problem]:
    if not formula.references:
        yield _of(
            formula, "house.reference", "规则没有依据", "the rule has no reference", "补写 ref", "write ref"
        )
    for written in formula.references:
        try:
            text, _, until = written.partition(UNTIL)
            _read().documents.resolve(text)
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
    found = _read().parameters
    for definition in found.definitions.values():
        if not all(text.strip() for text in (definition.zh, definition.en, definition.description)):
            yield _about(definition, "house.description", "参数没有名称或说明", "a parameter without name or description",
                         "补写 zh、en、description", "write zh, en and description")  # fmt: skip
    for definition in found.definitions.values():
        if next(catalogue().said(definition.name), None) is None:
            yield _about(definition, "house.no_value", "参数在任何地方都没有数值", "a parameter without a value anywhere",
                         "写入一地的数值，或删去参数", "give a value somewhere, or drop it")  # fmt: skip


def _about(
    definition: ParameterDefinition, code: str, zh: str, en: str, remedy_zh: str, remedy_en: str
) -> Problem:
    place, name = definition.file, definition.name
    return Problem(code, zh, en, remedy_zh, remedy_en, file=place, line=definition.line, value=name)


def _of(
    formula: Formula,
    code: str,
    zh: str,
    en: str,
    remedy_zh: str = "",
    remedy_en: str = "",
    value: str | None = None,
) -> Problem:
    zh, en = f"{formula.name}：{zh}", f"{formula.name}: {en}"
    return Problem(code, zh, en, remedy_zh, remedy_en, file=formula.place, line=formula.line, value=value)


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


STEPS: tuple[Step, ...] = (
    _files,
    _graphs,
    _cases,
    _formula_faults,
    _parameter_faults,
    _arithmetic,
)
"""What is checked, one after another; each yields its faults."""
