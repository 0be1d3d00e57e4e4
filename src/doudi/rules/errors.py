"""What can go wrong, and how it is told.

    DoudiError
    ├── LawError            the law as written cannot be used
    │   ├── RuleError       a formula: unknown name, wrong kind, missing reference
    │   ├── CycleError      formulas that need each other; names the circle
    │   ├── OverflowBoundError   a formula whose result could leave 64 bits
    │   └── ParameterError  a parameter file: unit, date gap, overlap, range, reference
    ├── RegionError         no such region
    ├── FactError           a household file or a register that cannot be read as facts
    ├── ReplayError         a frozen determination that cannot be replayed
    └── CaseError           a case file that cannot be read

Every error carries :class:`Problem` objects. Faults are gathered in :class:`Problems` and raised once, so that the
person who mends a file sees all of them at the first try.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: what it is, where it stands, the value found there, and the remedy.

    ``code`` is a stable identifier such as ``fact.unknown_column``. ``zh`` is for officers, ``en`` for logs.
    ``value`` must never hold personal data (ids, names, accounts).
    """

    code: str
    zh: str
    en: str
    remedy_zh: str = ""
    remedy_en: str = ""
    file: str | None = None
    line: int | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None

    def place(self) -> str:
        """The place as ``file:line``, with row and column where they are known."""
        parts = [self.file or ""]
        if self.line is not None:
            parts[0] = f"{parts[0]}:{self.line}"
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column is not None:
            parts.append(self.column)
        return " ".join(part for part in parts if part)

    def sentence(self, language: str = "zh") -> str:
        """Place, fault, value and remedy in one line, in ``zh`` or ``en``."""
        what = self.zh if language == "zh" else self.en
        remedy = self.remedy_zh if language == "zh" else self.remedy_en
        value = f" [{self.value}]" if self.value is not None else ""
        place = f"{self.place()}: " if self.place() else ""
        return f"{place}{what}{value}" + (f" → {remedy}" if remedy else "")

    def as_data(self) -> dict[str, Any]:
        """The problem as plain data for ``--json``, without empty fields."""
        names = ("code", "zh", "en", "remedy_zh", "remedy_en", "file", "line", "row", "column", "value")
        return {name: getattr(self, name) for name in names if getattr(self, name) not in (None, "")}


class DoudiError(Exception):
    """The root of all errors that Doudi raises on purpose."""

    def __init__(self, problems: Iterable[Problem] | str) -> None:
        if isinstance(problems, str):
            problems = [Problem("error", problems, problems)]
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.sentence("en") for problem in self.problems))


class LawError(DoudiError):
    """The law as written in rules and parameters cannot be used."""


class RuleError(LawError):
    """A formula names something unknown, mixes kinds, or lacks its legal reference."""


class CycleError(LawError):
    """Formulas that need each other; the message names every formula on the circle."""


class OverflowBoundError(LawError):
    """A formula whose result could leave 64-bit integers for permitted inputs."""


class ParameterError(LawError):
    """A parameter file is at fault: unit, gap, overlap, range, reference or name."""


class RegionError(DoudiError):
    """The region is not known."""


class FactError(DoudiError):
    """A household file or a register cannot be read as facts."""


class ReplayError(DoudiError):
    """A frozen determination cannot be replayed."""


class CaseError(DoudiError):
    """A file of cases cannot be read."""


@dataclass(slots=True)
class Problems:
    """A collector of faults: ``add`` each, then ``raise_as`` once."""

    found: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        """Remember one fault."""
        self.found.append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Remember several faults."""
        self.found.extend(problems)

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Let a step fail and remember its faults, so that the other steps tell theirs as well."""
        try:
            yield
        except DoudiError as error:
            self.extend(error.problems)

    def raise_as(self, error: type[DoudiError]) -> None:
        """Raise ``error`` with all faults found, or do nothing when there are none."""
        if self.found:
            raise error(self.found)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)


def nearest(name: str, known: Iterable[str]) -> str:
    """The known names most like ``name``, joined for a remedy; empty when none is near."""
    return ", ".join(get_close_matches(name, list(known), n=3, cutoff=0.6))
