"""Why a fact is what it is: all that was said of it, which is used and by which rule, and who did not answer."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from doudi.evidence.errors import EvidenceError
from doudi.evidence.placing import recover
from doudi.evidence.precedence import Order, Precedence
from doudi.evidence.presumptions import presumptions
from doudi.evidence.schema import RULES
from doudi.facts.vocabulary import Vocabulary
from doudi.rules.errors import Problem, nearest


@dataclass(frozen=True, slots=True)
class Telling:
    """What one source said. ``rows``: how many rows of the feed it rests on; ``zh`` and ``en``: why it is used or not."""

    value: str | None
    source: str
    rows: int
    row_ids: tuple[str, ...]
    period: str | None
    received_at: datetime | None
    since: date | None
    confidence: float | None
    used: bool
    rule: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """``told``: the value used first. ``not_telling``: the feeds that might have told it and did not, with their state.

    ``zh`` and ``en``: why sources come in their order. ``presumed``: what a build with presumptions takes for pointing.
    """

    subject: str
    subject_id: str
    fact: str
    value: str | None
    told: tuple[Telling, ...]
    not_telling: tuple[tuple[str, str, str | None], ...]
    presumed: Telling | None
    zh: str
    en: str

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        data = asdict(self)
        for telling in [*data["told"], *filter(None, [data["presumed"]])]:
            for name in ("received_at", "since"):
                telling[name] = telling[name].isoformat() if telling[name] else None
        data["not_telling"] = [
            {"feed": feed, "state": state, "newest": newest} for feed, state, newest in self.not_telling
        ]
        return data


def explain(out: Path, subject_id: str, fact: str) -> Explanation:
    """Explain one fact of a person or household of the build in ``out``; ``fact`` is its column or Chinese name.

    Raises:
        EvidenceError: no build is there, the vocabulary has no such fact of persons or households, or nobody has that id.
    """
    recover(out)
    if not (out / "sources.json").exists():
        raise _fault("evidence.no_build", "这里没有生成的事实", "no facts were built here", "先运行 doudi facts build",
                     "run doudi facts build first", file=str(out))  # fmt: skip
    order = _order(out, subject_id, fact)
    feeds: dict[str, Any] = json.loads((out / "sources.json").read_text("utf-8"))["feeds"]
    told = _tellings(out / "facts.parquet", order, subject_id)
    presumed = (
        _tellings(out / "presumed.parquet", order, subject_id) if (out / "presumed.parquet").exists() else []
    )
    heard = {feed for each in told if each.value is not None for feed in each.source.split("+")}
    return Explanation(
        order.subject, subject_id, order.fact, next((each.value for each in told if each.used), None), tuple(told),
        tuple((feed, feeds[feed]["state"], feeds[feed]["newest"]) for feed in order.feeds if feed not in heard),
        presumed[0] if presumed else None, order.zh, order.en,
    )  # fmt: skip


def _order(out: Path, subject_id: str, fact: str) -> Precedence:
    entities = Vocabulary.load().entities
    subject = _subject(out, subject_id)
    known = entities[subject].find(fact)
    order = Order.load().facts.get((subject, known.column)) if known else None
    if order is None:
        names = [name for of, name in Order.load().facts if of == subject]
        near = nearest(fact, names) or ", ".join(names[:12])
        raise _fault("evidence.no_fact", f"{entities[subject].zh}没有这项事实", f"no such fact of a {subject}",
                     f"是否为 {near}", f"use {near}", value=fact)  # fmt: skip
    return order


def _subject(out: Path, subject_id: str) -> str:
    """Whether the id is that of a person or of a household of the register."""
    for subject, table in (("person", "persons"), ("household", "households")):
        ids = pl.scan_parquet(out / "register" / f"{table}.parquet")
        if ids.filter(pl.col(f"{subject}_id") == subject_id).select(pl.len()).collect().item():
            return subject
    raise _fault("evidence.no_subject", "登记册中没有这个人或家庭", "the register has no such person or household",
                 "核对编号；已去世或迁出的见 people.parquet", "check the id; who died or left stands in people.parquet",
                 file=str(out))  # fmt: skip


def _tellings(path: Path, order: Precedence, subject_id: str) -> list[Telling]:
    rows = (
        pl.scan_parquet(path)
        .filter(
            pl.col("subject") == order.subject,
            pl.col("fact") == order.fact,
            pl.col("subject_id") == subject_id,
        )
        .collect()
        .sort("used", "source", descending=[True, False])
    )
    words = RULES | {
        each.name: (each.zh, each.en) for each in presumptions() if each.subject == order.subject
    }
    return [
        Telling(
            row["value"], row["source"], len(row["row_ids"]), tuple(row["row_ids"]), row["period"], row["received_at"],
            row["since"], row["confidence"], row["used"], row["rule"], *words[row["rule"]],
        )
        for row in rows.iter_rows(named=True)
    ]  # fmt: skip


def _fault(code: str, zh: str, en: str, remedy_zh: str, remedy_en: str, **place: Any) -> EvidenceError:
    return EvidenceError([Problem(code, zh, en, remedy_zh, remedy_en, **place)])
