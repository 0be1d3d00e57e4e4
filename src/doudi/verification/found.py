"""What departments say of the members: the facts and items of a build of evidence, as far as a check needs them.

Words of the household itself and presumptions are left out: they are no findings. Registrations that were cancelled or
passed on are no property. A row that is still to be looked at by a person is a finding of nobody, but it is not silence.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
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
PARTIAL = ("stale", "incomplete")
"""Rules of words that rest on too few months to be an answer."""
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
    """A feed as it stood when the evidence was built; ``answers``: whom it does not list is known not to be listed.
    ``start`` and ``newest`` are the first and the last period that count."""

    feed: str
    state: str
    newest: str | None
    missing: tuple[str, ...]
    answers: bool
    received_at: str | None = None
    start: str | None = None


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
    household_id: str | None = None

    @property
    def present(self) -> bool:
        """Whether they live here; of those who are gone the evidence holds nothing but that."""
        return self.state == "present"


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
    people = _people(evidence, ids)
    words, review = _words(evidence, ids)
    things, in_review = _things(evidence, people)
    return Found(
        str(told.get("day", "")),
        _sources(told, _received(evidence)),
        people,
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
            review |= {(row["subject_id"], feed) for feed in row["source"].split("+")}
            continue
        key = (row["subject_id"], row["fact"])
        word = Word(
            row["source"], row["value"], tuple(row["row_ids"] or ()), row["period"], moment(row["received_at"]),
            bool(row["used"]), row["rule"],
        )  # fmt: skip
        found[key] = (*found.get(key, ()), word)
    return found, review


def _things(
    evidence: Path, people: Mapping[str, Known]
) -> tuple[list[tuple[str, Thing]], set[tuple[str, str]]]:
    """Things of these people, and who may have a thing that is in review.

    A thing of several owners names none. It is the household's if all who live there are asked about; else it may belong to
    somebody who is not, and counts as a record to be looked at.
    """
    households = sorted({each.household_id for each in people.values() if each.household_id})
    whole = _wholly_asked(evidence, households, people)
    found = (
        pl.scan_parquet(evidence / "items.parquet")
        .filter(
            pl.col("entity").is_in(["asset", "expense"]),
            pl.col("person_id").is_in(list(people)) | (pl.col("person_id").is_null() & pl.col("household_id").is_in(households)),
            ~pl.col("source").is_in(_NO_FINDING),
            pl.col("rule").ne_missing(GONE),
        )
        .sort("item_id")
        .collect()
    )  # fmt: skip
    rows = list(found.iter_rows(named=True))
    seen = {row["item_id"] for row in rows}
    things, review = [], set()
    for row in rows:
        if row["rule"] == IN_REVIEW or (row["person_id"] is None and row["household_id"] not in whole):
            owners = [row["person_id"]] if row["person_id"] else [
                each.person_id for each in people.values() if each.household_id == row["household_id"]
            ]  # fmt: skip
            review |= {(owner, row["source"]) for owner in owners}
        elif row["same_as"] not in seen:
            things.append((row["entity"], _thing(row)))
    return things, review


def _wholly_asked(evidence: Path, households: list[str], people: Mapping[str, Known]) -> set[str]:
    """The households of which everyone present is among these people."""
    present = pl.scan_parquet(evidence / "people.parquet").filter(
        pl.col("household_id").is_in(households), pl.col("state") == "present"
    )
    others = (
        present.filter(~pl.col("person_id").is_in(list(people))).select("household_id").unique().collect()
    )
    return set(households) - set(others.to_series())


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
            row["household_id"],
        )
        for row in rows.iter_rows(named=True)
    }  # fmt: skip


def _sources(told: Mapping[str, Any], received: Mapping[str, str]) -> dict[str, SourceState]:
    return {
        name: SourceState(
            name, body["state"], body["newest"], tuple(body["missing"]), body["state"] == "fresh" and body["whole"],
            received.get(name), body["from"],
        )
        for name, body in told["feeds"].items()
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


def moment(value: datetime | None) -> str | None:
    """A moment as text."""
    return None if value is None else value.isoformat(timespec="seconds")
