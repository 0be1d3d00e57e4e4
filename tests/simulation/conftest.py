"""A small synthetic population, and the law of its county as it is and otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from doudi.assessment.statute import Statute, law_of
from doudi.facts.register import Register, read_register
from doudi.population import generate, write
from doudi.simulation.comparison import Comparison

DAY = date(2026, 8, 1)
PLACE = "999901"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The population as files."""
    path = tmp_path_factory.mktemp("population")
    write(generate(3_000, seed=11), path)
    return path


@pytest.fixture(scope="session")
def people(folder: Path) -> Register:
    """The same, read."""
    return read_register(folder, DAY)


def law(**settings: str) -> Statute:
    """The law with some parameters replaced: ``dibao__standard__rural="700"``."""
    return law_of(PLACE, DAY, settings={name.replace("__", "."): text for name, text in settings.items()})


@pytest.fixture(scope="session")
def reform(people: Register) -> Callable[..., Comparison]:
    """The population under the law as it is and with some parameters replaced."""
    return lambda **settings: Comparison.of(people, law(), law(**settings))
