"""Who a person is and with whom they live, as the population of the day has it; and whether they are married."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from doudi.evidence.ground import Ground, telling
from doudi.evidence.schema import REGISTRY

_MARRIED = {"marriage": "married", "renewed": None, "divorce": "divorced", "annulled": "single"}


def household_id(ground: Ground) -> list[pl.LazyFrame]:
    """所属家庭: of the day."""
    return [_of_the_day(ground, "household_id")]


def relation(ground: Ground) -> list[pl.LazyFrame]:
    """与户主关系: of the day, after a change of head."""
    return [_of_the_day(ground, "relation")]


def born(ground: Ground) -> list[pl.LazyFrame]:
    """出生日期: as the registry, or whoever told of a newcomer, has it."""
    return [_of_the_day(ground, "born")]


def sex(ground: Ground) -> list[pl.LazyFrame]:
    """性别: likewise."""
    return [_of_the_day(ground, "sex")]


def _of_the_day(ground: Ground, column: str) -> pl.LazyFrame:
    people = ground.people.present.lazy()
    return people.filter(pl.col(column).is_not_null()).select(
        subject_id="person_id", value=pl.col(column).cast(pl.String), source="source", row_ids="row_ids",
        period=pl.lit(None, pl.String), received_at=pl.lit(None, pl.Datetime("us", "UTC")), since="since",
        confidence="confidence", rule=pl.lit(None, pl.String),
    )  # fmt: skip


def marital(ground: Ground) -> list[pl.LazyFrame]:
    """婚姻状况: by the last marriage or divorce, by the death of the spouse, by the booklet."""
    meaning = {event: state for event, state in _MARRIED.items() if state}
    parts = [
        ground.of("marriages", part).select("person_id", "row_id", "period", "received_at", "confidence", "event", "registered_on")
        for part in ("man", "woman")
    ]  # fmt: skip
    rows = pl.concat(parts).filter(pl.col("event").is_in(list(meaning)))
    state = pl.col("event").replace_strict(meaning, return_dtype=pl.String)
    day = pl.col("registered_on")
    booklet = ground.of("residents")
    written = pl.when(pl.col("marital") != "unknown").then(pl.col("marital"))
    return [
        telling(rows, "marriages", state, day, by=[day]),
        _widowed(ground),
        telling(booklet, "residents", written, by=[pl.col("received_at")]),
    ]


def _widowed(ground: Ground) -> pl.LazyFrame:
    """Heads whose spouse died and spouses whose head died: one marriage a household, while both were in it."""
    couple = pl.col("relation").is_in(["head", "spouse"])
    before = ground.registry.identities.lazy().filter(couple).select("person_id", "household_id", "relation")
    died = ground.people.everyone.lazy().filter(pl.col("state") == "died").select(
        "person_id", "ended_on", "source", "row_ids", "confidence"
    )  # fmt: skip
    gone = (
        before.join(died, on="person_id").filter(pl.col("source") != REGISTRY).rename({"person_id": "gone"})
    )
    left = before.join(gone, on="household_id", suffix="_gone").filter(
        pl.col("relation") != pl.col("relation_gone")
    )
    left = left.join(ground.people.present.lazy().select("person_id"), on="person_id", how="semi")
    return left.sort("person_id", "ended_on").unique("person_id", keep="last", maintain_order=True).select(
        subject_id="person_id", value=pl.lit("widowed"), source=pl.lit("deaths"), row_ids="row_ids",
        period=pl.lit(None, pl.String), received_at=pl.lit(None, pl.Datetime("us", "UTC")), since="ended_on",
        confidence="confidence", rule=pl.lit(None, pl.String),
    )  # fmt: skip


TELLERS: Mapping[tuple[str, str], Callable[[Ground], list[pl.LazyFrame]]] = {
    ("person", rule.__name__): rule for rule in (household_id, relation, born, sex, marital)
}
