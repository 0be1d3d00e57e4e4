"""The page on monitoring names every key and every word that there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from doudi.monitoring import words
from doudi.monitoring.cases import KEYS as SECTIONS
from doudi.monitoring.entries import CLASSES, FAMILIES, LEVELS
from doudi.monitoring.reading import KEYS

PAGE = (Path(__file__).parents[2] / "docs" / "monitoring.md").read_text("utf-8")
PREFIXES = (words.BEFORE, words.SINCE, words.WRITTEN, words.GONE, words.STANDING, words.DUE, words.HELD)


@pytest.mark.parametrize("key", KEYS)
def test_every_key_of_an_entry_is_explained(key: str) -> None:
    assert f"`{key}`" in PAGE


@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_word_made_on_demand_is_explained(prefix: str) -> None:
    assert f"`{prefix}<" in PAGE


@pytest.mark.parametrize(
    "name", [*CLASSES, *FAMILIES, *LEVELS, *SECTIONS, words.YESTERDAY, *words.THERE.values()]
)
def test_every_class_level_family_and_section_is_named(name: str) -> None:
    assert name in PAGE
