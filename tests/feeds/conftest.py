"""A store of feeds and the moment at which files are received."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from doudi.feeds import FeedError, Report, land

RECEIVED = datetime(2026, 9, 1, 9, 0)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store that is empty."""
    return tmp_path / "store"


@pytest.fixture
def landed(store: Path) -> Callable[..., Report]:
    """Lands a file, received on 2026-09-01 unless said otherwise."""

    def land_file(path: Path, received: datetime = RECEIVED, **more: Any) -> Report:
        return land(path, store, "officer1", received, **more)

    return land_file


@pytest.fixture
def refused(store: Path) -> Callable[..., list[str]]:
    """Lands a file that must be refused; gives the codes of the problems, and nothing may have been landed."""

    def refuse(path: Path, **more: Any) -> list[str]:
        with pytest.raises(FeedError) as error:
            land(path, store, "officer1", RECEIVED, **more)
        assert all(problem.zh and problem.en for problem in error.value.problems)
        assert not list(store.glob("landings/*"))
        assert not list(store.glob("staging/*"))
        return [problem.code for problem in error.value.problems]

    return refuse
