"""Relations to the head of a household whose head died or left, and of children who were born into it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import yaml

ADULT_YEARS = 18


@cache
def _written() -> Mapping[str, Any]:
    page: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("relations.yaml").read_text("utf-8"))
    return page


def born_to(parent: pl.Expr) -> pl.Expr:
    """The relation of a newborn child, by the relation of its mother or father."""
    return parent.replace_strict(_written()["born_to"], default="other", return_dtype=pl.String)


def with_heads(present: pl.DataFrame, day: date) -> pl.DataFrame:
    """The people present, each household with exactly one head: where the head is gone or never was, the next one is
    found, and the relations of the others follow; of two heads the older stays."""
    heads = (pl.col("relation") == "head").sum().over("household_id")
    settled, wrong = present.filter(heads == 1), present.filter(heads != 1)
    if wrong.is_empty():
        return present
    order = {name: place for place, name in enumerate(("head", *_written()["next_head"]))}
    adult = pl.col("born").is_null() | (pl.col("born").dt.offset_by(f"{ADULT_YEARS}y") <= day)
    wrong = wrong.with_columns(
        _adult=adult, _order=pl.col("relation").replace_strict(order, default=len(order), return_dtype=pl.Int32)
    ).sort(
        "household_id", "_adult", "_order", "born", "person_id", descending=[False, True, False, False, False],
        nulls_last=True,
    )  # fmt: skip
    wrong = wrong.with_columns(
        _head=pl.int_range(pl.len()).over("household_id") == 0,
        _was=pl.col("relation").first().over("household_id"),
    )
    changed = wrong.with_columns(relation=_changed()).drop("_adult", "_order", "_head", "_was")
    return pl.concat([settled, changed]).sort("household_id", "person_id")


def _changed() -> pl.Expr:
    """The new relation of each, by ``_head`` and what the new head ``_was`` to the old one."""
    relation = pl.col("relation")
    after = pl.lit("other")
    for was, others in _written()["after"].items():
        mapped = relation.replace_strict(others, default="other", return_dtype=pl.String)
        after = pl.when(pl.col("_was") == was).then(mapped).otherwise(after)
    stays = pl.when(relation == "head").then(pl.lit("other")).otherwise(relation)
    after = pl.when(pl.col("_was") == "head").then(stays).otherwise(after)
    return pl.when("_head").then(pl.lit("head")).otherwise(after)
