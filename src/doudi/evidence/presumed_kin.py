"""Supporters outside the household who are presumed where nothing is stated: the parents of children who live with grandparents.

To presume that such a child has nobody would point at it as a child without family. ``presumptions.yaml`` says what these
supporters have.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from doudi.evidence.presumptions import applies, dated_value, described
from doudi.evidence.schema import PRESUMED, items_of

_NEXT_GENERATION = ("child", "child_in_law")


@dataclass(frozen=True, slots=True)
class Kin:
    """Supporters presumed of those who meet ``who``; ``row`` holds their facts, ``values`` the family's income by region and date."""

    name: str
    who: Mapping[str, Any]
    row: Mapping[str, Any]
    values: tuple[Mapping[str, Any], ...]


@cache
def kin() -> tuple[Kin, ...]:
    """All that ship."""
    page: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("presumptions.yaml").read_text("utf-8"))
    return tuple(
        Kin(entry["name"], entry["who"], entry["row"], tuple(entry["values"])) for entry in page["supporter"]
    )


def presumed_kin(tables: Mapping[str, pl.DataFrame], region: str, day: date) -> pl.DataFrame:
    """Items of presumed supporters, for the register that points. ``tables``: households and persons before anything is presumed.

    Only for households that have not stated who must support them.
    """
    people = _described(tables, day)
    parts = [items_of(pl.LazyFrame({"entity": pl.Series([], dtype=pl.String)})).collect()]
    for each in kin():
        income = dated_value(each.values, region, day)
        if income is not None:
            parts.append(_rows(each, people.filter(applies(each.who)), income))
    return pl.concat(parts)


def _described(tables: Mapping[str, pl.DataFrame], day: date) -> pl.DataFrame:
    """Those of whom no supporters are stated, with the word ``parents_elsewhere``."""
    stated = tables["household"].select("household_id", stated=pl.col("supporters_stated").fill_null(False))
    people = described(tables, day).join(stated, on="household_id", how="left", maintain_order="left")
    alone = ~pl.col("relation").is_in(_NEXT_GENERATION).any().over("household_id")
    return people.with_columns(parents_elsewhere=(pl.col("relation") == "grandchild") & alone).filter(
        ~pl.col("stated")
    )


def _rows(each: Kin, who: pl.DataFrame, income: str) -> pl.DataFrame:
    rows = who.select(
        "household_id", "person_id", entity=pl.lit("supporter"), item_id=pl.lit(f"{each.name}-") + pl.col("person_id"),
        supporter_id=pl.lit(f"{each.name}-") + pl.col("person_id"), source=pl.lit(PRESUMED), used=pl.lit(True),
        rule=pl.lit(each.name), family_income=pl.lit(income),
        **{name: pl.lit(value) for name, value in each.row.items()},
    )  # fmt: skip
    return items_of(rows.lazy()).collect()
