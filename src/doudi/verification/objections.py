"""Objections 异议: whoever was checked may object to any item; the objection is kept beside the report.

《最低生活保障审核确认办法》 art. 18: who objects hands in what supports it, and the township has it checked again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from doudi.rules.errors import Problem, Problems
from doudi.verification.errors import MeansError, fault
from doudi.verification.report import sha_of
from doudi.verification.store import Checks

_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection to some items of a report. ``by`` is the person_id; ``items`` are keys of results, empty: all of it."""

    report: str
    report_sha256: str
    place: int
    by: str
    on: date
    items: tuple[str, ...]
    statement: str
    received_by: str

    @property
    def number(self) -> str:
        """The number of the report and its place among the objections to it."""
        return f"{self.report}.objection-{self.place}"

    @property
    def sha256(self) -> str:
        """The hash of its content."""
        return sha_of(self._content())

    def _content(self) -> dict[str, Any]:
        return {
            "report": self.report, "report_sha256": self.report_sha256, "place": self.place, "by": self.by,
            "on": self.on.isoformat(), "items": list(self.items), "statement": self.statement,
            "received_by": self.received_by,
        }  # fmt: skip

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON, with the hash."""
        return {**self._content(), "sha256": self.sha256}


def object_to(
    checks: Checks, number: str, by: str, on: date, items: Sequence[str], statement: str, received_by: str
) -> Objection:
    """Record an objection to a report.

    ``by`` is the person_id of somebody the report is about, ``items`` are keys of its results (none: the whole report).

    Raises:
        MeansError: with every fault: no such report, nobody it is about, no such item, nothing said, before the report.
    """
    report = checks.read(number)
    problems = Problems()
    if by not in {member["person_id"] for member in report.data["members"]}:
        problems.add(Problem(
            "means.not_theirs", "报告不涉及此人", "the report is not about this person",
            "由报告所涉家庭成员提出", "someone the report is about may object",
        ))  # fmt: skip
    known = {result.key for result in report.results}
    for place, item in enumerate(items):
        if item not in known:
            problems.add(Problem(
                "means.no_item", "报告中没有这一项", "the report has no such item",
                f"第 {place + 1} 项；见 doudi means show {number}", f"item {place + 1}; see doudi means show {number}",
            ))  # fmt: skip
    if not statement.strip() or len(statement) > _LONGEST:
        problems.add(Problem(
            "means.statement", f"异议理由应为 1 至 {_LONGEST} 字", f"a statement has 1 to {_LONGEST} characters",
            "写明哪里不对、有何证明", "say what is wrong and what proves it", value=str(len(statement)),
        ))  # fmt: skip
    if on < report.made_on:
        problems.add(Problem(
            "means.too_early", "异议日期早于报告日期", "the objection lies before the report",
            "改正日期", "correct the date", value=on.isoformat(),
        ))  # fmt: skip
    problems.raise_as(MeansError)
    with checks.locked():
        place = len(checks.objection_files(number)) + 1
        made = Objection(number, report.sha256, place, by, on, tuple(items), statement.strip(), received_by)
        checks.put(f"{made.number}.json", json.dumps(made.as_data(), ensure_ascii=False, indent=1) + "\n")
    return made


def objections_to(checks: Checks, number: str) -> list[Objection]:
    """The objections to a report, oldest first.

    Raises:
        MeansError: one was altered.
    """
    found = []
    for path in checks.objection_files(number):
        try:
            data = json.loads(path.read_text("utf-8"))
            sha = data.pop("sha256")
            made = Objection(**{**data, "on": date.fromisoformat(data["on"]), "items": tuple(data["items"])})
        except (ValueError, KeyError, TypeError):
            raise _altered(path.name) from None
        if made.sha256 != sha or made.report != number:
            raise _altered(path.name)
        found.append(made)
    return found


def _altered(file: str) -> MeansError:
    return fault(
        "means.altered", "异议的内容与其校验值不符，已被改动", "the objection does not agree with its own hash: it was altered",
        "用备份恢复，查明改动", "restore it from a backup and find out who altered it", file=file,
    )  # fmt: skip
