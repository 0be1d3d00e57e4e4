"""Counting failed attempts, so that passwords and codes cannot be guessed."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from doudi.web.accounts.models import Lockout

WINDOW = timedelta(minutes=15)
MOST_BY_NAME = 5
MOST_BY_ADDRESS = 50

_COUNT = """
INSERT INTO accounts_lockout (key, failures, last_failure_at) VALUES (%s, 1, now())
ON CONFLICT (key) DO UPDATE SET last_failure_at = now(), failures =
    CASE WHEN accounts_lockout.last_failure_at > now() - %s THEN accounts_lockout.failures + 1 ELSE 1 END
"""


def key_of(kind: str, what: str) -> str:
    """The keyed hash under which failures are counted."""
    secret = settings.SECRET_KEY.encode()
    return hmac.new(secret, f"{kind}\0{what.casefold()}".encode(), hashlib.sha256).hexdigest()


def hold(key: str) -> int:
    """The recent failures of a key; others who try the same key wait until this transaction ends."""
    Lockout.objects.bulk_create([Lockout(key=key)], ignore_conflicts=True)
    row = Lockout.objects.select_for_update().get(key=key)
    return _recent(row)


def failures(key: str) -> int:
    """The recent failures of a key."""
    row = Lockout.objects.filter(key=key).first()
    return _recent(row) if row else 0


def count(key: str) -> None:
    """Count one failure more."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [key, WINDOW])


def forget(key: str) -> None:
    """Begin anew, after a success or by an administrator."""
    Lockout.objects.filter(key=key).delete()


def _recent(row: Lockout) -> int:
    if row.last_failure_at is None or timezone.now() - row.last_failure_at > WINDOW:
        return 0
    return row.failures
