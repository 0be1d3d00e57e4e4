"""The village of these tests, made once, and its nights prepared and swept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from doudi.monitoring.opening import read_night
from doudi.monitoring.prepare import prepare
from doudi.monitoring.tables import Tables
from tests.monitoring.county import FIRST, FOURTH, REGION, SECOND, THIRD, Village, made


@pytest.fixture(scope="session")
def village(tmp_path_factory: pytest.TempPathFactory) -> Village:
    return made(tmp_path_factory.mktemp("village"))


@pytest.fixture(scope="session")
def folders(village: Village, tmp_path_factory: pytest.TempPathFactory) -> dict[date, Path]:
    """Where the prepared nights lie."""
    folder = tmp_path_factory.mktemp("nights")
    return {
        night: prepare(village.of(night), village.store, REGION, folder / night.isoformat())
        for night in (FIRST, SECOND, THIRD, FOURTH)
    }


@pytest.fixture(scope="session")
def nights(folders: dict[date, Path]) -> dict[date, Tables]:
    return {night: read_night(folder) for night, folder in folders.items()}
