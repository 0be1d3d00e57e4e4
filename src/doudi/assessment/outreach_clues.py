"""Clues that put a household before others on the list of visits: what departments register, not what is presumed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

AGED = 60
CLUES: Mapping[str, tuple[str, str]] = {
    "aged_without_children": ("未婚且无子女线索的老人", "an elder who never married; no child is known"),
    "severely_disabled": ("重度残疾人", "a severely disabled member"),
    "gravely_ill": ("重特大疾病患者", "a gravely ill member"),
    "monitored": ("防返贫监测对象", "on the list of monitoring"),
}
"""Names in the order of their weight: the first puts a household in the first class, the others in the second."""


def clues(persons: pl.DataFrame, households: pl.DataFrame, day: date) -> pl.DataFrame:
    """For each household ``priority`` (1: visit first, 2, 3) and ``clues_zh``, from the tables of a register that a build wrote.

    Unknown facts are no clue.
    """
    age = (pl.lit(day) - pl.col("born")).dt.total_days() / 365.2425
    grade = pl.col("disability_grade")
    of_mind = pl.col("disability").is_in(["mental", "intellectual"])
    found = persons.group_by("household_id").agg(
        aged_without_children=((age >= AGED) & (pl.col("marital") == "single")).fill_null(False).all(),
        severely_disabled=(grade.is_between(1, 2) | (of_mind & (grade == 3))).any(),
        gravely_ill=(pl.col("illness") != "none").any(),
    )
    marks = households.select("household_id", monitored=pl.col("monitored_mark") != "none")
    table = found.join(marks, on="household_id").with_columns(pl.col(*CLUES).fill_null(False))
    first, *others = CLUES
    told = [pl.when(name).then(pl.lit(zh)) for name, (zh, _) in CLUES.items()]
    return table.select(
        "household_id",
        priority=pl.when(first).then(1).when(pl.any_horizontal(others)).then(2).otherwise(3),
        clues_zh=pl.concat_str(told, separator="；", ignore_nulls=True),
    )
