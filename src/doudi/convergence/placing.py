"""Each person of the list placed: covered, new, exit or open, by the matches, by who is known, and by the law."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from doudi.assessment.results import Results
from doudi.assessment.statute import Statute
from doudi.convergence.classes import TIERS
from doudi.convergence.matching import ONLY_IN_BASE, Matched
from doudi.convergence.receiving import Received
from doudi.hardship.register import RegisterIndex

COUNTED = "is_counted"
TIER_OF_PROGRAMME = {"other_aid": "other"}
"""Programmes of the base whose tier has another name."""


@dataclass(frozen=True)
class Known:
    """What is known of people on the day: the table of people of the evidence, what the law finds, the hardship index."""

    people: pl.DataFrame
    results: Results
    index: RegisterIndex

    @cached_property
    def law(self) -> Statute:
        """The law of place and day."""
        return self.results.statute

    @cached_property
    def not_counted(self) -> pl.Series:
        """Who certainly does not count as a member of the household, in the order of the persons."""
        columns, outputs = self.results.findings.columns, {COUNTED: self.law.variable(COUNTED).node}
        found = self.law.for_columns(outputs, columns).run(columns, self.law.values, self.law.context)[
            COUNTED
        ]
        return pl.Series("not_counted", ~found.most.astype(np.bool_))

    @cached_property
    def persons(self) -> pl.DataFrame:
        """``person_id``, ``household_id``, ``person_tier`` (empty where open), ``missing`` and ``missing_zh`` of the household, ``urgent``
        (empty where open), the most urgent ``route`` that is possible, and ``not_counted``, of everybody who was assessed."""
        findings = self.results.findings
        homes = self.results.determinations.select("household_id", "missing", "missing_zh")
        known = findings.known("is_urgent")
        urgent = pl.Series("urgent", findings.least["is_urgent"])
        homes = homes.with_columns(urgent).with_columns(
            self.index.households["route_most"].cast(pl.String).alias("route")
        )
        if known is not None:
            homes = homes.with_columns(pl.when(pl.Series(known)).then("urgent").alias("urgent"))
        persons = self.results.persons.select(
            "person_id", "household_id", self.not_counted, person_tier=pl.col("tier").cast(pl.String)
        )
        return persons.join(homes, on="household_id", maintain_order="left")


def placed(received: Received, matched: Matched, known: Known) -> pl.DataFrame:
    """A row for each row of the list with who it is, where the person is placed and the code of the reason."""
    rows = received.listed.select(
        "row_id", "household_number", "name", "id_number", "village", "relation", "monitored", "risk", "identified_on",
        "risk_removed", "removed_on",
    ).join(matched.listed.rename({"by": "matched_by"}), on="row_id", how="left", maintain_order="left")  # fmt: skip
    rows = rows.with_columns(zone=pl.col("zone").fill_null("none")).with_columns(
        person_id=pl.when(pl.col("zone") == "link").then("person_id")
    )
    people = known.people.select("person_id", "state", _home="household_id", _lives="village")
    rows = rows.join(people, on="person_id", how="left", maintain_order="left")
    rows = rows.join(held(received, matched), on="person_id", how="left", maintain_order="left")
    doubted = matched.doubted.select("person_id", _doubted=True)
    rows = rows.join(doubted, on="person_id", how="left", maintain_order="left")
    assessed = known.persons.rename({"household_id": "_assessed"})
    rows = rows.join(assessed, on="person_id", how="left", maintain_order="left")
    linked = pl.col("person_id").is_not_null()
    rows = rows.with_columns(
        _again=linked & (pl.col("person_id").cum_count().over("person_id") > 1),
        household_id=pl.coalesce("_assessed", "_home"),
        village=pl.coalesce("village", "_lives"),
    )
    reason = _reason().alias("reason")
    rows = rows.with_columns(reason).with_columns(place=_place())
    tier = (
        pl.when(pl.col("place") == "covered")
        .then("held_tier")
        .when(pl.col("place") == "new")
        .then("person_tier")
    )
    return rows.with_columns(tier=tier)


def held(received: Received, matched: Matched) -> pl.DataFrame:
    """Who is in the base: ``person_id``, ``held_tier`` (the deepest if several), ``held_since``, ``base_household``."""
    rows = received.base.select("row_id", "household_number", "programme", "since").join(
        matched.base.select("row_id", "person_id", "zone"), on="row_id"
    )
    person = pl.when(pl.col("zone") == "link").then("person_id").when(pl.col("zone") == "none").then(
        pl.lit(ONLY_IN_BASE) + pl.col("row_id")
    )  # fmt: skip
    rank = pl.col("held_tier").replace_strict(
        {tier: place for place, tier in enumerate(TIERS)}, return_dtype=pl.Int64()
    )
    return (
        rows.with_columns(person_id=person, held_tier=pl.col("programme").replace(TIER_OF_PROGRAMME))
        .drop_nulls("person_id")
        .sort(rank, "since")
        .unique("person_id", keep="first", maintain_order=True)
        .select("person_id", "held_tier", held_since="since", base_household="household_number")
    )


def _reason() -> pl.Expr:
    """The first that applies. Death and moving away come before what the base says: such an entry is to be ended, not counted."""
    tier, only_in_base = pl.col("person_tier"), pl.col("person_id").str.starts_with(ONLY_IN_BASE)
    steps = (
        (pl.col("zone") == "review", "match_in_review"),
        (pl.col("zone") == "none", "not_found"),
        (pl.col("_again"), "same_person"),
        (pl.col("state") == "died", "died"),
        (pl.col("state") == "left", "left"),
        (pl.col("held_tier").is_not_null(), "in_base"),
        (pl.col("_doubted").fill_null(False), "base_in_review"),
        (only_in_base, "not_found"),
        (pl.col("state") == "unplaced", "unplaced"),
        (pl.col("_assessed").is_null(), "set_aside"),
        (tier.is_null(), "fact_missing"),
        (tier != "none", "qualifies"),
        (pl.col("not_counted"), "not_counted"),
        (pl.col("urgent").is_null(), "fact_missing"),
        (pl.col("urgent"), "urgent"),
    )
    found: pl.Expr = pl.lit("below")
    for condition, reason in reversed(steps):
        found = pl.when(condition).then(pl.lit(reason)).otherwise(found)
    return found


def _place() -> pl.Expr:
    places = {"in_base": "covered", "qualifies": "new", "below": "exit", "same_person": "repeated"}
    return pl.col("reason").replace_strict(places, default="open", return_dtype=pl.String())
