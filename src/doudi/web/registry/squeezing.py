"""Sheets made small: deflate, against text that most sheets share (``squeezing.yaml``)."""

from __future__ import annotations

import json
import zlib
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_LEVEL, _WINDOW, _MEMORY = 1, 14, 7
"""Of zlib: half the usual window and memory, since copying these costs as much as a sheet does."""
_HEAD = slice(2, 6)
"""Where RFC 1950 keeps the checksum of the text that was shared."""


def squeeze(text: bytes) -> bytes:
    """A sheet, small."""
    deflate = _prepared().copy()
    return deflate.compress(text) + deflate.flush()


def unsqueeze(small: bytes) -> bytes:
    """The sheet again.

    Raises:
        KeyError: it was squeezed against a text that ``squeezing.yaml`` does not have any more.
    """
    inflate = zlib.decompressobj(zdict=_shared()[int.from_bytes(small[_HEAD], "big")])
    return inflate.decompress(small) + inflate.flush()


@cache
def _prepared() -> Any:
    """What squeezes one sheet and has read the shared text; copied for each, since reading it takes longer."""
    *_, newest = _shared().values()
    return zlib.compressobj(_LEVEL, zlib.DEFLATED, _WINDOW, _MEMORY, zdict=newest)


@cache
def _shared() -> dict[int, bytes]:
    """The texts by their checksum, the newest last."""
    entries = yaml.safe_load(Path(__file__).with_name("squeezing.yaml").read_text("utf-8"))
    texts = ["".join(_as_written(sheet) for sheet in entry.values()).encode() for entry in entries]
    return {zlib.adler32(text): text for text in texts}


def _as_written(sheet: object) -> str:
    """As the sheets are written, byte by byte."""
    return json.dumps(sheet, ensure_ascii=False, separators=(",", ":"))
