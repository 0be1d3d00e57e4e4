"""What is known of a household beside its sheets: what it declared here, and of whom no build has told yet what was registered.

A room that knows more names its module in ``MODULES``; the module has ``besides(homes)``, which says of each household what is known then,
in as few queries for many households as for one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib import import_module

from doudi.facts.vocabulary import Vocabulary
from doudi.web.registry.known import HOUSEHOLD, PERSON, Known, Told
from doudi.web.registry.models import Household, Person

MODULES: tuple[str, ...] = ("doudi.web.imports.known", "doudi.web.applications.declared")
REGISTRY = "registry"


def with_more(homes: Sequence[tuple[Household, Known, Sequence[Person]]]) -> list[Known]:
    """What is known of each household, with what other rooms know; all are known as of the same day."""
    for household, known, people in homes:
        _register(household, known, people)
    found = [known for _household, known, _people in homes]
    for module in MODULES:
        besides = import_module(module).besides
        found = besides([(home[0], known) for home, known in zip(homes, found, strict=True)])
    return found


def _registered_by(row: Household | Person, day: date | None) -> bool:
    """Whether what was registered here holds on a day; None: now."""
    return day is None or (row.changed_on is not None and row.changed_on <= day)


def _register(household: Household, known: Known, people: Sequence[Person]) -> None:
    """What the registry itself holds of a household and of members that no build has told of."""
    if not known.household.tellings and _registered_by(household, known.day):
        _tell(known, HOUSEHOLD, household.number, "area", household.area, _since(household))
    for person in people:
        if known.people[person.number].tellings or not _registered_by(person, known.day):
            continue
        born = person.born.isoformat() if person.born else ""
        _tell(known, PERSON, person.number, "born", born, _since(person))
        _tell(known, PERSON, person.number, "sex", person.sex, _since(person))


def _since(row: Household | Person) -> str | None:
    return row.changed_on.isoformat() if row.changed_on else None


def _tell(known: Known, kind: str, number: str, column: str, value: str, since: str | None) -> None:
    if not value:
        return
    fact = Vocabulary.load().entities[kind].facts[column]
    subject = known.household if kind == HOUSEHOLD else known.people[number]
    subject.tellings.append(
        Told(fact, number, value, REGISTRY, None, since, since, 1.0, True, "only_source", ())
    )
