"""Whose row is it, for all feeds at once: what rows say of who they are about is looked at once however many say it.

A saying is number, name, sex, birth date and village as written. Most sayings agree with a standing person in number and
name; then the rest of them does not matter, and all are looked at as one. Outcomes are kept in ``links/``: the folder of
:func:`doudi.linkage.link_into`, whose rows are the sayings, and ``<feed>.parquet`` with every row of the feed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from doudi.evidence.asked import Asked
from doudi.evidence.namings import WHO, Part, facts_in, naming, parts_of
from doudi.feeds import current

_OUTCOME = ("person_id", "zone", "by", "why", "probability", "mention")
_OFTEN_LEFT_OUT = ("sex", "born", "village")
_COMPRESSION = {"compression": "zstd", "compression_level": 1}


@dataclass(frozen=True, slots=True)
class Rows:
    """Where the rows of the feeds lie while a build works: as known on the day, later with the persons they are about."""

    folder: Path

    def named(self, feed: str) -> Path:
        """The rows with the names and numbers of people."""
        return self.folder / f"{feed}.named.parquet"

    def linked(self, feed: str) -> Path:
        """The rows with a column ``<part>`` for each person linked and ``<part>_p`` for the probability; without names."""
        return self.folder / f"{feed}.parquet"


def gather(store: Path, day: date, asked: Mapping[str, Asked], rows: Rows, feeds: list[str]) -> None:
    """Lay down the rows of the feeds as they were known on the day; of monthly payments only those of the window.

    Raises:
        FeedError: a feed cannot be read.
    """
    for feed in feeds:
        made = asked[feed].contract
        table = current(store, feed, day)
        window = asked[feed].window
        if made.period_field == "month" and window:
            table = table.filter(pl.col("period").is_between(pl.lit(window[0]), pl.lit(window[-1])))
        columns = ["row_id", "period", "received_at", *made.fields]
        table.select(columns).sink_parquet(rows.named(feed), **_COMPRESSION)  # type: ignore[call-overload]


def sayings(rows: Rows, feeds: list[str], asked: Mapping[str, Asked], people: pl.DataFrame) -> pl.DataFrame:
    """Every saying once: the columns of :data:`WHO` as written, ``mention`` its key, and ``exact``: number and name are
    those of one of the ``people``, so that the mention is made of these alone."""
    parts = [
        pl.scan_parquet(rows.named(feed)).select(**naming(part, asked[feed].contract)).unique()
        for feed in feeds
        for part in parts_of(feed)
    ]
    said = pl.concat([part.collect() for part in parts]).unique()
    said = said.filter(pl.any_horizontal(pl.col("id_number", "name").is_not_null()))
    known = people.select("id_number", "name", exact=True).drop_nulls().unique()
    said = said.join(known, on=["id_number", "name"], how="left").with_columns(
        pl.col("exact").fill_null(False)
    )
    shown = [
        pl.when("exact").then(None).otherwise(pl.col(name)).alias(name)
        if name in _OFTEN_LEFT_OUT
        else pl.col(name)
        for name in WHO
    ]
    keys = said.select(pl.concat_str([each.fill_null("") for each in shown], separator="\x1f")).to_series()
    digests = [hashlib.sha256(key.encode()).hexdigest()[:24] for key in keys.to_list()]
    return said.with_columns(mention=pl.Series(digests, dtype=pl.String)).sort(*WHO)


def link_sayings(
    folder: Path, said: pl.DataFrame, people: pl.DataFrame, decisions: pl.DataFrame | None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The sayings with what became of each, and the persons (``mention``, ``person_id``) whom those in review may be about.
    What was looked at in an earlier build is not looked at again, unless the comparisons have changed since.

    Raises:
        LinkageError: the folder or the decisions are at fault.
    """
    from doudi.linkage import link_into, made_otherwise, read_config

    whole = pl.col("exact").not_()
    mentions = (
        said.select(
            "mention", "id_number", "name",
            *(pl.when(whole).then(pl.col(name)).alias(name) for name in _OFTEN_LEFT_OUT),
        )
        .unique("mention")
        .sort("mention")
        .rename({"mention": "row_id"})
    )  # fmt: skip
    config = read_config()
    run = link_into(
        folder, mentions, people.select("person_id", *WHO), config,
        decisions=decisions, anew=made_otherwise(folder, config),
    )  # fmt: skip
    outcome = run.linkage.links.rename({"row_id": "mention"}).select(*_OUTCOME)
    doubtful = outcome.filter(pl.col("zone") == "review").select("mention")
    doubts = run.linkage.candidates.select("person_id", mention="row_id").join(
        doubtful, on="mention", how="semi"
    )
    return said.join(outcome, on="mention", how="left"), doubts.sort("mention", "person_id")


def settle(feed: str, asked: Asked, rows: Rows, said: pl.DataFrame, links: Path) -> pl.DataFrame:
    """Write ``links/<feed>.parquet`` and the rows with their persons; how many namings came to each outcome, by part.

    Columns of the result: ``part``, ``zone``, ``len``.
    """
    named = pl.scan_parquet(rows.named(feed))
    table = named.select("row_id", "period", "received_at", *facts_in(asked.contract))
    every = []
    for part in parts_of(feed):
        found = _outcomes(named, part, asked, said)
        every.append(found)
        linked = found.lazy().filter(pl.col("zone") == "link")
        table = table.join(
            linked.select("row_id", pl.col("person_id").alias(part.name), pl.col("probability").alias(f"{part.name}_p")),
            on="row_id", how="left", maintain_order="left",
        )  # fmt: skip
    table.sink_parquet(rows.linked(feed), **_COMPRESSION)  # type: ignore[call-overload]
    rows.named(feed).unlink()
    whole = pl.concat(every).sort("row_id", "part")
    whole.write_parquet(links / f"{feed}.parquet", **_COMPRESSION)  # type: ignore[arg-type]
    return whole.group_by("part", "zone").len()


def _outcomes(named: pl.LazyFrame, part: Part, asked: Asked, said: pl.DataFrame) -> pl.DataFrame:
    """The rows that name someone in this part, with the outcome of what they say."""
    said_here = naming(part, asked.contract)
    keys = named.select("row_id", **said_here).filter(
        pl.any_horizontal(pl.col("id_number", "name").is_not_null())
    )
    found = keys.join(said.lazy().select(*WHO, *_OUTCOME), on=list(WHO), how="left", nulls_equal=True)
    return found.select("row_id", pl.lit(part.name).alias("part"), *_OUTCOME).collect()
