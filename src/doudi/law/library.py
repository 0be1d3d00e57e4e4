"""Where the law's files are, and how they are brought together: formulas, parameters, documents, code sets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from traceback import extract_tb
from types import ModuleType

from doudi.rules.book import Book, Formula
from doudi.rules.codes import CodeSet, load_code_sets
from doudi.rules.documents import Documents
from doudi.rules.errors import DoudiError, Problem, Problems, RuleError
from doudi.rules.parameters import Parameters

FOLDER = Path(__file__).parent
TOPICS = (
    "age",
    "members",
    "income",
    "property",
    "dibao",
    "low_margin",
    "rigid",
    "tekun",
    "other",
    "tiers",
    "amounts",
    "coverage",
)
APART = ("hardship", "convergence")
"""Topics that rest on the tiers while nothing of the tiers rests on them; only who asks for them has them in the law."""
PROGRAMMES = FOLDER / "programmes"
GROUPS = (
    "status",
    "basic",
    "medical",
    "temporary",
    "education",
    "housing",
    "employment",
    "disaster",
    "disabled",
    "children",
    "elders",
    "utilities",
    "justice",
    "charity",
)
"""Folders of programmes, in the order in which they are shown; ``status`` holds what several of them ask."""
INDICATORS = FOLDER / "indicators"
CLASSES = ("urgent", "need", "dynamic", "error")
"""Folders of indicators of monitoring, one for each class."""


@cache
def formulas() -> tuple[Formula, ...]:
    """All formulas of all topics and dates, in the order of the topics."""
    return tuple(formula for book in _books(TOPICS) for formula in book.formulas)


@cache
def programme_formulas() -> tuple[Formula, ...]:
    """The formulas of the programmes of all departments. They rest on the others; nothing of the others rests on them."""
    topics = tuple(f"programmes/{group}" for group in GROUPS)
    return tuple(formula for book in _books(topics) for formula in book.formulas)


@cache
def indicator_formulas() -> tuple[Formula, ...]:
    """The rules of the indicators. They rest on tiers, programmes and the departments' rows; nothing rests on them."""
    topics = ("indicators", *(f"indicators/{group}" for group in CLASSES))
    return tuple(formula for book in _books(topics) for formula in book.formulas)


@cache
def formulas_apart() -> tuple[Formula, ...]:
    """The formulas of the topics apart. They rest on those of the tiers; nothing of the tiers rests on them."""
    return tuple(formula for book in _books(APART) for formula in book.formulas)


@cache
def code_sets_apart() -> Mapping[str, CodeSet]:
    """The code sets that only the topics apart need."""
    return load_code_sets(FOLDER / "hardship" / "codes.yaml")


def with_parameters_apart(fact_codes: Mapping[str, CodeSet]) -> Parameters:
    """All parameters of the tiers and of the topics apart, and what regions say of them."""
    found = (path for topic in APART for path in (FOLDER / topic).glob("*.yaml"))
    files = [path for path in sorted(found) if path.name.count(".") == 1 and path.name != "codes.yaml"]
    codes = {**fact_codes, **code_sets(), **code_sets_apart()}
    parameters = Parameters.load([*definition_files(), *files], region_files(), documents(), codes)
    for path in sorted(path for topic in APART for path in (FOLDER / topic / "regions").glob("*.yaml")):
        parameters = parameters.with_overlay(path)
    return parameters


def case_files_apart() -> list[Path]:
    """The cases of the topics apart, beside their rules."""
    return sorted(path for topic in APART for path in (FOLDER / topic).glob("*.cases.yaml"))


def _books(topics: Iterable[str]) -> list[Book]:
    """The books of some topics.

    Raises:
        RuleError: with every file that Python cannot read.
    """
    books: list[Book] = []
    problems = Problems()
    for topic in topics:
        for file in sorted((FOLDER / topic).glob("*.py")):
            if file.stem != "__init__":
                with problems.gathering():
                    book = getattr(_module(topic, file), "book", None)
                    books.extend([book] if isinstance(book, Book) else [])
    problems.raise_as(RuleError)
    return books


def _module(topic: str, file: Path) -> ModuleType:
    try:
        return import_module(f"doudi.law.{topic.replace('/', '.')}.{file.stem}")
    except DoudiError:
        raise
    except Exception as error:
        lines = [frame.lineno for frame in extract_tb(error.__traceback__) if frame.filename == str(file)]
        line = error.lineno if isinstance(error, SyntaxError) else lines[-1] if lines else None
        raise RuleError([_unreadable(f"{topic}/{file.name}", line, error)]) from error


def _unreadable(file: str, line: int | None, error: Exception) -> Problem:
    detail = error.msg if isinstance(error, SyntaxError) else str(error)
    return Problem(
        "rule.unreadable",
        "规则文件无法读取",
        "the file of rules cannot be read",
        "改正这一行",
        "correct this line",
        file=file,
        line=line,
        value=f"{type(error).__name__}: {detail}",
    )


@cache
def documents() -> Documents:
    """The legal documents that rules and parameters refer to."""
    return Documents.load(FOLDER / "documents.yaml")


@cache
def code_sets() -> Mapping[str, CodeSet]:
    """The code sets that the law itself needs: tiers, property lines, kinds of exempt income."""
    return load_code_sets(FOLDER / "codes.yaml")


@cache
def indicator_code_sets() -> Mapping[str, CodeSet]:
    """The code sets that only indicators need: how a household stands in a programme, whether somebody is present."""
    return load_code_sets(INDICATORS / "codes.yaml")


def parameters(fact_codes: Mapping[str, CodeSet]) -> Parameters:
    """All parameters; region files are read when asked for. ``fact_codes``: the code sets of the facts."""
    return Parameters.load(definition_files(), region_files(), documents(), {**fact_codes, **code_sets()})


def with_programme_parameters(fact_codes: Mapping[str, CodeSet]) -> Parameters:
    """The same with the parameters of the programmes, and what regions say of them."""
    files = [*definition_files(), *programme_definition_files()]
    found = Parameters.load(files, region_files(), documents(), {**fact_codes, **code_sets()})
    for path in programme_region_files():
        found = found.with_overlay(path)
    return found


def with_indicator_parameters(fact_codes: Mapping[str, CodeSet]) -> Parameters:
    """The same with the parameters of the indicators, and what regions say of them."""
    files = [*definition_files(), *programme_definition_files(), *indicator_definition_files()]
    found = Parameters.load(files, region_files(), documents(), {**fact_codes, **code_sets()})
    for path in (*programme_region_files(), *indicator_region_files()):
        found = found.with_overlay(path)
    return found


def indicator_definition_files() -> list[Path]:
    """The files that define parameters of indicators."""
    found = INDICATORS.glob("*/*.yaml")
    return sorted(path for path in found if path.parent.name in CLASSES and path.name.count(".") == 1)


def indicator_region_files() -> list[Path]:
    """What regions say of the parameters of indicators; the regions themselves stand in ``regions``."""
    return sorted((INDICATORS / "regions").glob("*.yaml"))


def indicator_entry_files() -> list[Path]:
    """The entries of the catalogue of indicators, beside their rules."""
    return [path for group in CLASSES for path in sorted((INDICATORS / group).glob("*.indicators.yaml"))]


def indicator_case_files() -> list[Path]:
    """The cases of the indicators, beside their rules."""
    return [path for group in CLASSES for path in sorted((INDICATORS / group).glob("*.cases.yaml"))]


def programme_definition_files() -> list[Path]:
    """The files that define parameters of programmes."""
    found = (path for group in GROUPS for path in (PROGRAMMES / group).glob("*.yaml"))
    return sorted(path for path in found if path.name.count(".") == 1)


def programme_region_files() -> list[Path]:
    """What regions say of the parameters of programmes; the regions themselves stand in ``regions``."""
    return sorted(path for path in (PROGRAMMES / "regions").glob("*.yaml") if path.name.count(".") == 1)


def programme_entry_files() -> list[Path]:
    """The entries of the catalogue of programmes, beside their rules."""
    return [path for group in GROUPS for path in sorted((PROGRAMMES / group).glob("*.programmes.yaml"))]


def programme_case_files() -> list[Path]:
    """The cases of the programmes, beside their rules."""
    return sorted(PROGRAMMES.glob("*/*.cases.yaml"))


def definition_files() -> list[Path]:
    """The files that define parameters."""
    found = (path for topic in (*TOPICS, "stats") for path in (FOLDER / topic).glob("*.yaml"))
    return sorted(path for path in found if not path.name.endswith(".cases.yaml"))


def region_files() -> list[Path]:
    """The overlays of regions."""
    return sorted(
        path for path in (FOLDER / "regions").glob("*.yaml") if not path.name.endswith(".cases.yaml")
    )


def case_files() -> list[Path]:
    """The cases that ship, beside the rules they test and beside the regions."""
    return sorted(path for path in FOLDER.glob("*/*.cases.yaml") if path.parent.name not in APART)
