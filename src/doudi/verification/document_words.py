"""The words of the document, in Chinese and English (``document_words.yaml``), and how amounts are written."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from doudi.documents import Tone
from doudi.verification.results import DECLARED_ONLY, DIFFERS, FOUND_ONLY, MATCH, NO_ANSWER, NOT_CHECKABLE

TONES: Mapping[str, Tone] = {
    MATCH: "good", DIFFERS: "attention", FOUND_ONLY: "attention", DECLARED_ONLY: "attention", NO_ANSWER: "open",
    NOT_CHECKABLE: "faint",
}  # fmt: skip


@cache
def words(language: str) -> Mapping[str, Any]:
    """All words by key in one language."""
    place = 0 if language == "zh" else 1
    page = yaml.safe_load((Path(__file__).parent / "document_words.yaml").read_bytes())
    return {key: both[place] for key, both in page.items()}


def money(fen: int, signed: bool = False) -> str:
    """Fen as yuan with two decimals; ``signed`` writes the plus of what is more."""
    text = f"{abs(fen) // 100:,}.{abs(fen) % 100:02}"
    return f"−{text}" if fen < 0 else f"+{text}" if signed and fen else text
