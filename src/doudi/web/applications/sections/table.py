"""All sections in their order, and which of them a kind of application has."""

from __future__ import annotations

from typing import Any

from doudi.web.applications.sections.applicant import Applicant
from doudi.web.applications.sections.difficulty import Difficulty
from doudi.web.applications.sections.income import Income
from doudi.web.applications.sections.members import Members
from doudi.web.applications.sections.papers import Papers, Signing
from doudi.web.applications.sections.things import EXPENSES, PROPERTY

SECTIONS: tuple[Any, ...] = (
    Applicant(), Members(), Income(), EXPENSES, PROPERTY, Difficulty(), Signing(), Papers(),
)  # fmt: skip
URGENT = frozenset({"applicant", "difficulty", "papers"})
"""In an emergency help comes before papers (LAW art. 50): who, where and what is enough."""
LATER = frozenset({"authorisation", "papers"})
"""Sections that need not be finished before one submits; what is missing then is asked for once."""


def section(name: str) -> Any:
    """A section by its name; None if there is none."""
    return next((each for each in SECTIONS if each.name == name), None)


def sections_of(kind: str) -> tuple[Any, ...]:
    """The sections of a kind of application."""
    return tuple(each for each in SECTIONS if kind != "temporary_urgent" or each.name in URGENT)
