"""How often strangers agree is counted, not guessed: over all pairs of small tables, over pairs drawn from large ones."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from doudi.linkage.levels import Comparison, comparison
from doudi.linkage.strangers import among_strangers

TABLES = ("rows_here", "persons_here")
SEX = comparison("sex", "sex", "sex", "性别", "sex", {})
NUMBER = comparison("number", "number", "number", "编号", "number", {})


@pytest.fixture
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def laid_down(database: duckdb.DuckDBPyConnection, rows: str, persons: str) -> None:
    for table, values in zip(TABLES, (rows, persons), strict=True):
        database.execute(f"CREATE TABLE {table} AS {values}")


def found(
    database: duckdb.DuckDBPyConnection, each: Comparison, pairs: int = 1000, seed: int = 1
) -> dict[str, float]:
    return among_strangers(database, TABLES, [each], pairs, seed)[each.name]


def test_every_pair_of_small_tables_counts_but_those_of_which_nothing_is_known(
    database: duckdb.DuckDBPyConnection,
) -> None:
    laid_down(
        database,
        "SELECT * FROM (VALUES ('1', 'male'), ('2', 'female'), ('3', NULL)) t(unique_id, sex)",
        "SELECT * FROM (VALUES ('1', 'male'), ('2', 'male'), ('3', 'female')) t(unique_id, sex)",
    )
    assert found(database, SEX) == {"exact": 3 / 6, "differs": 3 / 6}


def test_a_level_that_no_pair_shows_is_left_out(database: duckdb.DuckDBPyConnection) -> None:
    laid_down(database, "SELECT '1' AS unique_id, '77' AS number", "SELECT '1' AS unique_id, '88' AS number")
    assert found(database, NUMBER) == {"differs": 1.0}


def test_of_large_tables_as_many_pairs_as_wanted_are_drawn_the_same_each_time(
    database: duckdb.DuckDBPyConnection,
) -> None:
    numbered = "SELECT i::VARCHAR AS unique_id, CASE i % 4 WHEN 0 THEN 'male' ELSE 'female' END AS sex FROM range(4000) t(i)"
    laid_down(database, numbered, numbered)
    first = found(database, SEX, pairs=40_000)
    assert first["exact"] == pytest.approx(10 / 16, abs=0.05)
    assert found(database, SEX, pairs=40_000) == first
    assert found(database, SEX, pairs=40_000, seed=2) != first
