"""The law applied to one household, from what is known of it in the registry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from doudi.assessment.determination import Determination, assess
from doudi.evidence.precedence import Order
from doudi.facts.household import HouseholdFacts
from doudi.facts.household_file import read_household_node
from doudi.facts.nodes import nodes_of
from doudi.facts.vocabulary import Fact, Vocabulary
from doudi.rules.errors import DoudiError
from doudi.web.registry.known import Item, Known, Subject
from doudi.web.registry.law import law_for

MEASURED = ("home", "shop", "woodland")
"""Assets whose floor or land area counts; one that is not told is not known. Others have none."""


@dataclass(frozen=True)
class Undeterminable:
    """Why the law cannot be applied at all, in both languages."""

    zh: str
    en: str


def determine(
    known: Known, relations: Mapping[str, str], county: str, day: date
) -> Determination | Undeterminable:
    """Apply the law of ``county`` on ``day``; ``relations``: each member's number and relation, the head first."""
    try:
        return assess(household_facts(known, relations, day), law_for(county, day))
    except DoudiError as error:
        return Undeterminable(
            "；".join(problem.zh for problem in error.problems),
            "; ".join(problem.en for problem in error.problems),
        )


def household_facts(known: Known, relations: Mapping[str, str], day: date) -> HouseholdFacts:
    """What is known as the law reads it; the members stand in the order of ``relations``.

    Raises:
        FactError: with all that cannot be read.
    """
    root = nodes_of(_document(known, relations))
    return read_household_node(root, "registry", known.household.number, day)


def _document(known: Known, relations: Mapping[str, str]) -> dict[str, Any]:
    """The sections of a household file (docs/facts.md), with null for what no source tells."""
    return {
        "household": _facts(known.household),
        "persons": [
            {**_facts(known.people[number]), "id": number, "relation": relation or None}
            for number, relation in relations.items()
        ],
        **{
            Vocabulary.load().entities[entity].table: [
                _item(item) for item in known.items_of(entity) if item.used and _is_here(item, relations)
            ]
            for entity in ("supporter", "asset", "expense", "holding")
        },
    }


def _is_here(item: Item, relations: Mapping[str, str]) -> bool:
    """Whether it belongs to the household or to a member: what a source still tells of one who died or left is nobody's here."""
    owner = item.columns.get("person_id")
    return not owner or owner in relations


def _facts(subject: Subject) -> dict[str, Any]:
    entity = Vocabulary.load().entities[subject.kind]
    asked = {column for of, column in Order.load().facts if of == subject.kind}
    found: dict[str, Any] = {}
    for fact in entity.engine_facts():
        if fact.column in asked and fact.column != "relation":
            place = found.setdefault(fact.group, {}) if fact.group else found
            place[fact.column] = subject.value(fact.column)
    return found


def _item(item: Item) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for fact in Vocabulary.load().entities[item.entity].engine_facts():
        value = item.columns.get(fact.column)
        if fact.column in item.columns and not _left_out(fact, item, value):
            found[fact.column] = _text(value)
    if item.columns.get("person_id"):
        found["person"] = item.columns["person_id"]
    return found


def _left_out(fact: Fact, item: Item, value: Any) -> bool:
    """What a register would read as none where nothing stands: an area that is not measured, a day that need not be."""
    if value is not None:
        return False
    return fact.may_be_none or (fact.column == "area" and item.columns["kind"] not in MEASURED)


def _text(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value
