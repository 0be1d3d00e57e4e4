"""What tells tables of synthetic people from those of real ones, so that the first never replace the second."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import polars as pl

from doudi.population.errors import PopulationError
from doudi.rules.files import foreign

MADE_UP = {"doudi": "synthetic"}
"""Stands in every Parquet table of synthetic people."""
_NAMES = ("planted.parquet", "letters_truth")
_SIGNS = ("truth/*.parquet", "registry/*.parquet", "departments/letters_truth")
"""Where a synthetic county tells that it is one; tables by their names where they were made before they said so."""


def is_made_up(path: Path) -> bool:
    """Whether a table, or each in a folder and its folders, is of synthetic people; an empty folder is of nobody."""
    if path.is_dir():
        return all(is_made_up(each) for each in path.iterdir())
    if path.suffix != ".parquet":
        return False
    try:
        return pl.read_parquet_metadata(path).items() >= MADE_UP.items()
    except (OSError, pl.exceptions.PolarsError):
        return False


def refuse_real(folder: Path) -> None:
    """Refuse a folder in which something lies that is not of a register of synthetic people.

    Raises:
        PopulationError: what lies there.
    """
    lying = list(folder.iterdir()) if folder.is_dir() else [folder] if folder.exists() else []
    others = [path.name for path in lying if not is_made_up(path)]
    if others:
        raise PopulationError([foreign(folder, others)])


def refuse_real_county(folder: Path, names: Collection[str], store: Path | None = None) -> None:
    """Refuse a folder in which something lies under ``names``, or a ``store`` that holds anything, unless the folder is of a
    synthetic county.

    Raises:
        PopulationError: what lies there.
    """
    if any(map(_tells, (path for sign in _SIGNS for path in folder.glob(sign)))):
        return
    others = [name for name in names if (folder / name).exists()]
    problems = [foreign(folder, others)] if others else []
    if store is not None and store.exists() and (not store.is_dir() or any(store.iterdir())):
        problems.append(foreign(store))
    if problems:
        raise PopulationError(problems)


def _tells(sign: Path) -> bool:
    return sign.name in _NAMES or is_made_up(sign)
