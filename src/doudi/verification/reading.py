"""The findings of a build of evidence, read from its files."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from doudi.verification.errors import fault
from doudi.verification.found import Found, Known, assembled, moment


def read_found(evidence: Path, persons: Collection[str]) -> Found:
    """The findings of a build about these persons.

    Raises:
        MeansError: the folder is no build of evidence.
    """
    for name in ("facts.parquet", "items.parquet", "people.parquet", "sources.json"):
        if not (evidence / name).exists():
            raise fault(
                "means.evidence", "这不是证据文件夹", "this is no folder of evidence",
                "先运行 doudi facts build", "run doudi facts build first", file=str(evidence / name),
            )  # fmt: skip
    told = json.loads((evidence / "sources.json").read_text("utf-8"))
    ids = sorted(persons)
    people = _people(evidence, ids)
    households = sorted({each.household_id for each in people.values() if each.household_id})
    found = assembled(
        str(told.get("day", "")), told["feeds"], _received(evidence), people, _words(evidence, ids),
        _things(evidence, people, households), _wholly_asked(evidence, households, people),
    )  # fmt: skip
    found.review |= _linked_in_review(evidence, ids)
    return found


def _words(evidence: Path, ids: list[str]) -> Iterator[Mapping[str, Any]]:
    return (
        pl.scan_parquet(evidence / "facts.parquet")
        .filter(pl.col("subject") == "person", pl.col("subject_id").is_in(ids))
        .collect()
        .iter_rows(named=True)
    )


def _things(
    evidence: Path, people: Mapping[str, Known], households: list[str]
) -> Iterator[Mapping[str, Any]]:
    """Things of these people, and what their households have together."""
    theirs = pl.col("person_id").is_in(list(people))
    shared = pl.col("person_id").is_null() & pl.col("household_id").is_in(households)
    found = pl.scan_parquet(evidence / "items.parquet").filter(theirs | shared).sort("item_id").collect()
    return found.iter_rows(named=True)


def _wholly_asked(evidence: Path, households: list[str], people: Mapping[str, Known]) -> set[str]:
    """The households of which everyone present is among these people."""
    present = pl.scan_parquet(evidence / "people.parquet").filter(
        pl.col("household_id").is_in(households), pl.col("state") == "present"
    )
    others = (
        present.filter(~pl.col("person_id").is_in(list(people))).select("household_id").unique().collect()
    )
    return set(households) - set(others.to_series())


def _linked_in_review(evidence: Path, ids: list[str]) -> set[tuple[str, str]]:
    """Persons of whom a row of a feed may be, by the links themselves."""
    found = set()
    for path in sorted((evidence / "links").glob("*.parquet")):
        links = pl.scan_parquet(path)
        if not {"person_id", "zone"} <= set(links.collect_schema().names()):
            continue
        near = links.filter(pl.col("zone") == "review", pl.col("person_id").is_in(ids))
        found |= {(person, path.stem) for person in near.select("person_id").unique().collect().to_series()}
    return found


def _people(evidence: Path, ids: list[str]) -> dict[str, Known]:
    rows = pl.scan_parquet(evidence / "people.parquet").filter(pl.col("person_id").is_in(ids)).collect()
    return {
        row["person_id"]: Known(
            row["person_id"], row["name"] or "", row["id_number"] or "", row["state"],
            row["ended_on"].isoformat() if row["ended_on"] else None, row["source"], tuple(row["row_ids"] or ()),
            row["household_id"],
        )
        for row in rows.iter_rows(named=True)
    }  # fmt: skip


def _received(evidence: Path) -> dict[str, str]:
    """When the newest row of each feed was received that anything in the evidence rests on."""
    newest: dict[str, str] = {}
    for name in ("facts", "items"):
        rows = (
            pl.scan_parquet(evidence / f"{name}.parquet").group_by("source").agg(pl.col("received_at").max())
        )
        for source, received in rows.collect().iter_rows():
            at = moment(received)
            for feed in source.split("+") if at else ():
                newest[feed] = max(newest.get(feed, ""), at or "")
    return newest
