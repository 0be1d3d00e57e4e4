"""One world and one register, shared by the tests of the population."""

import polars as pl
import pytest

from doudi.population import World, generate, world_of

WORLD = 20_000
SEEDS = (2026, 7)


@pytest.fixture(scope="session")
def register() -> dict[str, pl.DataFrame]:
    """A register of 50,000 persons."""
    return generate()


@pytest.fixture(scope="session", params=SEEDS, ids=lambda seed: f"seed {seed}")
def world(request: pytest.FixtureRequest) -> World:
    """The truth of a county of 20,000 persons over 24 months."""
    return world_of(WORLD, seed=request.param)
