"""How a command speaks: Chinese or English, sentences or JSON."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

LANGUAGES = ("zh", "en")


def usual_language() -> str:
    """English in an English locale, else Chinese."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if locale.lower().startswith("en") else "zh"


def say(language: str, zh: str, en: str) -> str:
    """One of two texts."""
    return zh if language == "zh" else en


@dataclass(frozen=True, slots=True)
class Manner:
    """What the words of a command line ask for, even where the line itself is at fault."""

    language: str
    as_json: bool

    @classmethod
    def of(cls, words: Sequence[str]) -> Manner:
        """Read ``--lang`` and ``--json`` from a command line that may be wrong elsewhere."""
        given = [word.partition("=")[2] for word in words if word.startswith("--lang=")]
        given += [after for word, after in pairwise(words) if word == "--lang"]
        language = next((word for word in given if word in LANGUAGES), None)
        return cls(language or usual_language(), "--json" in words)
