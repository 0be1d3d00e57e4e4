"""Verifying a document by its code, for anybody."""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

from django.db import connection

CODE = re.compile(r"[2-9A-HJ-NP-Z]{12}")


class Verified(NamedTuple):
    """What anybody may know of a genuine document."""

    kind: str
    number: str
    issued_at: datetime


def verified(code: str) -> Verified | None:
    """The document with this code; None if there is none. Read by a function of the database, since whoever asks has no scope."""
    if not CODE.fullmatch(code):
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, number, issued_at FROM cases_verified(%s)", [code])
        row = cursor.fetchone()
    return Verified(*row) if row else None
