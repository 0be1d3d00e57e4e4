"""The tags that follow from what was loaded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import polars as pl

from doudi.web.registry.loading.evidence import Evidence

ELDER, CHILD, MANY = 60, 18, 3
PART = 200_000
"""Subjects whose facts are looked at together."""


def held(evidence: Evidence) -> pl.DataFrame:
    """``household_id`` and ``held``: the programmes in which each household is, by their codes."""
    items = pl.scan_parquet(evidence.table("items"))
    holdings = items.filter(
        (pl.col("entity") == "holding") & pl.col("used") & pl.col("programme").is_not_null()
    )
    return holdings.group_by("household_id").agg(held=pl.col("programme").unique().sort()).collect()


def tags(people: pl.DataFrame, holdings: pl.DataFrame, day: date) -> pl.DataFrame:
    """``household_id`` and ``code``, each once."""
    here = people.filter((pl.col("state") == "present") & pl.col("household_id").is_not_null())
    ages = here.select(
        "household_id", old=_at_least("born", ELDER, day), young=~_at_least("born", CHILD, day)
    )
    homes = ages.group_by("household_id").agg(
        size=pl.len(), old=pl.col("old").fill_null(False).sum(), young=pl.col("young").fill_null(False).sum()
    )
    elders = homes.filter(pl.col("size") == pl.col("old"))
    return pl.concat([
        holdings.explode("held").select("household_id", code=pl.lit("holds_") + pl.col("held")),
        elders.select("household_id", code=pl.when(pl.col("size") == 1).then(pl.lit("elder_alone"))
                      .otherwise(pl.lit("elders_only"))),
        homes.filter(pl.col("young") >= MANY).select("household_id", code=pl.lit("many_children")),
    ]).unique().sort("household_id", "code")  # fmt: skip


def _at_least(born: str, years: int, day: date) -> pl.Expr:
    return pl.col(born).dt.offset_by(f"{years}y") <= day


def conflicts(evidence: Evidence, people: pl.DataFrame) -> pl.DataFrame:
    """``household_id`` and ``conflicts``: facts of the household and its members on which sources differ."""
    facts = pl.scan_parquet(evidence.table("facts")).filter(pl.col("value").is_not_null())
    found = pl.concat(_differing(facts.filter(part)) for part in _parts(people))
    homes = people.select(subject_id="person_id", home="household_id")
    found = found.join(homes, on="subject_id", how="left").with_columns(
        household_id=pl.when(pl.col("subject") == "household").then("subject_id").otherwise("home")
    )
    return found.drop_nulls("household_id").group_by("household_id").agg(conflicts=pl.len())


def _parts(people: pl.DataFrame) -> Iterator[pl.Expr]:
    """Conditions that part all subjects by their numbers, so that the facts of one part fit into memory."""
    numbers = pl.concat([people["person_id"], people["household_id"].unique()]).drop_nulls().sort()
    cuts = numbers.gather_every(PART)[1:].unique(maintain_order=True).to_list()
    number = pl.col("subject_id")
    for low, high in pairwise([None, *cuts, None]):
        above = pl.lit(True) if low is None else number >= low
        yield above if high is None else above & (number < high)


def _differing(facts: pl.LazyFrame) -> pl.DataFrame:
    """``subject``, ``subject_id`` and ``fact`` of which more than one value is told."""
    key = ["subject", "subject_id", "fact"]
    # Of each fact at most one row is used, so where two values differ, one stands in a row that is not.
    doubted = facts.filter(~pl.col("used")).select(key).unique().collect()
    of_these = pl.col("subject_id").is_in(doubted["subject_id"].unique().implode())
    told = facts.filter(of_these).select(*key, "value").join(doubted.lazy(), on=key, how="semi")
    values = told.group_by(key).agg(pl.col("value").n_unique())
    return values.filter(pl.col("value") > 1).select(key).collect(engine="streaming")
