"""Households behind registers that know only members: which of our households a register's group, or its members, belong to."""

from __future__ import annotations

import polars as pl

from doudi.linkage.prepare import checked


def households_found(links: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
    """For each of our households with linked members: ``household_id``, ``members``, ``members_found`` and ``share``.

    ``links`` are those of a linkage, ``persons`` have person_id and household_id. A person whom several rows name counts once.
    """
    ours = _members(persons)
    found = _linked(links).select("person_id").unique().join(ours, on="person_id")
    counts = ours.group_by("household_id").agg(members=pl.len())
    return (
        found.group_by("household_id")
        .agg(members_found=pl.len())
        .join(counts, on="household_id")
        .select("household_id", "members", "members_found", share=pl.col("members_found") / pl.col("members"))
        .sort("household_id")
    )


def link_groups(
    links: pl.DataFrame, groups: pl.DataFrame, persons: pl.DataFrame, *, least_share: float = 0.5
) -> pl.DataFrame:
    """Which household each group of rows is, where a register groups its members by a number of its own.

    ``groups`` has row_id and group_id. One line for each group: ``group_id``, ``rows``, ``rows_linked``, ``household_id`` (the
    household of most linked members), ``in_household`` (how many of them), ``members`` (of that household), ``zone`` and ``why``:

    - ``link``: all linked members are of one household, and these are at least ``least_share`` of the group's rows;
    - ``review``: ``several_households``, or ``few_linked``;
    - ``none``: no member is linked.

    Raises:
        LinkageError: ``groups`` lacks a column.
    """
    rows = checked(groups, "row_id", ["group_id"], ()).rename({"unique_id": "row_id"})
    ours = _members(persons)
    linked = rows.join(_linked(links), on="row_id", how="left").join(ours, on="person_id", how="left")
    counts = linked.group_by("group_id").agg(
        rows=pl.len(),
        rows_linked=pl.col("person_id").count(),
        households=pl.col("household_id").drop_nulls().n_unique(),
    )
    most = (
        linked.drop_nulls("household_id")
        .group_by("group_id", "household_id")
        .agg(in_household=pl.col("person_id").n_unique())
        .sort("group_id", "in_household", "household_id", descending=[False, True, False])
        .unique("group_id", keep="first", maintain_order=True)
        .join(ours.group_by("household_id").agg(members=pl.len()), on="household_id")
    )
    why = (
        pl.when(pl.col("households") == 0).then(pl.lit("nobody_linked"))
        .when(pl.col("households") > 1).then(pl.lit("several_households"))
        .when(pl.col("rows_linked") < least_share * pl.col("rows")).then(pl.lit("few_linked"))
    )  # fmt: skip
    zone = (
        pl.when(pl.col("why").is_null())
        .then(pl.lit("link"))
        .when(pl.col("households") == 0)
        .then(pl.lit("none"))
    )
    return (
        counts.join(most, on="group_id", how="left")
        .with_columns(why=why)
        .with_columns(zone=zone.otherwise(pl.lit("review")))
        .select("group_id", "rows", "rows_linked", "household_id", "in_household", "members", "zone", "why")
        .sort("group_id")
    )


def supported_by_group(links: pl.DataFrame, groups: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
    """Rows in review whose candidate lives in the household that the rest of their group was linked to.

    Columns: row_id, person_id, household_id. A hint for whoever decides; it links nothing by itself.
    """
    households = link_groups(links, groups, persons, least_share=0).filter(pl.col("zone") == "link")
    review = (
        links.filter(pl.col("zone") == "review")
        .select("row_id", "person_id")
        .join(_members(persons), on="person_id")
    )
    grouped = groups.select(pl.col("row_id").cast(pl.String), pl.col("group_id").cast(pl.String))
    known = households.select(pl.col("group_id").cast(pl.String), "household_id")
    return (
        review.join(grouped, on="row_id")
        .join(known, on=["group_id", "household_id"])
        .select("row_id", "person_id", "household_id")
    )


def _linked(links: pl.DataFrame) -> pl.DataFrame:
    return links.filter(pl.col("zone") == "link").select("row_id", "person_id")


def _members(persons: pl.DataFrame) -> pl.DataFrame:
    return persons.select(
        pl.col("person_id").cast(pl.String), pl.col("household_id").cast(pl.String)
    ).drop_nulls()
