"""Clues that put a household before or after others on the list of visits: what is registered, not what is presumed."""

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
    "children_elsewhere": (
        "可能有子女在外，先问是否给付赡养费",
        "children may live elsewhere: ask first whether they give support",
    ),
}
"""Clues in the order of the classes: the first makes the first class, the next three the second, the last the fourth."""

_ONCE_MARRIED = ("married", "widowed", "divorced")
_NEXT_GENERATION = ("child", "child_in_law")


def clues(persons: pl.DataFrame, households: pl.DataFrame, day: date) -> pl.DataFrame:
    """For each household ``priority`` (1: visit first, to 4) and ``clues_zh``, from the tables of a register that a build wrote.

    Unknown facts are no clue. Whose old members were once married and live without a child is in the fourth class.
    """
    age = (pl.lit(day) - pl.col("born")).dt.total_days() / 365.2425
    grade = pl.col("disability_grade")
    of_mind = pl.col("disability").is_in(["mental", "intellectual"])
    found = persons.group_by("household_id").agg(
        aged_without_children=((age >= AGED) & (pl.col("marital") == "single")).fill_null(False).all(),
        severely_disabled=(grade.is_between(1, 2) | (of_mind & (grade == 3))).any(),
        gravely_ill=(pl.col("illness") != "none").any(),
        children_elsewhere=((age >= AGED) & pl.col("marital").is_in(_ONCE_MARRIED)).fill_null(False).any()
        & ~pl.col("relation").is_in(_NEXT_GENERATION).any(),
    )
    marks = households.select("household_id", monitored=pl.col("monitored_mark") != "none")
    table = found.join(marks, on="household_id").with_columns(pl.col(*CLUES).fill_null(False))
    first, *second, last = CLUES
    told = [pl.when(name).then(pl.lit(zh)) for name, (zh, _) in CLUES.items()]
    return table.select(
        "household_id",
        priority=pl.when(first)
        .then(1)
        .when(last)
        .then(4)
        .when(pl.any_horizontal(second))
        .then(2)
        .otherwise(3),
        clues_zh=pl.concat_str(told, separator="；", ignore_nulls=True),
    )
