"""The old label kept as a dated mark: what a person was listed as, since when, why, and what the label became."""

from __future__ import annotations

from datetime import date

import polars as pl

KINDS = {"covered": "mark", "new": "mark", "exit": "watch", "open": "mark"}
"""``mark``: the label stays beside the tier; ``watch``: the person has left monitoring and is watched until a day."""


def marks_of(rows: pl.DataFrame, day: date) -> pl.DataFrame:
    """A mark for each person of the list: ``row_id``, ``person_id``, ``household_id``, ``label``, ``label_zh``, ``risk``, ``labelled_on``,
    ``risk_removed``, ``removed_on``, ``kind``, ``marked_on`` (``day``), ``until``. A label is a mark and no tier."""
    persons = rows.filter(pl.col("place") != "repeated")
    return persons.select(
        "row_id", "person_id", "household_id", label="monitored", label_zh="monitored_zh", risk="risk",
        labelled_on="identified_on", risk_removed="risk_removed", removed_on="removed_on",
        kind=pl.col("place").replace_strict(KINDS, return_dtype=pl.String()), marked_on=pl.lit(day), until="watch_until",
    )  # fmt: skip
