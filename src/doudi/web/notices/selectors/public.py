"""What everybody may see of public notices, without log-in: by village, within their period, and nothing else.

Whoever asks has no scope, so it is read by functions of the database that give the permitted columns of notices that hang now.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from doudi.web.accounts.models import Region


class Shown(NamedTuple):
    """One notice: name (masked as the place has it), number of members, sum in fen, since when and until when."""

    key: str
    kind: str
    name: str
    members: int
    amount: int
    is_once: bool
    posted_at: datetime
    last: date
    region: str


def places() -> list[Region]:
    """The villages in which a notice hangs now, by township."""
    codes = [row[0] for row in _rows("SELECT region FROM notices_places(%s)", timezone.now())]
    return list(Region.objects.select_related("parent").filter(code__in=codes).order_by("code"))


def notices_of(place: str) -> list[Shown]:
    """The notices that hang in a village now, the oldest first."""
    return [Shown(*row) for row in _rows("SELECT * FROM notices_of_place(%s, %s)", place, timezone.now())]


def notice_by(key: str) -> Shown | None:
    """The notice to which a key leads, if it hangs now."""
    found = _rows("SELECT * FROM notices_by_key(%s, %s)", key, timezone.now())
    return Shown(*found[0]) if found else None


def _rows(statement: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return list(cursor.fetchall())
