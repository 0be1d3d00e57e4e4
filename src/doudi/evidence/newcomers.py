"""People whom departments name and the registry does not have: newborn children, and those who moved in.

Only a right identity number that nobody in the registry has makes a newcomer, never a likeness of names.
"""

from __future__ import annotations

import hashlib

import polars as pl

from doudi.evidence.linking import Rows
from doudi.evidence.namings import SELF, WHO, naming
from doudi.feeds import contract
from doudi.linkage.ids import with_ids

FEEDS = ("residents", "births", "moves")
"""Feeds that tell of newcomers; who stands in several is taken from the first."""


def newcomers(rows: Rows, feeds: list[str], identities: pl.DataFrame) -> pl.DataFrame:
    """``person_id`` and the columns of :data:`~doudi.evidence.namings.WHO` of each newcomer.

    Left out are those who share name and birth date with someone whose number the registry does not know rightly: that may
    be the same person, which linkage leaves to people.
    """
    parts = [
        _named(rows, feed).with_columns(rank=pl.lit(place))
        for place, feed in enumerate(FEEDS)
        if feed in feeds
    ]
    if not parts:
        return pl.DataFrame(schema=dict.fromkeys(("person_id", *WHO), pl.String) | {"born": pl.Date})
    ours = with_ids(identities.select("id_number", "name", "born"))
    found = with_ids(pl.concat(parts).collect()).filter("id_verified")
    found = found.join(ours.select("id").drop_nulls(), on="id", how="anti")
    doubtful = ours.filter(~pl.col("id_verified")).select("name", born=pl.coalesce("born", "id_born"))
    found = found.with_columns(born=pl.coalesce(pl.col("born").str.to_date(strict=False), "id_born"))
    found = found.join(doubtful.unique(), on=["name", "born"], how="anti")
    found = found.sort("id", "rank", "row_id").unique("id", keep="first", maintain_order=True)
    ids = ["n" + hashlib.sha256(number.encode()).hexdigest()[:15] for number in found["id"].to_list()]
    return found.select(pl.Series("person_id", ids, pl.String), *WHO)


def _named(rows: Rows, feed: str) -> pl.LazyFrame:
    named = pl.scan_parquet(rows.named(feed))
    if feed == "moves":
        named = named.filter(pl.col("direction") == "in")
    return named.select("row_id", **naming(SELF, contract(feed)))
