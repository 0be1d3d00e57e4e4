"""What the household declared, in engine values, by the ids under which the evidence knows its members."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from doudi.facts.household import HouseholdFacts
from doudi.facts.vocabulary import Vocabulary

Value = int | str | None
"""Money in fen, a code as its name; None: stated as not known, or not stated."""


@dataclass(frozen=True, slots=True)
class DeclaredPerson:
    """A member. ``values``: facts by column of the vocabulary; flags as 0 and 1."""

    person_id: str
    name: str
    relation: str
    born: date | None
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Thing:
    """One asset or expense, declared or found.

    ``number`` is what a department files it under (plate, unit, account); None where nobody wrote it. Money in fen,
    ``area`` in 0.01 m². Provenance is empty for what was declared.
    """

    kind: str
    person_id: str | None
    value: int | None
    area: int | None = None
    number: str | None = None
    source: str = ""
    row_ids: tuple[str, ...] = ()
    period: str | None = None
    received_at: str | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    """A household as declared. ``assets`` and ``expenses`` are None where the household did not state them."""

    household_id: str
    persons: tuple[DeclaredPerson, ...]
    assets: tuple[Thing, ...] | None
    expenses: tuple[Thing, ...] | None


def declared_of(household: HouseholdFacts, numbers: Mapping[int, str]) -> Declared:
    """What a household file declares. ``numbers``: the number of an asset, by its place in the list."""
    ids = household.ids["person"]
    persons = tuple(
        _person(person_id, name, row)
        for person_id, name, row in zip(ids, household.names, household.facts["person"], strict=True)
    )
    facts = household.facts["household"]
    assets = tuple(
        Thing(
            _code("asset", row["asset_kind"]), _owner(ids, row), row["asset_value"], row["asset_area"], numbers.get(place)
        )
        for place, row in enumerate(household.facts["asset"])
    )  # fmt: skip
    expenses = tuple(
        Thing(_code("expense", row["expense_kind"]), _owner(ids, row), row["expense_amount"])
        for row in household.facts["expense"]
    )
    return Declared(
        household.id,
        persons,
        assets if facts["assets_stated"] else None,
        expenses if facts["expenses_stated"] else None,
    )


def _person(person_id: str, name: str, row: Mapping[str, Any]) -> DeclaredPerson:
    known = Vocabulary.load().entities["person"].facts
    values: dict[str, Value] = {}
    for column, fact in known.items():
        if not fact.in_engine:
            continue
        value = row[fact.name]
        values[column] = fact.codes.code(value) if fact.codes is not None and value is not None else value
    born = row["born"]
    return DeclaredPerson(
        person_id,
        name,
        str(values["relation"]),
        date(born // 10_000, born // 100 % 100, born % 100) if born else None,
        values,
    )


def _code(codes: str, place: int | None) -> str:
    return Vocabulary.load().codes[codes].code(place or 0)


def _owner(ids: list[str], row: Mapping[str, Any]) -> str | None:
    place: int = row["owner_index"]
    return ids[place] if place >= 0 else None
