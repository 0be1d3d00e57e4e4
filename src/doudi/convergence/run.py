"""The steps from two files to a table of persons with its review, and the merged survey."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from doudi.assessment.outreach import REGISTER, assessed
from doudi.assessment.statute import Statute
from doudi.convergence.classes import CLASSES, COLUMNS, REASONS, labelled
from doudi.convergence.doubts import doubts_of
from doudi.convergence.errors import ConvergenceError
from doudi.convergence.matching import Matched, match
from doudi.convergence.placing import Known, placed
from doudi.convergence.reasons import Reasons
from doudi.convergence.receiving import LISTED, Received, receive
from doudi.convergence.review import Opinion, with_standing
from doudi.convergence.summary import summary_of
from doudi.convergence.survey import Survey, survey_of
from doudi.feeds import contract
from doudi.hardship.register import index_of_register
from doudi.rules.codes import CodeSet
from doudi.rules.errors import Problem
from doudi.verification.masking import masked_id

WATCH = "convergence.watch_months"


@dataclass(frozen=True)
class Converged:
    """Two registers made one. ``rows``: the columns of ``COLUMNS``, and those of the review (``state``, ``standing``,
    ``decided_place``, ``decided_tier``, ``decided_by``, ``decided_on``). ``known_on``: the day of which the evidence tells."""

    received: Received
    matched: Matched
    known: Known
    rows: pl.DataFrame
    opinions: Mapping[str, tuple[Opinion, ...]]
    evidence: Path
    known_on: date

    @property
    def law(self) -> Statute:
        """The law under which persons were placed."""
        return self.known.law

    @property
    def persons(self) -> pl.DataFrame:
        """The table without repeated rows."""
        return self.rows.filter(pl.col("place") != "repeated")

    @cached_property
    def summary(self) -> dict[str, Any]:
        """All numbers; see :func:`doudi.convergence.summary.summary_of`."""
        table = next(each for each in self.received.reports[0].tables if each.feed == LISTED)
        read = {"read": table.records, "blank_or_note": table.blank + table.notes,
                "set_aside": table.rejected + table.repeated, "superseded": table.accepted - self.rows.height,
                "accepted": self.rows.height}  # fmt: skip
        return {
            "region": self.law.region, "date": self.law.day.isoformat(), "period": table.covers,
            **summary_of(self.rows, read),
            "visits": {"before": self.survey.before, "after": self.survey.tasks.height},
        }  # fmt: skip

    @cached_property
    def doubts(self) -> pl.DataFrame:
        """Matches in review; the columns of :data:`doudi.convergence.doubts.COLUMNS`."""
        return doubts_of(self.received, self.matched, self.known.people)

    @cached_property
    def survey(self) -> Survey:
        """The merged survey of the households of both registers."""
        programmes = contract("aid_roll").fields["programme"].codes
        assert programmes is not None
        labels = {code: programmes.label(code) for code in programmes.codes}
        return survey_of(self.received, self.matched, self.rows, self.known, labels)

    def with_opinions(self, opinions: Mapping[str, tuple[Opinion, ...]]) -> Converged:
        """The same with what village, township and county have said."""
        rows = with_standing(self.rows, opinions)
        return Converged(
            self.received, self.matched, self.known, rows, opinions, self.evidence, self.known_on
        )


def converge(
    listed: Path,
    base: Path,
    evidence: Path,
    law: Statute,
    folder: Path,
    *,
    by: str = "",
    period: str | None = None,
    decisions: pl.DataFrame | None = None,
) -> Converged:
    """Make one of the list against return to poverty (``listed``) and the low-income base (``base``).

    ``evidence``: what :mod:`doudi.evidence` built for the day. ``law``: one of :func:`doudi.hardship.index.law_of`. ``folder``: for the
    two files as landed; it is emptied. ``by``: the account of who does it. ``period``: of the files where they do not say it.
    ``decisions``: people's word on whom rows are about (docs/linkage.md), by ``row_id``.

    Raises:
        ConvergenceError: a file does not follow its contract, or the evidence is none.
        LinkageError, FactError, ParameterError: decisions, register or weights are at fault.
        OSError: something cannot be read or written.
    """
    people, known_on = read_people(evidence, law.day)
    received = receive(listed, base, folder, law.day, by, period)
    matched = match(received, people, decisions)
    results = assessed(evidence / REGISTER, law)
    known = Known(people, results, index_of_register(results.register, law))
    rows = _told(placed(received, matched, known), known)
    return Converged(received, matched, known, with_standing(rows, {}), {}, evidence, known_on)


def read_people(evidence: Path, day: date) -> tuple[pl.DataFrame, date]:
    """The people of a build of evidence, and the day of which it tells.

    Raises:
        ConvergenceError: the folder is none, or it tells of a later day than ``day``.
    """
    names = ("people.parquet", "sources.json", REGISTER)
    absent = [evidence / name for name in names if not (evidence / name).exists()]
    if absent:
        raise ConvergenceError([
            Problem("converge.no_evidence", "不是 doudi facts build 生成的文件夹", "not a folder of doudi facts build",
                    "先运行 doudi facts build", "run doudi facts build first", file=str(path))
            for path in absent
        ])  # fmt: skip
    known_on = date.fromisoformat(json.loads((evidence / "sources.json").read_text("utf-8"))["day"])
    if known_on > day:
        raise ConvergenceError([Problem(
            "converge.later_evidence", f"事实是 {known_on} 的，晚于并轨日期", f"the facts are of {known_on}, later than the day of this run",
            "改 --date，或按该日重新生成事实", "change --date, or build the facts of that day", file=str(evidence),
        )])  # fmt: skip
    return pl.read_parquet(evidence / "people.parquet"), known_on


def _told(rows: pl.DataFrame, known: Known) -> pl.DataFrame:
    """The rows with reasons in sentences, labels and the day until which those who leave are watched."""
    told = Reasons(known).of(rows)
    months = known.law.values[WATCH]
    watched = (
        pl.lit(known.law.day).dt.offset_by(f"{months or 0}mo")
        if months is not None
        else pl.lit(None, pl.Date())
    )
    fields = contract(LISTED).fields
    rows = rows.drop("missing", "missing_zh").join(told, on="row_id", how="left", maintain_order="left")
    covered = pl.col("place") == "covered"
    return rows.with_columns(
        pl.col("id_number").map_elements(masked_id, return_dtype=pl.String()).alias("id_masked"),
        labelled(CLASSES, "place").alias("place_zh"),
        labelled(REASONS, "reason").alias("reason_zh"),
        labelled(_codes(known, "tier"), "tier").alias("tier_zh"),
        labelled(_codes(known, "hardship_route"), "route").alias("route_zh"),
        labelled(_of(fields["monitored"].codes), "monitored").alias("monitored_zh"),
        labelled(_of(fields["risk"].codes), "risk").alias("risk_zh"),
        pl.when(pl.col("place") == "exit").then(watched).alias("watch_until"),
        pl.when(covered).then("held_since").alias("held_since"),
        pl.when(covered).then(pl.lit("社会救助法第42条")).otherwise("articles").alias("articles"),
    ).select(*(column.name for column in COLUMNS), "removed_on")  # fmt: skip


def _codes(known: Known, name: str) -> CodeSet:
    return known.law.graph.schema.codes[name]


def _of(codes: CodeSet | None) -> CodeSet:
    assert codes is not None
    return codes
