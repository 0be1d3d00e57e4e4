"""The keys under which personal data are sealed: told by the environment, the newest first."""

from __future__ import annotations

import base64
import binascii
import os
from dataclasses import dataclass
from functools import cache

from django.conf import settings

BYTES = 32
HIGHEST = 0xFFFF


@dataclass(frozen=True, slots=True)
class DataKeys:
    """``keys``: number → key, the newest first; ``index``: the key of the blind index, which never changes."""

    keys: dict[int, bytes]
    index: bytes

    @property
    def newest(self) -> int:
        """The number of the key under which is sealed now."""
        return next(iter(self.keys))


def read_keys(text: str) -> DataKeys:
    """Keys as they are written: ``number:base64`` and once ``index:base64``, separated by spaces or lines.

    Raises:
        ValueError: a word is not of this form, a key has not 32 bytes, a number is given twice, or one of both is missing.
    """
    keys: dict[int, bytes] = {}
    index = None
    for word in text.split():
        name, _, key = word.partition(":")
        value = _bytes(key)
        if name == "index":
            index = value
        elif name.isascii() and name.isdigit() and 0 < int(name) <= HIGHEST and int(name) not in keys:
            keys[int(name)] = value
        else:
            raise ValueError("a key is written number:base64, each number once")
    if index is None or not keys:
        raise ValueError("write at least one key and the key of the index")
    return DataKeys(keys, index)


def new_key() -> str:
    """A random key in base64."""
    return base64.b64encode(os.urandom(BYTES)).decode()


@cache
def _read(text: str) -> DataKeys:
    return read_keys(text)


def data_keys() -> DataKeys:
    """The keys of this application."""
    return _read(settings.DATA_KEYS)


def _bytes(text: str) -> bytes:
    try:
        value = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError("a key is written in base64") from None
    if len(value) != BYTES:
        raise ValueError(f"a key has {BYTES} bytes")
    return value
