"""The exact bytes over which a link's hash is taken: written here in Python, and in SQL for the database.

Each field stands as its length in bytes, a colon, its text and a comma, so that no two entries have the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256

FIELDS = (
    "id", "at", "action", "outcome", "actor", "actor_name", "role", "region", "target_kind", "target", "subject",
    "reason", "address", "request", "details",
)  # fmt: skip
GENESIS = bytes(32)


def text_of(value: object) -> str:
    """A field as text; moments in UTC to the microsecond."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return str(value)


def canonical(number: int, values: Iterable[object]) -> bytes:
    """The bytes of the entry with these values, in the order of ``FIELDS``, under its number."""
    parts = [str(number).encode(), *(text_of(value).encode() for value in values)]
    return b"".join(b"%d:%b," % (len(part), part) for part in parts)


def chained(previous: bytes, number: int, values: Iterable[object]) -> bytes:
    """The hash of a link."""
    return sha256(previous + canonical(number, values)).digest()


def _sql_field(name: str) -> str:
    column = f"e.{name}::text"
    if name == "at":
        column = """to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
    return f"octet_length({column})::text || ':' || {column} || ','"


SQL_FIELDS = " || ".join(_sql_field(name) for name in FIELDS)
