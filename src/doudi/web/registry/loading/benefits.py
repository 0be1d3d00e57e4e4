"""What departments say was paid, linked to persons, one row for each payment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

import polars as pl

from doudi.feeds import contract, current, history
from doudi.feeds.contract_model import STATE, WITHDRAWN
from doudi.feeds.store import CHINA
from doudi.web.registry.loading.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Paid:
    """How a feed tells a payment: its columns for programme (or the programme itself), month and sum.

    ``names``: what the values of the column of the programme are called; ``always`` for all others.
    ``each``: columns of which one combination is one payment, where several rows tell of it, as a roll does for members.
    """

    amount: str
    month: str
    programme: str | None = None
    always: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    each: tuple[str, ...] = ("row_id",)


VISITS = {"inpatient": "inpatient_aid", "outpatient": "outpatient_aid", "chronic": "outpatient_aid"}
FEEDS = {
    "aid_roll": Paid("monthly", "period", "programme", each=("household_number", "programme", "period")),
    "disability_subsidies": Paid("amount", "month", "subsidy"),
    "elder_allowances": Paid("amount", "month", always="elder"),
    "children_support": Paid("monthly", "period", "scheme"),
    "temporary_aid": Paid("amount", "granted_on", always="temporary"),
    "medical_settlement": Paid("aid_paid", "settled_on", "visit", "medical", VISITS),
}
SCHEMA = {
    "person_id": pl.String, "programme": pl.String, "month": pl.Date, "amount": pl.Int64, "source": pl.String,
    "row": pl.String,
}  # fmt: skip


def benefits(evidence: Evidence, store: Path, day: date) -> pl.DataFrame:
    """``person_id``, ``programme``, ``month`` (its first day), ``amount`` (fen), ``source``, ``row``.

    Rows whose person is not linked for certain are not told: nobody's payment is shown to another.

    Raises:
        FeedError: the store cannot be read.
    """
    found = [_of(evidence, store, feed, how, day) for feed, how in FEEDS.items()]
    return pl.concat([pl.DataFrame(schema=SCHEMA), *found]).sort("source", "row", "programme")


def _of(evidence: Evidence, store: Path, feed: str, how: Paid, day: date) -> pl.DataFrame:
    links = evidence.folder / "links" / f"{feed}.parquet"
    if not links.exists():
        return pl.DataFrame(schema=SCHEMA)
    whose = pl.scan_parquet(links).filter((pl.col("zone") == "link") & (pl.col("part") == "person"))
    month = pl.col(how.month)
    first = month.dt.truncate("1mo") if how.month.endswith("_on") else (month + "-01").str.to_date()
    rows = current(store, feed, day).join(whose.select("row_id", "person_id"), on="row_id")
    if how.month == "period":
        rows = pl.concat([rows, _earlier(evidence, store, feed, day)], how="diagonal")
    paid = (
        rows.filter(pl.col(how.amount) > 0).sort("row_id").unique(how.each, keep="first", maintain_order=True)
    )
    return paid.select(
        "person_id",
        programme=programme_told(how),
        month=first,
        amount=(pl.col(how.amount).cast(pl.Decimal(18, 2)) * 100).cast(pl.Int64),
        source=pl.lit(feed),
        row="row_id",
    ).collect()


def programme_told(how: Paid) -> pl.Expr:
    """Of which programme a row of the feed tells."""
    if not how.programme:
        return pl.lit(how.always)
    column = pl.col(how.programme)
    return (
        column.replace_strict(how.names, default=how.always, return_dtype=pl.String) if how.names else column
    )


def _earlier(evidence: Evidence, store: Path, feed: str, day: date) -> pl.LazyFrame:
    """The rows of earlier rolls: a roll tells one month, and a month that was paid stays paid when the next roll comes.

    Only the newest roll is linked; of an earlier one a row is somebody's whose number and name are just the same.
    """
    moment = datetime.combine(day + timedelta(days=1), time(), CHINA)
    rows = history(store, feed).filter(pl.col("received_at") < moment)
    rows = rows.unique(list(contract(feed).superseding_key), keep="last", maintain_order=True)
    rows = rows.filter(pl.col(STATE).ne_missing(WITHDRAWN))
    newest = current(store, feed, day).select("period").unique()
    people = evidence.people.lazy().select("person_id", "id_number", "name").drop_nulls()
    return rows.join(newest, on="period", how="anti").join(people, on=["id_number", "name"])
