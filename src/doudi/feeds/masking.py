"""Texts as they may appear in reports, logs and messages: nothing in them can point at a person."""

from __future__ import annotations

import re

_LONG_NUMBER = re.compile(r"[0-9０-９]{9,}[Xx]?")
_LONGEST = 60


def masked(text: str) -> str:
    """The text without numbers that may be ids, phones or accounts, and not longer than a line."""
    hidden = _LONG_NUMBER.sub("…", text)
    return hidden if len(hidden) <= _LONGEST else hidden[:_LONGEST] + "…"
