"""What departments say of the members: the facts and items of a build of evidence, as far as a check needs them.

Words of the household itself and presumptions are left out: they are no findings. Registrations that were cancelled or
passed on are no property. A row that is still to be looked at by a person is a finding of nobody, but it is not silence.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from doudi.evidence import schema
from doudi.verification.declared import Thing
from doudi.verification.errors import fault

IN_REVIEW, GONE = "in_review", "gone"
_NO_FINDING = (schema.REGISTRY, schema.DECLARED, schema.PRESUMED)


@dataclass(frozen=True, slots=True)
class Word:
    """What one feed says of one fact of a person: canonical text, None if it does not tell. ``source`` joins feeds that
    tell it together by ``+``."""

    source: str
    value: str | None
    row_ids: tuple[str, ...]
    period: str | None
    received_at: str | None
    used: bool
    rule: str

    @property
    def feeds(self) -> tuple[str, ...]:
        """The feeds that tell it."""
        return tuple(self.source.split("+"))


@dataclass(frozen=True, slots=True)
class SourceState:
    """A feed as it stood when the evidence was built; ``answers``: whom it does not list is known not to be listed."""

    feed: str
    state: str
    newest: str | None
    missing: tuple[str, ...]
    answers: bool
    received_at: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A person as the evidence knows them. ``state``: present, died, left or unplaced, by word of ``source``."""

    person_id: str
    name: str
    id_number: str
    state: str = "present"
    ended_on: str | None = None
    source: str = schema.REGISTRY
    row_ids: tuple[str, ...] = ()


@dataclass(slots=True)
class Found:
    """The findings about some persons. ``review``: person and feed where a row is still to be looked at; ``unanswered``:
    person and feed where the source was asked about the person and has not answered."""

    day: str
    sources: dict[str, SourceState]
    people: Mapping[str, Known]
    words: Mapping[tuple[str, str], tuple[Word, ...]]
    assets: tuple[Thing, ...]
    expenses: tuple[Thing, ...]
    review: set[tuple[str, str]] = field(default_factory=set)
    unanswered: set[tuple[str, str]] = field(default_factory=set)


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
    words, review = _words(evidence, ids)
    things, in_review = _things(evidence, ids)
    return Found(
        str(told.get("day", "")),
        _sources(told),
        _people(evidence, ids),
        words,
        tuple(thing for entity, thing in things if entity == "asset"),
        tuple(thing for entity, thing in things if entity == "expense"),
        review | in_review | _linked_in_review(evidence, ids),
    )


def fen(text: str) -> int:
    """Yuan with at most two decimals as fen."""
    return int(Decimal(text) * 100)


def _words(
    evidence: Path, ids: list[str]
) -> tuple[dict[tuple[str, str], tuple[Word, ...]], set[tuple[str, str]]]:
    rows = (
        pl.scan_parquet(evidence / "facts.parquet")
        .filter(pl.col("subject") == "person", pl.col("subject_id").is_in(ids), ~pl.col("source").is_in(_NO_FINDING))
        .sort("subject_id", "fact", "used", "source", descending=[False, False, True, False])
        .collect()
    )  # fmt: skip
    found: dict[tuple[str, str], tuple[Word, ...]] = {}
    review = set()
    for row in rows.iter_rows(named=True):
        if row["rule"] == IN_REVIEW:
            review.add((row["subject_id"], row["source"]))
            continue
        key = (row["subject_id"], row["fact"])
        word = Word(
            row["source"], row["value"], tuple(row["row_ids"] or ()), row["period"], moment(row["received_at"]),
            bool(row["used"]), row["rule"],
        )  # fmt: skip
        found[key] = (*found.get(key, ()), word)
    return found, review


def _things(evidence: Path, ids: list[str]) -> tuple[list[tuple[str, Thing]], set[tuple[str, str]]]:
    rows = (
        pl.scan_parquet(evidence / "items.parquet")
        .filter(
            pl.col("entity").is_in(["asset", "expense"]),
            pl.col("person_id").is_in(ids),
            ~pl.col("source").is_in(_NO_FINDING),
            pl.col("rule") != GONE,
        )
        .sort("item_id")
        .collect()
    )
    seen = {row["item_id"] for row in rows.iter_rows(named=True)}
    review = {
        (row["person_id"], row["source"]) for row in rows.iter_rows(named=True) if row["rule"] == IN_REVIEW
    }
    return [
        (row["entity"], _thing(row))
        for row in rows.iter_rows(named=True)
        if row["rule"] != IN_REVIEW and row["same_as"] not in seen
    ], review


def _thing(row: Mapping[str, Any]) -> Thing:
    money = row["value"] if row["entity"] == "asset" else row["amount"]
    return Thing(
        row["kind"], row["person_id"], None if money is None else int(money * 100),
        None if row["area"] is None else int(row["area"] * 100), row["number"], row["source"],
        tuple(row["row_ids"] or ()), row["period"], moment(row["received_at"]),
    )  # fmt: skip


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
        )
        for row in rows.iter_rows(named=True)
    }  # fmt: skip


def _sources(told: Mapping[str, Any]) -> dict[str, SourceState]:
    feeds = told.get("feeds", {})
    named: Iterable[tuple[str, Mapping[str, Any]]] = (
        feeds.items() if isinstance(feeds, dict) else ((each["feed"], each) for each in feeds)
    )
    return {
        name: SourceState(
            name, body["state"], body.get("newest"), tuple(body.get("missing") or ()),
            body["state"] == "fresh" and bool(body.get("whole", True)), body.get("received_at"),
        )
        for name, body in named
    }  # fmt: skip


def moment(value: datetime | None) -> str | None:
    """A moment as text."""
    return None if value is None else value.isoformat(timespec="seconds")
