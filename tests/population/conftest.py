"""One register, shared by the tests of the population."""

import polars as pl
import pytest

from doudi.population import generate


@pytest.fixture(scope="session")
def register() -> dict[str, pl.DataFrame]:
    """A register of 50,000 persons."""
    return generate()
