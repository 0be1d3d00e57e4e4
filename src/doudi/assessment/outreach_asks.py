"""What a visit asks for where no department tells: read from ``outreach.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Ask:
    """A question of a visit. ``held``: a department answers it, nothing is brought; ``bring`` is empty if nothing helps."""

    name: str
    zh: str
    en: str
    facts: tuple[str, ...]
    held: bool
    bring_zh: str
    bring_en: str


@cache
def asks() -> Mapping[str, Ask]:
    """All questions by name, in the order in which a visit takes them."""
    text = (files("doudi.assessment") / "outreach.yaml").read_text("utf-8")
    return {name: _ask(name, entry) for name, entry in yaml.safe_load(text).items()}


@cache
def by_fact() -> Mapping[str, str]:
    """For each fact the name of the question that settles it."""
    return {fact: ask.name for ask in asks().values() for fact in ask.facts}


def _ask(name: str, entry: Mapping[str, object]) -> Ask:
    bring = entry.get("bring") or {"zh": "", "en": ""}
    assert isinstance(bring, dict)
    facts = entry["facts"]
    assert isinstance(facts, list)
    return Ask(
        name,
        str(entry["zh"]),
        str(entry["en"]),
        tuple(facts),
        bool(entry.get("held", False)),
        bring["zh"],
        bring["en"],
    )
