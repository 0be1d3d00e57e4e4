"""The truth of a whole county: its blocks made side by side, their tables joined."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import polars as pl

from doudi.population.block import SIZE, block_of
from doudi.population.county import County, county_of
from doudi.population.days import History, number
from doudi.population.draw import stream
from doudi.population.idnumbers import id_numbers
from doudi.population.made_up import MADE_UP
from doudi.population.truth import tables
from doudi.population.world import SCHEMAS, World
from doudi.rules.files import put_whole

_WORKERS = 2


def world_of(persons: int = 50_000, seed: int = 2026, region: str = "999901", months: int = 24) -> World:
    """The truth of a county in which exactly ``persons`` persons live on the last day of a history of ``months`` months.

    Those who died or left before are in it as well. ``region`` is the code of a synthetic county
    (:data:`doudi.population.county.COUNTIES`), which says the last day. The same arguments give the same tables. Raises
    :class:`~doudi.rules.errors.RegionError` for another code and ``ValueError`` if ``persons`` is not positive or
    ``months`` is below 12.
    """
    if persons < 1:
        raise ValueError(f"persons must be positive, not {persons}")
    if months < _LEAST_MONTHS:
        raise ValueError(f"months must be {_LEAST_MONTHS} or more, not {months}")
    county = county_of(region)
    begins = _begins(county.ends, months)
    history = History(number(begins), number(county.ends))
    with ThreadPoolExecutor(_WORKERS) as pool:
        blocks = list(
            pool.map(lambda place: _block_tables(county, history, seed, *place), enumerate(_sizes(persons)))
        )
    joined = {name: pl.concat([block[name] for block in blocks]) for name in SCHEMAS}
    joined["persons"] = _with_id_numbers(joined["persons"], county, seed)
    return World(region, begins, county.ends, joined)


_LEAST_MONTHS = 12


def write_world(world: World, folder: Path) -> list[Path]:
    """Writes each table as ``truth/<name>.parquet`` below ``folder`` and returns the paths."""
    (folder / "truth").mkdir(parents=True, exist_ok=True)
    paths = []
    for name, table in world.tables.items():
        path = folder / "truth" / f"{name}.parquet"
        with put_whole(path) as making:
            table.write_parquet(making, metadata=MADE_UP)
        paths.append(path)
    return paths


def _begins(ends: date, months: int) -> date:
    """The day after the one on which a history of so many months before ``ends`` would have ended."""
    after = pl.Series([ends]).dt.offset_by("1d")
    return after.dt.offset_by(f"-{months}mo")[0]


def _sizes(persons: int) -> list[int]:
    """The persons of each block; the rest makes the last one greater rather than another."""
    blocks = max(1, persons // SIZE)
    return [SIZE] * (blocks - 1) + [persons - SIZE * (blocks - 1)]


def _block_tables(
    county: County, history: History, seed: int, place: int, persons: int
) -> dict[str, pl.DataFrame]:
    return tables(block_of(county, history, persons, seed, place))


def _with_id_numbers(persons: pl.DataFrame, county: County, seed: int) -> pl.DataFrame:
    born = persons["born"].cast(pl.Int32).cast(pl.Int64).to_numpy()
    male = (persons["sex"] == "male").to_numpy()
    numbers = id_numbers(int(county.code), born, male, stream(seed, "id numbers"))
    return persons.with_columns(id_number=numbers).select(SCHEMAS["persons"].keys())
