"""Many rows written by one statement: the columns go to the database as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from doudi.web.imports.models import Home
from doudi.web.registry.models import Household, Membership, Person

_HOUSEHOLD = {"region_id": "text", "county": "text", "number": "text", "village": "text", "address": "text", "area": "text",
              "changed_on": "date", "version": "int"}  # fmt: skip
_PERSON = {
    "region_id": "text", "county": "text", "number": "text", "household_id": "bigint", "name": "text", "name_key": "text",
    "initials": "text", "initials_2": "text", "sex": "text", "born": "date", "id_sealed": "bytea", "id_index": "bytea",
    "id_tail": "text", "phone_sealed": "bytea", "account_sealed": "bytea", "state": "text", "changed_on": "date",
}  # fmt: skip
_MEMBERSHIP = {"region_id": "text", "household_id": "bigint", "person_id": "bigint", "relation": "text", "since": "date",
               "why": "text"}  # fmt: skip
_HOMES = """
UPDATE imports_home h SET state = i.state, household_id = i.household, version = i.version, before = i.before,
    faults = string_to_array(i.faults, E'\\n')
FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::int[], %s::bytea[], %s::text[])
    AS i (id, state, household, version, before, faults) WHERE h.id = i.id"""


def add_households(rows: Sequence[Household]) -> None:
    """Store new households; each gets its number of the row."""
    more = "tier, held, conflicts, size", "'', '{}'::varchar[], 0, 0"
    found = _insert("registry_household", _HOUSEHOLD, rows, more)
    for row in rows:
        row.pk = found[row.number]


def add_persons(rows: Sequence[Person]) -> None:
    """Store new persons; each gets his number of the row."""
    found = _insert("registry_person", _PERSON, rows)
    for row in rows:
        row.pk = found[row.number]


def add_memberships(rows: Sequence[Membership]) -> None:
    """Store new belongings."""
    _insert("registry_membership", _MEMBERSHIP, rows, returning="id, id")


def store_homes(homes: Sequence[Home]) -> None:
    """Store what became of households of a file."""
    columns = [
        [home.pk for home in homes], [home.state for home in homes], [home.household_id for home in homes],
        [home.version for home in homes], [home.before for home in homes], ["\n".join(home.faults) for home in homes],
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_HOMES, columns)


def _insert(
    table: str, columns: dict[str, str], rows: Sequence[Any], more: tuple[str, str] = ("", ""), returning: str = "number, id"
) -> dict[Any, int]:  # fmt: skip
    """Store rows; ``more`` are columns with the same value in all. What ``returning`` says, as a mapping."""
    names = ", ".join(f'"{name}"' for name in columns)
    arrays = ", ".join(f"%s::{kind}[]" for kind in columns.values())
    also, constants = (f", {part}" if part else "" for part in more)
    values = [[getattr(row, name) for row in rows] for name in columns]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}{also}) SELECT i.*{constants} FROM unnest({arrays}) AS i ({names})"
            f" RETURNING {returning}",
            values,
        )
        return dict(cursor.fetchall())
