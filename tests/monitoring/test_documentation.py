"""The page on monitoring names every key and every word that there is."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from doudi.monitoring import words
from doudi.monitoring.cases import KEYS as SECTIONS
from doudi.monitoring.decisions import HEADINGS as DECISION_HEADINGS
from doudi.monitoring.entries import CLASSES, FAMILIES, LEVELS
from doudi.monitoring.judged import Judged
from doudi.monitoring.nights import STATES
from doudi.monitoring.reading import KEYS
from doudi.monitoring.run import STATE, SUMMARY, TASKS, WARNINGS

PAGE = (Path(__file__).parents[2] / "docs" / "monitoring.md").read_text("utf-8")
FILES = (WARNINGS, STATE, TASKS, SUMMARY)
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


@pytest.mark.parametrize("name", [*STATES, *Judged, *FILES, *(field for field in DECISION_HEADINGS.values())])
def test_every_state_file_and_column_is_named(name: str) -> None:
    assert f"`{name}`" in PAGE


def test_the_modules_named_for_programs_have_what_is_said() -> None:
    found = re.findall(r"^from (doudi\.[a-z_.]+) import (.+)$", PAGE, re.MULTILINE)
    assert len(found) >= 6
    for module, names in found:
        for name in names.split(", "):
            assert hasattr(import_module(module), name), f"{module}.{name}"
