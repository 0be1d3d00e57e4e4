"""Sealing anew under the newest key, row by row, so that an old key can be taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction

from doudi.web.audit import record
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.models import SEALED, Change, Person, Sheet
from doudi.web.registry.models.change import PURPOSE as CHANGE
from doudi.web.registry.models.sheet import PURPOSE as SHEET
from doudi.web.registry.sensitive.keys import data_keys
from doudi.web.registry.sensitive.vault import key_number, open_sealed, seal

BATCH = 1000


def rotate() -> dict[str, int]:
    """Seal what is sealed under an older key anew; how many values of each table. Each batch is a transaction.

    Raises:
        VaultError: a key that is still needed is not there.
    """
    with acting_as(system()):
        done = {
            "person": _table(
                Person, {column: field for field, column in SEALED.items()}, lambda row: row.seal_owner
            ),
            "sheet": _table(Sheet, {"sealed": SHEET}, lambda row: f"{row.county}/{row.number}"),
            "change": _table(Change, {"sealed": CHANGE}, lambda row: row.seal_owner),
        }
        with transaction.atomic():
            record("registry.rotate", ("registry.key", data_keys().newest), details=done)
    return done


def _table(model: Any, purposes: dict[str, str], owner: Callable[[Any], str]) -> int:
    done = 0
    for batch in _batches(model):
        touched = [row for row in batch if _anew(row, purposes, owner(row))]
        with transaction.atomic():
            model.objects.bulk_update(touched, list(purposes), batch_size=BATCH)
        done += len(touched)
    return done


def _batches(model: Any) -> Iterator[list[Any]]:
    last = 0
    while True:
        with transaction.atomic():
            rows = list(model.objects.filter(pk__gt=last).order_by("pk")[:BATCH])
        if not rows:
            return
        yield rows
        last = rows[-1].pk


def _anew(row: Any, purposes: dict[str, str], owner: str) -> bool:
    """Seal the old values of one row anew; whether there were any."""
    newest, found = data_keys().newest, False
    for column, purpose in purposes.items():
        value = getattr(row, column)
        if value is not None and key_number(value) != newest:
            setattr(row, column, seal(open_sealed(value, purpose, owner), purpose, owner))
            found = True
    return found
