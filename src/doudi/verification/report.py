"""The report of a means check: frozen plain data with the hash of its content.

A report never changes. Whoever objects gets a new report that names this one and its hash.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from doudi.verification.catalogue import GROUPS, items
from doudi.verification.errors import fault
from doudi.verification.results import OUTCOMES, Result

SCHEMA = "doudi.means/1"


@dataclass(frozen=True)
class Report:
    """A report as it was frozen. ``data`` is its content, ``sha256`` the hash of that content."""

    data: Mapping[str, Any]
    sha256: str

    @staticmethod
    def freeze(content: Mapping[str, Any]) -> Report:
        """Freeze a content."""
        plain: dict[str, Any] = json.loads(canonical(content))
        return Report(plain, sha_of(plain))

    @staticmethod
    def from_text(text: str, file: str = "") -> Report:
        """A report from its file.

        Raises:
            MeansError: it is no report, or its content is not what was frozen.
        """
        try:
            data = json.loads(text)
            sha = data.pop("sha256")
            schema = data["schema"]
        except (ValueError, KeyError, AttributeError, TypeError):
            raise fault(
                "means.no_report", "这不是核对报告", "this is no report of a means check",
                "核对文件", "check the file", file=file,
            ) from None  # fmt: skip
        if schema != SCHEMA or sha_of(data) != sha:
            raise fault(
                "means.altered", "核对报告的内容与其校验值不符，已被改动", "the report does not agree with its own hash: it was altered",
                "用备份恢复，查明改动", "restore it from a backup and find out who altered it", file=file,
            )  # fmt: skip
        return Report(data, sha)

    def text(self) -> str:
        """The report as it stands in its file."""
        return json.dumps({**self.data, "sha256": self.sha256}, ensure_ascii=False, indent=1) + "\n"

    @property
    def number(self) -> str:
        """Its number: county code, year, serial number."""
        return str(self.data["number"])

    @cached_property
    def results(self) -> tuple[Result, ...]:
        """All comparisons, by member and item."""
        return tuple(Result.from_data(each) for each in self.data["results"])

    @property
    def made_on(self) -> date:
        """The day of the check."""
        return date.fromisoformat(self.data["made_on"])

    @property
    def valid_until(self) -> date | None:
        """The last day on which it may be relied on; None where the place sets no period."""
        until = self.data["valid_until"]
        return date.fromisoformat(until) if until else None

    def expired(self, today: date) -> bool:
        """Whether it may no longer be relied on."""
        return self.valid_until is not None and today > self.valid_until


def canonical(content: Mapping[str, Any]) -> str:
    """The text that is hashed: sorted keys, no spaces."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha_of(content: Mapping[str, Any]) -> str:
    """The hash of a content."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def last_day(made_on: date, months: int | None) -> date | None:
    """The last day of a validity of so many months: the day before the same day of that month, or its last day."""
    if months is None:
        return None
    month = made_on.month - 1 + months
    year, month = made_on.year + month // 12, month % 12 + 1
    after = date(year + month // 12, month % 12 + 1, 1)
    day = min(made_on.day, (after - timedelta(days=1)).day)
    return date(year, month, day) - timedelta(days=1)


def totals(results: Sequence[Result]) -> dict[str, Any]:
    """For each group in fen: what was declared and found in the items whose difference has a value, and that difference
    (found less declared); how many items were compared, differ, are open, or differ by what cannot be valued. Things that
    were found as declared are not summed: departments know that they exist, not what they are worth."""
    told: dict[str, Any] = {}
    for group in GROUPS:
        own = [result for result in results if items()[result.item].group == group]
        settled = [result for result in own if not result.open]
        valued = [result for result in settled if result.difference is not None]
        told[group] = {
            "declared": _sum(result.declared for result in valued),
            "found": _sum(result.found for result in valued),
            "difference": _sum(result.difference for result in valued),
            "compared": len(settled),
            "differing": sum(result.disagrees for result in settled),
            "open": len(own) - len(settled),
            "unvalued": sum(result.disagrees and result.difference is None for result in settled),
        }
    return told


def counts(results: Sequence[Result]) -> dict[str, int]:
    """How many results of each outcome."""
    found = Counter(result.outcome for result in results)
    return {outcome: found[outcome] for outcome in OUTCOMES}


def conclusion(results: Sequence[Result]) -> str:
    """In one word: ``differs``, ``differs_open``, ``agrees``, ``agrees_open``. ``open``: some sources did not answer."""
    word = "differs" if any(result.disagrees for result in results) else "agrees"
    return f"{word}_open" if any(result.outcome == "no_answer" for result in results) else word


def _sum(values: Iterable[object]) -> int:
    return sum(value for value in values if isinstance(value, int))
