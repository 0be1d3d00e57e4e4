"""A register as a clerk has it: that of the last day of a world, with gaps, and with what only a clerk writes down."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from doudi.facts.register import write_table
from doudi.facts.vocabulary import Vocabulary
from doudi.population.clerk import as_recorded
from doudi.population.county_world import world_of
from doudi.population.made_up import MADE_UP
from doudi.population.register_at import register_at


def generate(persons: int = 50_000, seed: int = 2026, region: str = "999901") -> dict[str, pl.DataFrame]:
    """The tables of a register of exactly ``persons`` persons, by the names a register gives them.

    Columns are those of the vocabulary of facts; money is in yuan with two decimals, an empty cell is unknown. ``region``
    is the code of a synthetic county (:data:`doudi.population.county.COUNTIES`). Raises
    :class:`~doudi.rules.errors.RegionError` for another code and ``ValueError`` if ``persons`` is not positive.
    """
    world = world_of(persons, seed, region)
    return as_recorded(register_at(world, world.ends), world.ends, seed)


def write(register: dict[str, pl.DataFrame], directory: Path) -> list[Path]:
    """Writes one Parquet file for each table (``persons.parquet`` …) and returns their paths."""
    directory.mkdir(parents=True, exist_ok=True)
    entities = {entity.table: entity for entity in Vocabulary.load().entities.values()}
    paths = []
    for name, table in register.items():
        path = directory / f"{name}.parquet"
        write_table(entities[name], table, path, MADE_UP)
        paths.append(path)
    return paths
