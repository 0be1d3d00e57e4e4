"""The indexes by which people and their sheets are looked up: set aside while the first county comes into an empty registry.

To build an index of rows that are there takes a fraction of what it takes to enter them one by one. Nothing that must hold rests on
these indexes, only how fast a page is; those of keys and of what is unique are never set aside.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.db import OperationalError, connections, transaction
from django.db.models import Model

from doudi.web.registry.models import Household, Person, Sheet

_TABLES = (Person, Sheet)
_PATIENCE = "SET LOCAL lock_timeout = '500ms'"


def set_aside() -> None:
    """Drop the indexes if nobody is registered yet; they stay where somebody else works in the tables just now."""
    owner = connections["owner"]
    with suppress(OperationalError), transaction.atomic(using="owner"), owner.cursor() as cursor:
        cursor.execute(_PATIENCE)
        if any(_has_rows(cursor, model) for model in (Household, *_TABLES)):
            return
        for model in _TABLES:
            for index in model._meta.indexes:
                cursor.execute(f"DROP INDEX IF EXISTS {index.name}")


def restore() -> None:
    """Build the indexes that are missing."""
    owner = connections["owner"]
    with owner.cursor() as cursor:
        present = {
            name
            for model in _TABLES
            for name in owner.introspection.get_constraints(cursor, model._meta.db_table)
        }
    with owner.schema_editor() as schema:
        for model in _TABLES:
            for index in model._meta.indexes:
                if index.name not in present:
                    schema.add_index(model, index)


def _has_rows(cursor: Any, model: type[Model]) -> bool:
    cursor.execute(f"SELECT FROM {model._meta.db_table} LIMIT 1")
    return cursor.fetchone() is not None
