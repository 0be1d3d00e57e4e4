"""What is known of a household beside its sheets: what it declared here, and of one that no build has told of yet what was registered.

A room that knows more names its module in ``MODULES``; the module has ``beside(household, known)``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib import import_module

from doudi.facts.vocabulary import Vocabulary
from doudi.web.registry.known import HOUSEHOLD, PERSON, Known, Told
from doudi.web.registry.models import Household, Person

MODULES: tuple[str, ...] = ("doudi.web.applications.declared",)
REGISTRY = "registry"


def with_more(household: Household, known: Known, people: Sequence[Person]) -> Known:
    """What is known, with what other rooms know."""
    if _registered_by(household, known.day) and not any(subject.tellings for subject in known.subjects()):
        _register(household, known, people)
    for module in MODULES:
        known = import_module(module).beside(household, known)
    return known


def _registered_by(household: Household, day: date | None) -> bool:
    """Whether what was registered here holds on a day; None: now."""
    return day is None or (household.changed_on is not None and household.changed_on <= day)


def _register(household: Household, known: Known, people: Sequence[Person]) -> None:
    """What the registry itself holds of a household that no build has told of."""
    since = household.changed_on.isoformat() if household.changed_on else None
    _tell(known, HOUSEHOLD, household.number, "area", household.area, since)
    for person in people:
        _tell(known, PERSON, person.number, "born", person.born.isoformat() if person.born else "", since)
        _tell(known, PERSON, person.number, "sex", person.sex, since)


def _tell(known: Known, kind: str, number: str, column: str, value: str, since: str | None) -> None:
    if not value:
        return
    fact = Vocabulary.load().entities[kind].facts[column]
    subject = known.household if kind == HOUSEHOLD else known.people[number]
    subject.tellings.append(
        Told(fact, number, value, REGISTRY, None, since, since, 1.0, True, "only_source", ())
    )
