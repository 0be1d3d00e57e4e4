"""The means check of a case as a table of sources and members: what the household declared against what each source found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from doudi.verification.catalogue import items
from doudi.verification.results import (
    DECLARED_ONLY,
    DIFFERS,
    FOUND_ONLY,
    MATCH,
    NO_ANSWER,
    OUTCOME_WORDS,
)
from doudi.web.registry.known import Item, Known, Told

DECLARED = "declared"
_OWN = frozenset({DECLARED, "registry", "presumed"})
_NOTHING = frozenset({"0", "0.00", "false", "none", ""})
_GRAVEST = (DIFFERS, FOUND_ONLY, DECLARED_ONLY, MATCH, NO_ANSWER)
_THINGS = ("asset", "expense")
Key = tuple[str, str]
"""Whose, and which item of the check: a fact, or a kind of asset or expense."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says of one item: ``value`` in canonical text, None where it does not tell; ``what`` shows it."""

    key: Key
    source: str
    value: str | None
    what: Told | Item
    period: str
    received: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What one source said of one subject: the gravest outcome, and of how many items it holds."""

    outcome: str
    number: int

    def word(self, language: str) -> str:
        """The outcome in words."""
        return OUTCOME_WORDS[self.outcome][language != "zh"]


@dataclass(frozen=True, slots=True)
class Row:
    """One source: its newest period and receipt, and a cell for each subject."""

    source: str
    period: str
    received: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Difference:
    """One item on which declaration and source do not agree."""

    found: Statement
    declared: Statement | None
    outcome: str

    def word(self, language: str) -> str:
        """The outcome in words."""
        return OUTCOME_WORDS[self.outcome][language != "zh"]


@dataclass(frozen=True, slots=True)
class Check:
    """The whole of it. ``declared``: whether the household declared anything that can be compared."""

    rows: list[Row]
    differences: list[Difference]
    declared: bool


def check(known: Known) -> Check:
    """Hold what is declared against what departments say, item by item of the means check."""
    said = list(_statements(known))
    declared = {each.key: each for each in said if each.source == DECLARED}
    sources: dict[str, list[Statement]] = defaultdict(list)
    for each in said:
        if each.source not in _OWN:
            sources[each.source].append(each)
    subjects = [subject.number for subject in known.subjects()]
    rows = [
        Row(source, max(each.period for each in told), max(each.received for each in told)[:10],
            [_cell([each for each in told if each.key[0] == subject], declared) for subject in subjects])
        for source, told in sorted(sources.items())
    ]  # fmt: skip
    compared = [(each, declared.get(each.key)) for told in sources.values() for each in told]
    apart = [Difference(each, own, _outcome(own, each)) for each, own in compared]
    return Check(
        rows, [each for each in apart if each.outcome in (DIFFERS, FOUND_ONLY, DECLARED_ONLY)], bool(declared)
    )


def _statements(known: Known) -> Iterator[Statement]:
    for subject in known.subjects():
        for told in subject.tellings:
            if told.fact.column in _facts():
                yield Statement(
                    (subject.number, told.fact.column), told.source, told.value, told, told.period or "", told.received or ""
                )  # fmt: skip
    things: dict[tuple[Key, str], list[Item]] = defaultdict(list)
    for item in known.items:
        if item.entity in _THINGS:
            whose = str(item.columns.get("person_id") or known.household.number)
            things[(whose, str(item.columns["kind"])), str(item.columns["source"])].append(item)
    for (key, source), found in things.items():
        columns = found[0].columns
        yield Statement(
            key,
            source,
            _sum(found),
            found[0],
            str(columns["period"] or ""),
            str(columns["received_at"] or ""),
        )


def _sum(found: list[Item]) -> str:
    """What several things of a kind are worth together."""
    values: list[Any] = [item.columns["value"] or item.columns["amount"] or 0 for item in found]
    return f"{sum((Decimal(str(value)) for value in values), Decimal()):.2f}"


@cache
def _facts() -> frozenset[str]:
    """The facts that the means check compares."""
    return frozenset(item.fact for item in items().values() if item.fact is not None)


def _cell(told: list[Statement], declared: dict[Key, Statement]) -> Cell:
    outcomes = [_outcome(declared.get(each.key), each) for each in told]
    if not outcomes:
        return Cell(NO_ANSWER, 0)
    gravest = next(outcome for outcome in _GRAVEST if outcome in outcomes)
    return Cell(gravest, outcomes.count(gravest))


def _outcome(declared: Statement | None, found: Statement) -> str:
    """One item: found but not declared, declared but not found, or told by both. No answer is no finding."""
    if found.value is None:
        return NO_ANSWER
    nothing = found.value in _NOTHING
    if declared is None or declared.value is None:
        return MATCH if nothing else FOUND_ONLY
    if declared.value == found.value:
        return MATCH
    if declared.value in _NOTHING:
        return FOUND_ONLY
    return DECLARED_ONLY if nothing else DIFFERS
