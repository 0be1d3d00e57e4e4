"""The joint review in three levels (三级联审) as data: opinions of village, township and county, and what is decided.

The machine proposes; a person of the county decides. A level speaks after the one below it, nobody speaks at two levels, and
whoever wants it otherwise says where the person belongs and why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

LEVELS = {"village": ("村级", "village"), "township": ("乡级", "township"), "county": ("县级", "county")}
OPINIONS = {
    "agree": ("同意", "agrees"),
    "change": ("改为", "wants it otherwise"),
    "return": ("退回", "sends it back"),
}
CHANGED_TO = ("new", "exit", "open")
STATES = {
    "settled": ("已在库，不需审核", "covered already, nothing to review"),
    "proposed": ("待村级评议", "waits for the village"),
    "village": ("待乡级审核", "waits for the township"),
    "township": ("待县级决定", "waits for the county"),
    "decided": ("已决定", "decided"),
    "returned": ("已退回", "sent back"),
}  # fmt: skip
FIELDS = {
    "opinion": "意见", "place": "改归类", "tier": "改类别", "by": "签字人", "on": "日期", "note": "理由",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one level says of one person."""

    level: str
    opinion: str
    place: str
    tier: str
    by: str
    on: date
    note: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the review of a person stands. ``place`` and ``tier``: what is in force: the proposal until the county decides."""

    state: str
    place: str
    tier: str | None
    by: str | None = None
    on: date | None = None


def column(level: str, field: str) -> str:
    """The heading of a field of a level in the file of opinions: ``村级意见``."""
    return f"{LEVELS[level][0]}{FIELDS[field]}"


HEADINGS = tuple(column(level, field) for level in LEVELS for field in FIELDS)


def to_review(rows: pl.DataFrame) -> pl.DataFrame:
    """The persons whom the review is about: all but those covered already and repeated rows, by village and household."""
    return rows.filter(pl.col("place").is_in(CHANGED_TO)).sort(
        "village", "household_number", "row_id", nulls_last=True, maintain_order=True
    )


def standing_of(place: str, tier: str | None, opinions: Sequence[Opinion]) -> Standing:
    """Where a person's review stands after these opinions, in the order of the levels."""
    if place not in CHANGED_TO:
        return Standing("settled", place, tier)
    state, wanted = "proposed", (place, tier)
    for one in opinions:
        if one.opinion == "return":
            return Standing("returned", place, tier)
        if one.opinion == "change":
            wanted = (one.place, one.tier or None)
        state = one.level
    if state == "county":
        last = opinions[-1]
        return Standing("decided", wanted[0], wanted[1], last.by, last.on)
    return Standing(state, place, tier)


def with_standing(rows: pl.DataFrame, opinions: Mapping[str, tuple[Opinion, ...]]) -> pl.DataFrame:
    """The table with ``state``, ``standing`` (the place in force: ``open`` until decided for those in review), ``decided_place``,
    ``decided_tier``, ``decided_by``, ``decided_on``."""
    told = []
    for row, place, tier in rows.select("row_id", "place", "tier").iter_rows():
        one = standing_of(place, tier, opinions.get(row, ()))
        decided = one.state == "decided"
        in_force = one.place if decided or one.state == "settled" else "open"
        told.append(
            (row, one.state, in_force, *((one.place, one.tier, one.by, one.on) if decided else (None,) * 4))
        )
    schema = {
        "row_id": pl.String(), "state": pl.String(), "standing": pl.String(), "decided_place": pl.String(),
        "decided_tier": pl.String(), "decided_by": pl.String(), "decided_on": pl.Date(),
    }  # fmt: skip
    table = pl.DataFrame(told, schema=schema, orient="row")
    earlier = [name for name in schema if name != "row_id"]
    return rows.drop(earlier, strict=False).join(table, on="row_id", how="left", maintain_order="left")
