"""How every household stands in every programme, as a night keeps it: what is missed, too little, or beyond what is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from doudi.law import library
from doudi.monitoring.held import feeds_telling
from doudi.monitoring.reach import Reach
from doudi.monitoring.words import DUE, HELD, STANDING
from doudi.programmes.law import Offer
from doudi.programmes.register import RegisterStandings

COLUMNS: Mapping[str, pl.DataType] = {
    # Place of the household, id of the programme, code of ``standing``, fen in a year.
    "household": pl.Int32(), "programme": pl.String(), "standing": pl.UInt8(), "due": pl.Int64(), "held": pl.Int64(),
}  # fmt: skip
"""Columns of ``standing.parquet``: all that is due or received, but for what is received as due."""


@dataclass(frozen=True, slots=True)
class Told:
    """What can be said of a programme on a night. ``feed`` tells what is received of it, empty where none does; ``said``: that feed
    answers."""

    feed: str
    said: bool


def standing_rows(
    found: RegisterStandings, offer: Offer, reach: Mapping[str, Reach]
) -> tuple[pl.DataFrame, dict[str, Told]]:
    """The rows of ``standing.parquet``, and what can be said of each programme with an amount.

    A programme of which no feed tells what is received, or whose feed is late, has no rows: it is not known what is missed.
    """
    codes = library.indicator_code_sets()["standing"]
    parts: list[pl.DataFrame] = [pl.DataFrame(schema=dict(COLUMNS))]
    told: dict[str, Told] = {}
    for one in offer.programmes:
        if not one.amount:
            continue
        feed = feeds_telling().get(one.id, "")
        said = bool(feed) and feed in reach and reach[feed].answers(0)
        told[one.id] = Told(feed, said)
        for state in ("missed", "short", "beyond") if said else ():
            places = np.flatnonzero(found.state(one.id, state))
            parts.append(_rows(found, one.id, codes.index(state), places))
    return pl.concat(parts).sort("household", "programme", maintain_order=True), told


def opened(found: RegisterStandings, told: Mapping[str, Told], rows: int) -> pl.DataFrame:
    """For each programme that can be judged, the households for which what is due is not known: ``open.parquet``. Programmes of
    which all is known are left out."""
    columns = [
        pl.Series(id, found.open[id]).extend_constant(False, rows - found.households)
        for id, one in told.items()
        if one.said and id in found.open and found.open[id].any()
    ]
    return pl.DataFrame(columns)


def dense(
    found: RegisterStandings, told: Mapping[str, Told], words: Mapping[str, Any], rows: int
) -> list[pl.Series]:
    """Standings as columns of households, for the words that rules ask for; null where they are not known."""
    codes = library.indicator_code_sets()["standing"]
    columns = []
    for name, word in words.items():
        if word.prefix not in (STANDING, DUE, HELD):
            continue
        id, size = word.of, found.households
        zeros = np.zeros(size, np.int64)
        if word.prefix == HELD:
            values, unknown = found.held.get(id, zeros), np.full(size, not told[id].said)
        else:
            values, unknown = found.due[id], found.open.get(id, np.zeros(size, np.bool_))
        if word.prefix == STANDING:
            values, unknown = zeros.copy(), unknown | (not told[id].said)
            for state in ("gets", "missed", "short", "beyond"):
                values[found.state(id, state)] = codes.index(state)
        column = pl.Series(name, values).set(pl.Series(np.ascontiguousarray(unknown)), None)
        columns.append(column.extend_constant(0, rows - size))
    return columns


def _rows(found: RegisterStandings, programme: str, standing: int, places: Any) -> pl.DataFrame:
    held = found.held.get(programme)
    return pl.DataFrame(
        {
            "household": places, "programme": [programme] * len(places), "standing": [standing] * len(places),
            "due": found.due[programme][places], "held": held[places] if held is not None else [0] * len(places),
        },
        schema=dict(COLUMNS),
    )  # fmt: skip
