"""The tables of characters and surnames that comparing names rests on; each is read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from doudi.linkage.errors import LinkageError
from doudi.rules.errors import Problem, Problems

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Surnames:
    """Surnames of two characters, and the readings of surnames that differ from the usual reading of the character."""

    compound: frozenset[str]
    readings: dict[str, tuple[str, ...]]


@cache
def surnames() -> Surnames:
    """What ``surnames.yaml`` says."""
    data = _read("surnames.yaml")
    readings = {name: tuple(dict.fromkeys(found)) for name, found in data["readings"].items()}
    return Surnames(frozenset(data["compound"]), readings)


@cache
def replacements(kind: str) -> dict[str, str]:
    """Each character of ``variants`` or ``lookalikes`` with the one that stands for its group.

    Raises:
        LinkageError: a character stands in two groups.
    """
    problems = Problems()
    found: dict[str, str] = {}
    for group in _read("characters.yaml")[kind]:
        for character in group:
            if character in found:
                problems.add(Problem(
                    "linkage.character_twice", "一个字在两组中", "a character stands in two groups",
                    "只留一组", "leave it in one", file="characters.yaml", value=character,
                ))  # fmt: skip
            found[character] = group[0]
    problems.raise_as(LinkageError)
    return found


def readings(characters: list[str]) -> dict[str, str]:
    """The usual reading of each character, without tone; a character that has none stands for itself."""
    return {character: _reading(character) for character in characters}


@cache
def _reading(character: str) -> str:
    from pypinyin import Style, lazy_pinyin

    return (lazy_pinyin(character, style=Style.NORMAL) or [character])[0]


def _read(name: str) -> Any:
    return yaml.safe_load((_FOLDER / name).read_text("utf-8"))
