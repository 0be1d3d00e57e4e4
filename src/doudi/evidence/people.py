"""Who lives in which household on the day: the registry, and what births, deaths, cremations, moves and booklets change.

A death reported by several departments, or several times by one, is one death. Every change names its source and rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from doudi.evidence.asked import Asked
from doudi.evidence.linking import Rows
from doudi.evidence.registry import HOUSEHOLDS, Registry
from doudi.evidence.relations import born_to, with_heads
from doudi.evidence.schema import PEOPLE, REGISTRY

_CHANGE = ("source", "row_ids", "confidence")
_NO_ROWS = pl.lit([], dtype=pl.List(pl.String))


@dataclass(frozen=True, slots=True)
class Population:
    """``everyone``: the table of :data:`~doudi.evidence.schema.PEOPLE`; ``present``: those who live here, with ``area``;
    ``households``: the households that have members, as in the registry, with ``source`` and ``row_ids``."""

    everyone: pl.DataFrame
    present: pl.DataFrame
    households: pl.DataFrame


def population(
    registry: Registry, newcomers: pl.DataFrame, rows: Rows, asked: Mapping[str, Asked], day: date
) -> Population:
    """Everyone ever known and the households of the day. ``rows`` are linked."""
    booklets = _booklets(rows, registry.identities, day)
    known = _moved(_known(registry.identities), rows, booklets, day)
    people = pl.concat([known, _newcomers(newcomers, known, rows, booklets)], how="diagonal")
    people = _ended(people, _gone(people, rows, day))
    homes = _households(registry, people, booklets)
    placed = pl.col("household_id").is_in(homes["household_id"].implode())
    people = people.with_columns(
        household_id=pl.when(placed).then("household_id"),
        state=pl.when((pl.col("state") == "present") & ~placed.fill_null(False))
        .then(pl.lit("unplaced"))
        .otherwise("state"),
    )
    present = with_heads(_booklet_relations(people.filter(pl.col("state") == "present"), rows), day)
    rest = people.filter(pl.col("state") != "present")
    everyone = pl.concat([present, rest], how="diagonal").select(
        pl.col(name).cast(kind) for name, kind in PEOPLE.items()
    )
    lived_in = homes.join(present.select("household_id").unique(), on="household_id", how="semi")
    present = everyone.filter(pl.col("state") == "present").join(
        lived_in.select("household_id", "area"), on="household_id", how="left"
    )
    return Population(
        everyone.sort("person_id"), present.sort("household_id", "person_id"), lived_in.sort("household_id")
    )


def _known(identities: pl.DataFrame) -> pl.DataFrame:
    """The registry's own people; those whom it knows to have left are gone."""
    return identities.with_columns(
        state=pl.lit("present"),
        ended_on=pl.col("until"),
        source=pl.lit(REGISTRY),
        row_ids=_NO_ROWS,
        confidence=1.0,
    ).drop("until")


def _booklets(rows: Rows, identities: pl.DataFrame, day: date) -> pl.DataFrame:
    """Each booklet of the residents' register, its address, and ``home``: our household to which most of its people belong,
    or a new one (``new``) where they belong to none, or to two equally."""
    table = pl.read_parquet(rows.linked("residents")).filter(pl.col("booklet").is_not_null())
    ours = identities.select(person="person_id", household_id="household_id")
    votes = (
        _without_movers(table.join(ours, on="person"), rows, day).group_by("booklet", "household_id").len()
    )
    second = pl.col("len").get(1, null_on_oob=True)
    chosen = (
        votes.sort("booklet", "len", "household_id", descending=[False, True, False])
        .group_by("booklet", maintain_order=True)
        .agg(
            ours=pl.when(second.is_null() | (pl.col("len").first() > second)).then(
                pl.col("household_id").first()
            )
        )
    )
    found = (
        table.sort("row_id")
        .group_by("booklet", maintain_order=True)
        .agg(pl.col("area", "village", "address").drop_nulls().first(), home_rows=pl.col("row_id"))
        .join(chosen, on="booklet", how="left")
        .sort("booklet")
    )
    made = ["b" + hashlib.sha256(each.encode()).hexdigest()[:15] for each in found["booklet"].to_list()]
    return found.with_columns(
        home=pl.coalesce("ours", pl.Series(made, dtype=pl.String)), new=pl.col("ours").is_null()
    ).drop("ours")


def _without_movers(votes: pl.DataFrame, rows: Rows, day: date) -> pl.DataFrame:
    """People of booklets without those who moved into one from a household that others of another booklet still keep."""
    moves = _latest_moves(rows, day).filter(pl.col("direction") == "within")
    votes = votes.join(
        moves.select(person="person_id", booklet="booklet", moved=True), on=["person", "booklet"], how="left"
    ).with_columns(pl.col("moved").fill_null(False))
    kept = votes.filter(~pl.col("moved")).select("household_id", _elsewhere="booklet").unique()
    left = (
        votes.filter("moved").join(kept, on="household_id").filter(pl.col("_elsewhere") != pl.col("booklet"))
    )
    return votes.join(left.select("person").unique(), on="person", how="anti")


def _newcomers(
    newcomers: pl.DataFrame, known: pl.DataFrame, rows: Rows, booklets: pl.DataFrame
) -> pl.DataFrame:
    """Newcomers in the household of mother or father, else in that of their booklet."""
    ours = known.select("person_id", "household_id", "relation")
    births = pl.scan_parquet(rows.linked("births")).filter(pl.col("person").is_not_null()).collect()
    for parent in ("mother", "father"):
        births = births.join(
            ours.rename({"person_id": parent, "household_id": f"{parent}_home", "relation": f"{parent}_is"}),
            on=parent, how="left",
        )  # fmt: skip
    born = births.select(
        person_id="person", household_id=pl.coalesce("mother_home", "father_home"),
        relation=born_to(pl.when(pl.col("mother_home").is_not_null()).then("mother_is").otherwise("father_is")),
        since="born", source=pl.lit("births"), row_ids=pl.concat_list("row_id"),
        confidence=pl.min_horizontal("person_p", pl.coalesce("mother_p", "father_p")), booklet="booklet", rank=0,
    )  # fmt: skip
    homes = booklets.select("booklet", "home")
    parts = [born.filter(pl.col("household_id").is_not_null()).drop("booklet")]
    parts.append(born.join(homes, on="booklet").with_columns(household_id="home", relation=pl.lit("other"), rank=3)
                 .drop("booklet", "home"))  # fmt: skip
    for feed, since, relation, rank in (("residents", pl.lit(None), pl.col("relation"), 1),
                                        ("moves", pl.col("moved_on"), pl.lit("other"), 2)):  # fmt: skip
        table = (
            pl.read_parquet(rows.linked(feed))
            .filter(pl.col("person").is_not_null())
            .join(homes, on="booklet")
        )
        parts.append(table.select(
            person_id="person", household_id="home", relation=relation.fill_null("other"), since=since.cast(pl.Date),
            source=pl.lit(feed), row_ids=pl.concat_list("row_id"), confidence="person_p", rank=pl.lit(rank),
        ))  # fmt: skip
    told = pl.concat(parts, how="vertical_relaxed").sort("person_id", "rank", "row_ids")
    told = told.unique("person_id", keep="first", maintain_order=True).drop("rank")
    return newcomers.join(told, on="person_id", how="left").with_columns(
        relation=pl.col("relation").fill_null("other"), state=pl.lit("present"),
        source=pl.col("source").fill_null("residents"), row_ids=pl.col("row_ids").fill_null(_NO_ROWS),
        ended_on=pl.lit(None, pl.Date),
    )  # fmt: skip


def _moved(people: pl.DataFrame, rows: Rows, booklets: pl.DataFrame, day: date) -> pl.DataFrame:
    """People who moved within the county, in the household of the booklet into which they moved."""
    moves = _latest_moves(rows, day).filter(pl.col("direction") == "within")
    moves = moves.join(booklets.select("booklet", "home"), on="booklet").select(
        "person_id",
        "home",
        moved_on="moved_on",
        _source=pl.lit("moves"),
        _rows=pl.concat_list("row_id"),
        _p="person_p",
    )
    people = people.join(moves, on="person_id", how="left")
    later = pl.col("since").is_null() | (pl.col("since") < pl.col("moved_on"))
    moved = (later & (pl.col("home") != pl.col("household_id"))).fill_null(False)
    return people.with_columns(
        household_id=pl.when(moved).then("home").otherwise("household_id"),
        relation=pl.when(moved).then(pl.lit("other")).otherwise("relation"),
        since=pl.when(moved).then("moved_on").otherwise("since"),
        source=pl.when(moved).then("_source").otherwise("source"),
        row_ids=pl.when(moved).then("_rows").otherwise("row_ids"),
        confidence=pl.when(moved).then("_p").otherwise("confidence"),
    ).drop("home", "moved_on", "_source", "_rows", "_p")


def _latest_moves(rows: Rows, day: date) -> pl.DataFrame:
    moves = pl.read_parquet(rows.linked("moves")).filter(
        pl.col("person").is_not_null(), pl.col("moved_on") <= day
    )
    return (
        moves.sort("person", "moved_on", "received_at", "row_id")
        .unique("person", keep="last", maintain_order=True)
        .rename({"person": "person_id"})
    )


def _gone(people: pl.DataFrame, rows: Rows, day: date) -> pl.DataFrame:
    """Who died or left by the day, each once, with all rows that say so: the day is that of the first source in order."""
    parts = [
        pl.read_parquet(rows.linked(feed))
        .filter(pl.col("person").is_not_null())
        .select("row_id", person_id="person", ended_on=ended, confidence="person_p", source=pl.lit(feed), rank=rank)
        for rank, (feed, ended) in enumerate((
            ("deaths", pl.col("died_on")), ("cremation", pl.coalesce("died_on", "cremated_on")),
        ))
    ]  # fmt: skip
    died = (
        pl.concat(parts)
        .filter(pl.col("ended_on") <= day)
        .sort("person_id", "rank", "ended_on", "row_id")
        .group_by("person_id", maintain_order=True)
        .agg(pl.col("source", "ended_on").first(), pl.col("confidence").max(), row_ids=pl.col("row_id"))
        .with_columns(state=pl.lit("died"))
    )
    left = _latest_moves(rows, day).filter(pl.col("direction") == "out").select(
        "person_id", source=pl.lit("moves"), ended_on="moved_on", confidence="person_p",
        row_ids=pl.concat_list("row_id"), state=pl.lit("left"),
    )  # fmt: skip
    known = people.filter(pl.col("ended_on") <= day).select(
        "person_id", "source", "ended_on", "confidence", "row_ids", state=pl.lit("left")
    )
    every = pl.concat([died, left, known], how="vertical_relaxed")
    return every.unique("person_id", keep="first", maintain_order=True)


def _ended(people: pl.DataFrame, gone: pl.DataFrame) -> pl.DataFrame:
    names = ("state", "ended_on", *_CHANGE)
    people = people.with_columns(pl.lit(None, pl.Date).alias("ended_on"))
    found = people.join(gone.rename({name: f"_{name}" for name in names}), on="person_id", how="left")
    ended = pl.col("_state").is_not_null()
    return found.with_columns(
        pl.when(ended).then(pl.col(f"_{name}")).otherwise(pl.col(name)).alias(name) for name in names
    ).drop(f"_{name}" for name in names)


def _households(registry: Registry, people: pl.DataFrame, booklets: pl.DataFrame) -> pl.DataFrame:
    """The registry's households, and new ones from booklets whose people are all new here."""
    new = booklets.filter(
        "new", pl.col("home").is_in(people["household_id"].drop_nulls().implode()), pl.col("area").is_not_null()
    ).select(
        household_id="home", area="area", village="village", address="address", source=pl.lit("residents"),
        row_ids="home_rows",
    )  # fmt: skip
    ours = registry.households.select(list(HOUSEHOLDS)).with_columns(
        source=pl.lit(REGISTRY), row_ids=_NO_ROWS
    )
    return pl.concat([ours, new])


def _booklet_relations(present: pl.DataFrame, rows: Rows) -> pl.DataFrame:
    """Where a household has lost its head or has someone whose relation is not known, the relations of its booklet, if all
    its people stand in one and exactly one of them is its head there."""
    table = pl.read_parquet(rows.linked("residents")).filter(pl.col("person").is_not_null())
    written = table.sort("row_id").unique("person", keep="last", maintain_order=True)
    people = present.join(
        written.select(person_id="person", _booklet="booklet", _relation="relation"),
        on="person_id",
        how="left",
    )
    heads, home = pl.col("relation") == "head", "household_id"
    unclear = (
        (heads.sum() != 1) | ((pl.col("source") != REGISTRY) & (pl.col("relation") == "other")).any()
    ).over(home)
    agreed = (
        pl.col("_relation").is_not_null().all()
        & (pl.col("_booklet").n_unique() == 1)
        & ((pl.col("_relation") == "head").sum() == 1)
    ).over(home)
    taken = pl.when(unclear & agreed).then("_relation").otherwise("relation")
    return people.with_columns(relation=taken).drop("_booklet", "_relation")
