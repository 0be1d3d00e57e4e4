"""A whole synthetic register: all tables of a county at its day, the same for the same seed."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from doudi.population import columns, tables
from doudi.population.assets import assets_of
from doudi.population.composition import compose
from doudi.population.condition import conditions
from doudi.population.county import county_of
from doudi.population.draw import stream
from doudi.population.expenses import expenses_of
from doudi.population.holdings import holdings_of, need_of
from doudi.population.income import works_and_incomes
from doudi.population.person_table import persons as person_table
from doudi.population.supporters import supporters_of
from doudi.population.tables import Synthetic


def generate(persons: int = 50_000, seed: int = 2026, region: str = "999901") -> dict[str, pl.DataFrame]:
    """The tables of a register of exactly ``persons`` persons, by the names a register gives them.

    Columns are those of the vocabulary of facts; money is in yuan with two decimals, an empty cell is unknown. ``region``
    is the code of a synthetic county (:data:`doudi.population.county.COUNTIES`). Raises
    :class:`~doudi.rules.errors.RegionError` for another code and ``ValueError`` if ``persons`` is not positive.
    """
    if persons < 1:
        raise ValueError(f"persons must be positive, not {persons}")
    of = _synthetic(persons, seed, region)
    return {
        "persons": person_table(of, stream(seed, "persons")),
        "households": tables.households(of, stream(seed, "households")),
        "supporters": tables.supporters(of),
        "assets": tables.assets(of, stream(seed, "asset values")),
        "expenses": tables.expenses(of),
        "holdings": tables.holdings(of),
    }


def write(register: dict[str, pl.DataFrame], directory: Path) -> list[Path]:
    """Writes one Parquet file for each table (``persons.parquet`` …) and returns their paths."""
    directory.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, table in register.items():
        path = directory / f"{name}.parquet"
        table.write_parquet(path)
        paths.append(path)
    return paths


def _synthetic(persons: int, seed: int, region: str) -> Synthetic:
    county = county_of(region)
    homes, people = compose(county, persons, stream(seed, "composition"))
    condition = conditions(homes, people, stream(seed, "condition"))
    work = works_and_incomes(county, homes, people, condition, stream(seed, "income"))
    assets = assets_of(county, homes, people, condition, work, stream(seed, "assets"))
    expenses = expenses_of(homes, people, condition, work, stream(seed, "expenses"))
    supporters = supporters_of(county, homes, people, condition, stream(seed, "supporters"))
    need = need_of(county, homes, people, condition, work, assets, expenses, supporters)
    holdings = holdings_of(homes, condition, need, stream(seed, "holdings"))
    return Synthetic(
        county,
        homes,
        people,
        condition,
        work,
        assets,
        expenses,
        supporters,
        need,
        holdings,
        columns.ids("h", homes.kind.size, 6),
        columns.ids("p", persons, 7),
    )
