"""Sealing personal data: AES-256-GCM; the number of the key stands before the value.

A sealed value opens only for the purpose and the owner for which it was sealed, so it cannot be moved to another row.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from doudi.web.errors import WebError
from doudi.web.registry.sensitive.keys import data_keys

_NUMBER, _NONCE = 2, 12


class VaultError(WebError):
    """A sealed value that cannot be opened: its key is not there, or it belongs to another row."""


def seal(plain: bytes, purpose: str, owner: str) -> bytes:
    """Seal under the newest key."""
    return seals([(plain, owner)], purpose)[0]


def seals(plains: Iterable[tuple[bytes, str]], purpose: str) -> list[bytes]:
    """Seal many values, each for its owner, under the newest key."""
    keys = data_keys()
    number, encrypt = keys.newest.to_bytes(_NUMBER, "big"), _cipher(keys.keys[keys.newest], purpose).encrypt
    return [
        number + (nonce := os.urandom(_NONCE)) + encrypt(nonce, plain, owner.encode())
        for plain, owner in plains
    ]


def open_sealed(sealed: bytes, purpose: str, owner: str) -> bytes:
    """What was sealed.

    Raises:
        VaultError: the key is not there, or it was sealed for something else.
    """
    sealed = bytes(sealed)
    key = data_keys().keys.get(key_number(sealed))
    if key is None:
        raise VaultError(f"the key {key_number(sealed)} of this {purpose} is not there")
    nonce = sealed[_NUMBER : _NUMBER + _NONCE]
    try:
        return _cipher(key, purpose).decrypt(nonce, sealed[_NUMBER + _NONCE :], owner.encode())
    except InvalidTag:
        raise VaultError(f"this {purpose} does not open for its row") from None


def key_number(sealed: bytes) -> int:
    """The number of the key under which a value is sealed."""
    return int.from_bytes(bytes(sealed[:_NUMBER]), "big")


@cache
def _cipher(key: bytes, purpose: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=f"doudi {purpose}".encode()).derive(key))
