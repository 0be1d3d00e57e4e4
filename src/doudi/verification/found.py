"""What departments say of the members: facts and items as rows of evidence, as far as a check needs them.

Words of the household itself and presumptions are left out: they are no findings. Registrations that were cancelled or
passed on are no property. A row that is still to be looked at by a person is a finding of nobody, but it is not silence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from doudi.evidence import schema
from doudi.verification.declared import Thing

IN_REVIEW, GONE = "in_review", "gone"
PARTIAL = ("stale", "incomplete")
"""Rules of words that rest on too few months to be an answer."""
NO_FINDING = (schema.REGISTRY, schema.DECLARED, schema.PRESUMED)
"""Sources that are no department."""


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


def assembled(
    day: str, feeds: Mapping[str, Any], received: Mapping[str, str], people: Mapping[str, Known],
    facts: Iterable[Mapping[str, Any]], items: Iterable[Mapping[str, Any]], whole: Collection[str],
) -> Found:  # fmt: skip
    """The findings about ``people``, from rows of evidence (``doudi.evidence.schema``).

    ``feeds`` is what the build says of each feed, ``received`` when its newest row came, ``whole`` the households of which
    everyone is asked about: what several own there is the household's.
    """
    words, review = _words(facts)
    things, in_review = _things(items, people, whole)
    return Found(
        day, _sources(feeds, received), people, words,
        tuple(thing for entity, thing in things if entity == "asset"),
        tuple(thing for entity, thing in things if entity == "expense"),
        review | in_review,
    )  # fmt: skip


def fen(text: str) -> int:
    """Yuan with at most two decimals as fen."""
    return int(Decimal(text) * 100)


def moment(value: datetime | str | None) -> str | None:
    """A moment as text."""
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value


def _words(
    rows: Iterable[Mapping[str, Any]],
) -> tuple[dict[tuple[str, str], tuple[Word, ...]], set[tuple[str, str]]]:
    found: dict[tuple[str, str], tuple[Word, ...]] = {}
    review = set()
    told = (row for row in rows if row["source"] not in NO_FINDING)
    for row in sorted(told, key=lambda row: (row["subject_id"], row["fact"], not row["used"], row["source"])):
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
    rows: Iterable[Mapping[str, Any]], people: Mapping[str, Known], whole: Collection[str]
) -> tuple[list[tuple[str, Thing]], set[tuple[str, str]]]:
    """Things of these people, and who may have a thing that is in review.

    A thing of several owners names none. It is the household's if all who live there are asked about; else it may belong to
    somebody who is not, and counts as a record to be looked at.
    """
    told = [row for row in rows if _is_finding(row)]
    seen = {row["item_id"] for row in told}
    things, review = [], set()
    for row in told:
        if row["rule"] == IN_REVIEW or (row["person_id"] is None and row["household_id"] not in whole):
            owners = [row["person_id"]] if row["person_id"] else [
                each.person_id for each in people.values() if each.household_id == row["household_id"]
            ]  # fmt: skip
            review |= {(owner, row["source"]) for owner in owners}
        elif row["same_as"] not in seen:
            things.append((row["entity"], _thing(row)))
    return things, review


def _is_finding(row: Mapping[str, Any]) -> bool:
    return row["entity"] in ("asset", "expense") and row["source"] not in NO_FINDING and row["rule"] != GONE


def _thing(row: Mapping[str, Any]) -> Thing:
    money = row["value"] if row["entity"] == "asset" else row["amount"]
    return Thing(
        row["kind"], row["person_id"], _hundredths(money), _hundredths(row["area"]), row["number"], row["source"],
        tuple(row["row_ids"] or ()), row["period"], moment(row["received_at"]),
    )  # fmt: skip


def _hundredths(value: Decimal | str | None) -> int | None:
    return None if value is None else int(Decimal(value) * 100)


def _sources(feeds: Mapping[str, Any], received: Mapping[str, str]) -> dict[str, SourceState]:
    return {
        name: SourceState(
            name, body["state"], body["newest"], tuple(body["missing"]), body["state"] == "fresh" and body["whole"],
            received.get(name), body["from"],
        )
        for name, body in feeds.items()
    }  # fmt: skip
