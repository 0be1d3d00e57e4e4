"""A case, what it expects, and what came of running it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from doudi.assessment.statute import Statute
from doudi.facts.household import HouseholdFacts
from doudi.rules.kinds import Kind

Part = Literal["", "value", "limit", "missing"]


@dataclass(frozen=True, slots=True)
class Expectation:
    """One line under ``expect``: ``name`` as written, the variable it means, and what is wanted.

    ``part`` is a side of a test, or ``missing`` for what an undetermined tier rests on. ``wanted`` is an engine value,
    None for "not determined", or the exact set of names for ``missing``. ``kind`` is the kind of the value.
    """

    name: str
    variable: str
    part: Part
    row: int | None
    kind: Kind
    text: str
    wanted: int | frozenset[str] | None
    line: int


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence about a household under the law of a place and day. ``id`` is the file and number: ``dibao/dibao-3.1``."""

    file: str
    line: int
    id: str
    zh: str
    en: str
    source: str
    statute: Statute
    household: HouseholdFacts
    expectations: tuple[Expectation, ...]

    def sentence(self, lang: str = "zh") -> str:
        """What the case says, in ``zh`` or ``en``."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class CaseFailure:
    """An expectation that was not met; ``found`` is what the law yields, in file units."""

    case: Case
    expectation: Expectation
    found: str

    def sentence(self, lang: str = "zh") -> str:
        """Place, sentence of the case, what was expected and what was found, in one line."""
        where = f"{self.case.file}:{self.expectation.line}: {self.case.sentence(lang)}"
        expected, found = ("应为", "实为") if lang == "zh" else ("expected", "found")
        return f"{where} → {self.expectation.name}: {expected} {self.expectation.text}, {found} {self.found}"


@dataclass(frozen=True, slots=True)
class CaseReport:
    """How many cases hold and how many do not, and every expectation that was not met."""

    passed: int
    failed: int
    failures: tuple[CaseFailure, ...]
