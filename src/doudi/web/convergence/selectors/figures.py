"""A convergence in numbers: before and after, as proposed and as decided, with exact shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count as Counted

from doudi.convergence.classes import OPEN_REASONS, PLACED, TIERS
from doudi.convergence.summary import Count
from doudi.web.accounts.models import Region
from doudi.web.convergence.models import Convergence, Placement, State

TOWNSHIP = 9
_COLUMNS = ("region_id", "place", "tier", "reason", "state", "wanted_place", "wanted_tier")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tier:
    """How many are in a tier: before, after what is proposed, and after what has been decided."""

    code: str
    before: int
    proposed: int
    decided: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All numbers in scope. ``places``: townships, or villages for whoever sees one township, each with its counts."""

    proposed: Count
    decided: Count
    tiers: list[Tier]
    open: list[tuple[str, int]]
    states: list[tuple[str, str, int]]
    places: list[tuple[Region, Count, Count]]


def figures(convergence: Convergence, user: Any) -> Figures:
    """The numbers of what an account sees of it. Two queries, however many persons there are."""
    grouped = Placement.objects.filter(convergence=convergence).order_by().values(*_COLUMNS)
    rows = list(grouped.annotate(number=Counted("pk")))
    states = _counted(rows, "state")
    reasons = _counted([row for row in rows if row["place"] == "open"], "reason")
    return Figures(
        _count(rows, _proposed), _count(rows, _standing), _tiers(rows), [(code, reasons[code]) for code in OPEN_REASONS if reasons[code]],
        [(str(state), str(state.label), states[state]) for state in State if states[state]], _places(rows, user),
    )  # fmt: skip


def _proposed(row: Row) -> str:
    return str(row["place"])


def _standing(row: Row) -> str:
    """The place in force: what is neither settled nor decided counts as open."""
    return str(row["wanted_place"]) if row["state"] in (State.SETTLED, State.DECIDED) else "open"


def _count(rows: Iterable[Row], place: Any) -> Count:
    found: Counter[str] = Counter()
    for row in rows:
        found[place(row)] += row["number"]
    return Count(**{name: found[name] for name in PLACED})


def _counted(rows: Iterable[Row], column: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in rows:
        found[row[column]] += row["number"]
    return found


def _tiers(rows: list[Row]) -> list[Tier]:
    before = _counted([row for row in rows if row["place"] == "covered"], "tier")
    proposed = _counted([row for row in rows if row["place"] == "new"], "tier")
    taken = [row for row in rows if row["state"] == State.DECIDED and row["wanted_place"] == "new"]
    decided = _counted(taken, "wanted_tier")
    return [
        Tier(code, before[code], before[code] + proposed[code], before[code] + decided[code])
        for code in TIERS
    ]


def _places(rows: list[Row], user: Any) -> list[tuple[Region, Count, Count]]:
    """By township for the county, by village below it; the rows of no known village stand under the county."""
    length = TOWNSHIP if len(user.region.prefix) < TOWNSHIP else 12
    parts: dict[str, list[Row]] = {}
    for row in rows:
        parts.setdefault(row["region_id"][:length].ljust(12, "0"), []).append(row)
    known = Region.objects.in_bulk(list(parts))
    return [
        (known[code], _count(parts[code], _proposed), _count(parts[code], _standing))
        for code in sorted(parts)
        if code in known
    ]
