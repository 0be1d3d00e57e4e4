"""The dictionary of tags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

LOAD, PEOPLE = "load", "people"


@dataclass(frozen=True, slots=True)
class TagKind:
    """A tag: its words, and who gives it."""

    code: str
    zh: str
    en: str
    by: str

    def name(self, language: str) -> str:
        """What it is called."""
        return self.zh if language.startswith("zh") else self.en


@cache
def tag_kinds() -> Mapping[str, TagKind]:
    """All tags by their code."""
    data = yaml.safe_load(Path(__file__).with_name("tags.yaml").read_text("utf-8"))
    return {code: TagKind(code, **words) for code, words in data.items()}
