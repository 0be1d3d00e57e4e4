"""Whose row is it, for all feeds at once: what rows say of who they are about is looked at once however many say it.

A saying is number, name, sex, birth date and village as written. Most sayings agree with a standing person in number and
name; then the rest of them does not matter, and all are looked at as one. Outcomes are kept in ``links/``: the folder of
:func:`doudi.linkage.link_into`, whose rows are the sayings, and ``<feed>.parquet`` with every row of the feed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path

import polars as pl

from doudi.evidence.asked import Asked
from doudi.evidence.namings import WHO, facts_in, naming, parts_of
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


def load_libraries() -> None:
    """Load what linkage stands on, so that it need not be waited for when it is wanted."""
    for name in ("pyarrow", "pypinyin", "doudi.linkage.scoring"):
        import_module(name)


def gather(store: Path, day: date, asked: Asked, rows: Rows) -> pl.DataFrame:
    """Lay down the rows of a feed as they were known on the day; of monthly payments only those of the window. What they say
    of people, as written, each once: the columns of :data:`WHO`.

    Raises:
        FeedError: the feed cannot be read.
    """
    made = asked.contract
    table = current(store, made.name, day)
    if made.period_field == "month" and asked.window:
        first, last = asked.window[0], asked.window[-1]
        table = table.filter(pl.col("period").is_between(pl.lit(first), pl.lit(last)))
    path = rows.named(made.name)
    table.select("row_id", "period", "received_at", *made.fields).sink_parquet(path, **_COMPRESSION)  # type: ignore[call-overload]
    parts = [pl.scan_parquet(path).select(**naming(part, made)).unique() for part in parts_of(made.name)]
    return pl.concat(parts).collect()


def sayings(told: Iterable[pl.DataFrame], people: pl.DataFrame) -> pl.DataFrame:
    """Every saying once: the columns of :data:`WHO` as written, ``mention`` its key, and ``exact``: number and name are
    those of one of the ``people``, so that the mention is made of these alone."""
    said = pl.concat(told).unique()
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
    """The sayings, in their order, with what became of each, and the persons (``mention``, ``person_id``) whom those in review may be about.
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
    return said.join(outcome, on="mention", how="left", maintain_order="left"), doubts.sort(
        "mention", "person_id"
    )


def places(rows: Rows, asked: Asked, said: pl.DataFrame) -> pl.DataFrame:
    """Which saying each row of a feed makes: its place among ``said`` in a column for each part, null where a row names
    nobody in it."""
    made = asked.contract
    named = pl.scan_parquet(rows.named(made.name))
    numbered = said.lazy().select(*WHO).with_row_index("place")
    return pl.concat(
        [
            named.select(**naming(part, made))
            .join(numbered, on=list(WHO), how="left", nulls_equal=True, maintain_order="left")
            .select(pl.col("place").alias(part.name))
            .collect()
            for part in parts_of(made.name)
        ],
        how="horizontal",
    )


def settle(asked: Asked, rows: Rows, placed: pl.DataFrame, said: pl.DataFrame, links: Path) -> pl.DataFrame:
    """Write ``links/<feed>.parquet`` and the rows with their persons; how many namings came to each outcome, by part.

    ``placed``: as :func:`places` finds it. Columns of the result: ``part``, ``zone``, ``len``.
    """
    feed = asked.contract.name
    named = pl.scan_parquet(rows.named(feed))
    keys = named.select("row_id").collect()
    linked = [named.select("row_id", "period", "received_at", *facts_in(asked.contract))]
    every = []
    for part in placed.columns:
        found = said.select(pl.col(name).gather(placed[part]) for name in _OUTCOME)
        every.append(keys.with_columns(pl.lit(part).alias("part"), *found).filter(placed[part].is_not_null()))
        sure = pl.when(pl.col("zone") == "link")
        linked.append(
            found.lazy().select(
                sure.then("person_id").alias(part), sure.then("probability").alias(f"{part}_p")
            )
        )
    pl.concat(linked, how="horizontal").sink_parquet(rows.linked(feed), **_COMPRESSION)  # type: ignore[call-overload]
    rows.named(feed).unlink()
    whole = pl.concat(every).sort("row_id", "part")
    whole.write_parquet(links / f"{feed}.parquet", **_COMPRESSION)  # type: ignore[arg-type]
    return whole.group_by("part", "zone").len()
