"""Where the law's files are, and how they are brought together: formulas, parameters, documents, code sets."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

from doudi.rules.book import Book, Formula
from doudi.rules.codes import CodeSet, load_code_sets
from doudi.rules.documents import Documents
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


@cache
def formulas() -> tuple[Formula, ...]:
    """All formulas of all topics and dates, in the order of the topics."""
    return tuple(formula for book in _books() for formula in book.formulas)


def _books() -> list[Book]:
    books: list[Book] = []
    for topic in TOPICS:
        for file in sorted((FOLDER / topic).glob("*.py")):
            book = (
                getattr(import_module(f"doudi.law.{topic}.{file.stem}"), "book", None)
                if file.stem != "__init__"
                else None
            )
            if isinstance(book, Book):
                books.append(book)
    return books


@cache
def documents() -> Documents:
    """The legal documents that rules and parameters refer to."""
    return Documents.load(FOLDER / "documents.yaml")


@cache
def code_sets() -> Mapping[str, CodeSet]:
    """The code sets that the law itself needs: tiers, property lines, kinds of exempt income."""
    return load_code_sets(FOLDER / "codes.yaml")


def parameters(fact_codes: Mapping[str, CodeSet]) -> Parameters:
    """All parameters; region files are read when asked for. ``fact_codes``: the code sets of the facts."""
    return Parameters.load(definition_files(), region_files(), documents(), {**fact_codes, **code_sets()})


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
    return sorted(FOLDER.glob("*/*.cases.yaml"))
