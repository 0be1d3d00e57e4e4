"""Sealing small secrets before they are stored: AES-256-GCM under a key derived from ``SECRET_KEY``.

A sealed value opens only for the purpose and the owner for which it was sealed, so it cannot be moved to another row.
"""

from __future__ import annotations

import os
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from doudi.web.errors import WebError

_NONCE = 12


class SealError(WebError):
    """A sealed value that none of the keys opens: another key, another row, or another hand."""


def seal(secret: bytes, purpose: str, owner: str) -> bytes:
    """Seal a secret under the newest key."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_key(settings.SECRET_KEY, purpose)).encrypt(nonce, secret, owner.encode())


def unseal(sealed: bytes, purpose: str, owner: str) -> bytes:
    """The secret, opened with the newest key or one that it replaced.

    Raises:
        SealError: no key opens it.
    """
    for secret_key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return AESGCM(_key(secret_key, purpose)).decrypt(sealed[:_NONCE], sealed[_NONCE:], owner.encode())
        except InvalidTag:
            continue
    raise SealError(f"no key opens this {purpose}")


@cache
def _key(secret_key: str, purpose: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=f"doudi {purpose}".encode()).derive(secret_key.encode())
