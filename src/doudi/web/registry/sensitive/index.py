"""The blind index: a keyed hash by which a sealed value is found again, and which tells nothing without the key."""

from __future__ import annotations

import hmac

from doudi.web.registry.sensitive.keys import data_keys

LENGTH = 16


def blind(value: str | bytes, purpose: str) -> bytes:
    """The first 16 bytes of HMAC-SHA-256 of a value for a purpose."""
    text = value.encode() if isinstance(value, str) else value
    return hmac.digest(data_keys().index, purpose.encode() + b"\x00" + text, "sha256")[:LENGTH]
