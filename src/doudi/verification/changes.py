"""What a re-check changed: results of the earlier and the new report that are about the same thing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from doudi.verification.results import Result
from doudi.verification.things import plain

_COMPARED = ("outcome", "declared", "found", "reason")


def changes_between(before: Sequence[Result], after: Sequence[Result]) -> list[dict[str, Any]]:
    """One entry for each thing that came out otherwise: ``key`` in the new report (``before_key`` where it is gone), and
    outcome, reason, declared and found ``before`` and ``after``; None where one of the reports does not have it."""
    old = {_identity(result): result for result in before}
    new = {_identity(result): result for result in after}
    changes = []
    for identity in dict.fromkeys([*new, *old]):
        was, now = old.get(identity), new.get(identity)
        if (
            was is not None
            and now is not None
            and all(getattr(was, name) == getattr(now, name) for name in _COMPARED)
        ):
            continue
        if (was is None or was.empty) and (now is None or now.empty) and _quiet(was) and _quiet(now):
            continue
        changes.append({
            "key": now.key if now else None, "before_key": was.key if was else None,
            "before": _told(was), "after": _told(now),
        })  # fmt: skip
    return changes


def _identity(result: Result) -> tuple[str | None, str, str]:
    """Person, item, and the number of the thing, or its place where it has none."""
    number = plain(result.number)
    return result.person_id, result.item, number or result.key.partition("/")[2]


def _quiet(result: Result | None) -> bool:
    """Whether nothing was declared, nothing found, and everybody answered."""
    return result is None or not result.open


def _told(result: Result | None) -> dict[str, Any] | None:
    return None if result is None else {name: getattr(result, name) for name in _COMPARED}
