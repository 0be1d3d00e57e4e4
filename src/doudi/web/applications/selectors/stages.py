"""Where a case stands, for the household: the stages as a bar, days left, until when an answer is due, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from doudi import procedure
from doudi.procedure.running import Run
from doudi.procedure.standing import read_run
from doudi.web.cases.selectors.folders import Folder
from doudi.web.cases.services.cases import local_now

BAR: tuple[tuple[Any, frozenset[str]], ...] = (
    (_("提交"), frozenset({"draft", "submitted", "papers"})),
    (_("核对、入户"), frozenset({"inquiry", "supplement"})),
    (_("评议、公示"), frozenset({"opinion", "signed", "notice", "objection", "answered"})),
    (_("审核确认"), frozenset({"deciding", "deciding_here"})),
    (_("结果"), frozenset({
        "confirmed", "recognised", "refused", "refusal_told", "in_payment", "in_register", "paid", "not_accepted",
        "withdrawn", "ended",
    })),
)  # fmt: skip
URGENT_BAR: tuple[tuple[Any, frozenset[str]], ...] = (
    (_("报告"), frozenset({"unknown", "reported", "at_county"})),
    (_("先行救助"), frozenset({"helped"})),
    (_("补手续、办结"), frozenset({"closed", "ordinary"})),
)
ASKS = ("return_papers", "return_papers_again", "request_papers", "request_papers_again")


@dataclass(frozen=True, slots=True)
class Mark:
    """One stage on the bar: ``done``, ``here`` or ``next``."""

    title: Any
    state: str


@dataclass(frozen=True, slots=True)
class Expected:
    """When something is due: by whom, until when, how much time is left."""

    clock: Any
    reading: procedure.Reading
    sure: bool


def bar(kind: str, stage: str) -> list[Mark]:
    """The stages of a case; empty for kinds that have no such way."""
    way = URGENT_BAR if kind == "temporary_urgent" else BAR
    here = next((place for place, (_title, stages) in enumerate(way) if stage in stages), None)
    if here is None or kind not in ("application", "tekun", "temporary_spending", "temporary_urgent"):
        return []
    return [
        Mark(title, "here" if place == here else "done" if place < here else "next")
        for place, (title, _stages) in enumerate(way)
    ]


def expected(folder: Folder) -> list[Expected]:
    """The limits that run, and of a case that is not accepted yet the one that begins when it is."""
    running = [
        Expected(each.run.clock, each, True)
        for each in folder.readings
        if each.due is not None and each.run.clock.nature != "period"
    ]
    whole = _after_acceptance(folder, running)
    return [*running, *([whole] if whole else [])]


def _after_acceptance(folder: Folder, running: list[Expected]) -> Expected | None:
    """The first limit that acceptance starts, as if it were accepted on the last day for it."""
    due = next((each.reading.due for each in running if each.clock.name == "accept"), None)
    step = folder.standing.machine.step("accept", local_now().date())
    if due is None or step is None or not step.starts:
        return None
    clock = procedure.procedure().clocks[step.starts[0]]
    run = Run(clock, datetime.combine(due.day, datetime.min.time()))
    reading = read_run(procedure.procedure(), folder.case.county, run, folder.standing.facts, local_now())
    return Expected(clock, reading, False) if reading.due is not None else None


def missing_now(folder: Folder) -> list[Any]:
    """The papers that the household was asked for and has not brought."""
    if folder.case.stage not in ("papers", "supplement"):
        return []
    asked = next((row for row in folder.rows if row.step in ASKS), None)
    words = asked.inputs.get("papers", ()) if asked else ()
    known = procedure.procedure().papers
    return [known[str(each)] for each in words if str(each) in known] if isinstance(words, tuple) else []
