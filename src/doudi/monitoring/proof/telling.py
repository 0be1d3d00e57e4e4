"""By kind of urgent event: which departments tell of it, in which rows, and when the first of these came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl

from doudi.facts.vocabulary import engine_date
from doudi.monitoring.catalogue import catalogue
from doudi.monitoring.ground import Ground
from doudi.monitoring.night import date_of
from doudi.monitoring.rows import entity_of

TELLING: Mapping[str, tuple[tuple[str, str], ...]] = {
    "death_of_earner": (("deaths", "died_on"), ("cremation", "died_on")),
    "job_loss": (("employment", "happened_on"), ("unemployment_benefits", "month")),
    "illness": (("medical_settlement", "settled_on"),),
    "fire": (("disaster", "happened_on"),),
    "disaster": (("disaster", "happened_on"),),
    "accident": (),
    "crime": (),
}
"""The feeds whose rows tell of a kind of event, each with the field of its day; of accidents and crimes none does."""
FEEDS = frozenset(feed for pairs in TELLING.values() for feed, _day in pairs)
_NEAR = (3, 62)
"""A row tells of an event when its day lies at most so many days before, or after, that of the event."""
_BY_MONTH = frozenset({"unemployment_benefits"})
"""Feeds whose rows name a month, which is its first day."""
_SERIOUS = "medical_settlement_illness"
"""Only bills of an illness that the law names tell of the event."""


def telling_indicators(kind: str) -> set[str]:
    """The indicators that rest on a feed which tells of such an event."""
    feeds = {feed for feed, _day in TELLING[kind]}
    return {id for id, one in catalogue().indicators.items() if feeds & one.sources.keys()}


def told_rows(ground: Ground) -> dict[str, pl.DataFrame]:
    """By feed: ``household_id``, the ``day`` that a row is about and the one on which it came (``received_on``), as yyyymmdd."""
    ids = ground.homes.select("household_id").with_row_index("household").cast({"household": pl.Int32})
    tables = {}
    for feed, name in sorted({pair for pairs in TELLING.values() for pair in pairs}):
        entity = entity_of(feed)
        more = (_SERIOUS,) if feed == "medical_settlement" else ()
        rows = ground.rows(entity, (f"{entity}_{name}", *more))
        if rows is None:
            continue
        for column in more:
            rows = rows.filter(pl.col(column) > 0)
        tables[feed] = rows.join(ids, on="household").select(
            "household_id", "received_on", day=f"{entity}_{name}"
        )
    return tables


def first_told(event: Mapping[str, Any], rows: Mapping[str, pl.DataFrame]) -> date | None:
    """The day on which the first row came that tells of an event; None if none did."""
    low, high = (event["day"] + timedelta(days=days) for days in (-_NEAR[0], _NEAR[1]))
    came: list[int] = []
    for feed, _day in TELLING[event["event"]]:
        if feed in rows:
            since = low.replace(day=1) if feed in _BY_MONTH else low
            own = rows[feed].filter(
                pl.col("household_id") == event["household_id"],
                pl.col("day").is_between(engine_date(since), engine_date(high)),
            )
            came += own["received_on"].to_list()
    return date_of(min(came)) if came else None
