"""What is known of hardship: custody, damage by disasters, the list against return to poverty."""

from __future__ import annotations

from datetime import date

import polars as pl

from doudi.feeds.synthetic.county import County, later

_CUSTODY = ("prison", "detox", "pretrial")
_DISASTERS = ("flood", "wind_hail", "geological", "drought")
_TERM = "3y"


def custody(county: County) -> pl.DataFrame:
    """People in custody, those who were so before the letters begin included, and their release."""
    spells = county.world["absences"].filter(pl.col("absence").is_in(_CUSTODY))
    spells = spells.sort("person_id", "since", nulls_last=False)
    lag = county.delay("custody reported", spells["person_id"], 2, 8, 40)
    began = pl.coalesce("since", pl.lit(county.world.begins))
    spells = spells.with_columns(
        custody_number="JG" + began.dt.strftime("%Y%m%d") + county.number(spells["person_id"]), since=began,
        who_id_number="person_id", _lag=lag,
    )  # fmt: skip
    taken = spells.with_columns(
        reported_on=pl.max_horizontal(later("since", "_lag"), pl.lit(county.since)),
        until=pl.col("since").dt.offset_by(_TERM),
    )
    freed = spells.filter(pl.col("until").is_not_null()).with_columns(
        reported_on=later("until", "_lag"), absence=pl.lit("released")
    )
    still = (freed.select("custody_number", _freed="reported_on"),)
    taken = taken.join(still[0], on="custody_number", how="left")
    taken = taken.filter(pl.col("_freed").is_null() | (pl.col("_freed") > pl.col("reported_on"))).drop(
        "_freed"
    )
    rows = pl.concat([taken, freed.select(taken.columns)])
    return rows.with_columns(known_on="reported_on").filter(pl.col("reported_on") >= county.since)


def disaster(county: County) -> pl.DataFrame:
    """Damage by fire and by forces of nature, reported for the head of the household."""
    rows = county.world["incidents"].filter(pl.col("kind").is_in(["fire", "disaster"])).sort("incident_id")
    kind = pl.Series(_DISASTERS).gather(county.stream("disaster").integers(0, len(_DISASTERS), rows.height))
    rows = county.sizes(county.heads(rows, "day"), "day")
    rows = rows.join(county.homes.select("household_id", "village"), on="household_id", how="left")
    rows = rows.with_columns(who_id_number=pl.coalesce("head", "person_id"))
    lag = county.delay("damage reported", rows["who_id_number"], 1, 3, 14)
    return rows.with_columns(
        report_number="ZQ" + pl.col("incident_id"), happened_on="day", persons="size",
        disaster=pl.when(pl.col("kind") == "fire").then(pl.lit("fire")).otherwise(kind),
        reported_on=later("day", lag),
    ).with_columns(known_on="reported_on").filter(pl.col("who_id_number").is_not_null())  # fmt: skip


def monitoring_list(county: County, day: date) -> pl.DataFrame:
    """Households watched against return to poverty, those whose risk was removed included."""
    listed = county.world["monitored"].filter(pl.col("since").is_null() | (pl.col("since") <= day))
    listed = listed.sort("household_id", "since", nulls_last=False).unique(
        "household_id", keep="last", maintain_order=True
    )
    removed = (pl.col("until") <= day).fill_null(False)
    listed = listed.with_columns(
        household_number="NH" + pl.col("household_id"), risk_removed=removed,
        identified_on=pl.coalesce("since", pl.lit(county.world.begins)), removed_on=pl.when(removed).then("until"),
    )  # fmt: skip
    members = county.living_together(day).select("household_id", "person_id", "relation")
    rows = listed.join(members, on="household_id", maintain_order="left_right")
    rows = rows.join(county.homes.select("household_id", "village"), on="household_id", how="left")
    return rows.with_columns(who_id_number="person_id")
