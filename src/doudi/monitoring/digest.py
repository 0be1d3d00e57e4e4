"""One number for all that a night keeps of a household: it changes when any of it changes, wherever the household stands."""

from __future__ import annotations

import numpy as np
import polars as pl

from doudi.monitoring.tables import Tables


def digests(night: Tables, people: pl.DataFrame) -> pl.Series:
    """``digest`` for each household, from the kept values and the rows about it.

    People are meant by their ids (``people``: ``person_id``, ``place``), not by their places, which change when somebody comes or
    goes.
    """
    homes = night.household.height
    total = np.zeros(homes, np.uint64)
    _add(total, night.household.drop("household_id"), np.arange(homes))
    for programme in night.opened.get_columns():
        total[programme.to_numpy()] += pl.Series([programme.name]).hash()[0]
    homes_of = night.person["household"].to_numpy()
    _add(total, night.person.drop("household"), homes_of)
    keys = _keys(people)
    for name, table in night.items.items():
        place = table["parent"].to_numpy()
        _add(total, _by_key(table, keys), homes_of[place] if name == "supporter" else place)
    for table in (*night.rows.values(), night.departed, night.standing):
        _add(total, _by_key(table, keys), table["household"].to_numpy())
    return pl.Series("digest", total)


def _add(total: np.ndarray, table: pl.DataFrame, homes: np.ndarray) -> None:
    """Add the hashes of rows to their households; sums wrap around, and do not ask for the order of rows."""
    if table.width and table.height:
        np.add.at(total, homes, table.hash_rows(seed=table.width).to_numpy())


def _keys(people: pl.DataFrame) -> pl.DataFrame:
    present = people.filter(pl.col("place") >= 0)
    return present.select("place", key=pl.col("person_id").hash())


def _by_key(table: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    """The rows with a key for each person whom they lead to instead of the place."""
    places = [name for name, kind in table.schema.items() if kind == pl.Int32 and _is_part(name)]
    found = table
    for name in places:
        found = found.join(
            keys.rename({"place": name, "key": f"{name}_key"}), on=name, how="left", maintain_order="left"
        )
    return found.drop([name for name in ("household", "parent", *places) if name in found.columns])


def _is_part(name: str) -> bool:
    return name in ("owner", "person", "mother", "father", "guardian", "man", "woman")
