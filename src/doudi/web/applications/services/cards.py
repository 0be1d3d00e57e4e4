"""Cards of households."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from doudi.web.applications.models import Card
from doudi.web.audit import record
from doudi.web.registry.models import Household

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 10


@transaction.atomic
def make(household: Household, by: Any) -> Card:
    """A new card; the one before leads nowhere any more."""
    Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    household.cards.filter(revoked_at__isnull=True).update(revoked_at=timezone.now())
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    card = Card.objects.create(region_id=household.region_id, household=household, code=code, by=by)
    record("household.card", household, details={"card": card.pk})
    return card


def whose(code: str) -> tuple[int, str] | None:
    """Household and region of a card; None for a code that no card has. Whoever scans it has no scope."""
    if not (0 < len(code) <= 16 and code.isascii() and code.isalnum()):
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT household, region FROM applications_card(%s)", [code])
        row = cursor.fetchone()
    return (int(row[0]), str(row[1])) if row else None
