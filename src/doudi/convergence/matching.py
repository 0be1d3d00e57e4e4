"""Whom the rows of both registers are about: everyone known to the evidence first, then those whom only the base knows."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from doudi.convergence.receiving import Received
from doudi.linkage import Linkage, link, read_config

WHO = ("id_number", "name", "sex", "born", "village")
OUTCOME = ("row_id", "person_id", "zone", "by", "why", "probability")
ONLY_IN_BASE = "base:"
"""Before the row of the base, the id of a person whom only the base knows."""


@dataclass(frozen=True)
class Matched:
    """``listed`` and ``base``: for each row the columns of ``OUTCOME``. ``candidates``: whom rows in review may be about.

    ``doubted``: persons whom a row of the base in review may be about."""

    listed: pl.DataFrame
    base: pl.DataFrame
    candidates: pl.DataFrame
    doubted: pl.DataFrame


def match(received: Received, people: pl.DataFrame, decisions: pl.DataFrame | None = None) -> Matched:
    """Match both registers with ``people`` (``person_id`` and the columns of ``WHO``); people's ``decisions`` on rows override.

    Raises:
        LinkageError: the decisions are at fault.
    """
    sayings = pl.concat([_saying(received.listed), _saying(received.base)])
    found = link(sayings, people.select("person_id", *WHO), read_config(), decisions=decisions)
    base = _of(found, received.base)
    listed = _of(found, received.listed)
    more = _in_base_alone(received, listed, base)
    candidates = found.candidates
    if more is not None:
        listed = listed.join(more.links.select("row_id"), on="row_id", how="anti")
        listed = pl.concat([listed, more.links.select(OUTCOME)])
        candidates = pl.concat([candidates, more.candidates], how="vertical_relaxed")
    doubtful = base.filter(pl.col("zone") == "review").select("row_id")
    doubted = candidates.join(doubtful, on="row_id", how="semi").select("person_id").unique()
    review = pl.concat([listed, base]).filter(pl.col("zone") == "review").select("row_id")
    kept = candidates.join(review, on="row_id", how="semi")
    order = received.listed.select("row_id")
    return Matched(
        order.join(listed, on="row_id", how="left", maintain_order="left"),
        base,
        kept,
        doubted.sort("person_id"),
    )


def _in_base_alone(received: Received, listed: pl.DataFrame, base: pl.DataFrame) -> Linkage | None:
    """Rows of the list about nobody who is known, matched with rows of the base about nobody who is known."""
    rows = received.listed.join(listed.filter(pl.col("zone") == "none"), on="row_id", how="semi")
    others = received.base.join(base.filter(pl.col("zone") == "none"), on="row_id", how="semi")
    others = others.unique(["household_number", "id_number"], keep="first", maintain_order=True)
    if rows.is_empty() or others.is_empty():
        return None
    persons = _saying(others).rename({"row_id": "person_id"})
    persons = persons.with_columns(person_id=pl.lit(ONLY_IN_BASE) + pl.col("person_id"))
    return link(_saying(rows), persons, read_config())


def _saying(table: pl.DataFrame) -> pl.DataFrame:
    said = [
        (pl.col(name) if name in table.columns else pl.lit(None)).cast(pl.String).alias(name) for name in WHO
    ]
    return table.select("row_id", *said)


def _of(found: Linkage, rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select("row_id").join(
        found.links.select(OUTCOME), on="row_id", how="left", maintain_order="left"
    )
