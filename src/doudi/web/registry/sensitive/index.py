"""The blind index: a keyed hash by which a sealed value is found again, and which tells nothing without the key."""

from __future__ import annotations

import hmac
from collections.abc import Iterable

from doudi.web.registry.sensitive.keys import data_keys

LENGTH = 16


def blind(value: str | bytes, purpose: str) -> bytes:
    """The first 16 bytes of HMAC-SHA-256 of a value for a purpose."""
    text = value.encode() if isinstance(value, str) else value
    return hmac.digest(data_keys().index, purpose.encode() + b"\x00" + text, "sha256")[:LENGTH]


def blinds(values: Iterable[bytes], purpose: str) -> list[bytes]:
    """The same of many values."""
    key, before = data_keys().index, purpose.encode() + b"\x00"
    return [hmac.digest(key, before + value, "sha256")[:LENGTH] for value in values]
