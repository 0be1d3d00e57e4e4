"""The dashboard: from raised to a changed benefit, by indicator, by village, by township. Small cells are hidden from analysts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from doudi.monitoring.trying import Precision
from doudi.web.accounts.models import Region
from doudi.web.accounts.roles import Role
from doudi.web.cases.models import Case
from doudi.web.warnings.models import Round

SMALL = 5
DAYS = (30, 90, 365)
CHANGED = (
    Q(stage__in=("in_payment", "in_register", "paid"))
    | Q(kind="temporary_urgent", stage="closed")
    | Q(kind="review", taken__step__in=("raise_sum", "turn_to_cut", "turn_to_steps"))
)
"""Cases after which a household has something else than before."""


@dataclass(frozen=True, slots=True)
class Tally:
    """A count; None where it is hidden, being small."""

    shown: int | None

    def __str__(self) -> str:
        return f"<{SMALL}" if self.shown is None else str(self.shown)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: of an indicator, village or township."""

    key: str
    name: str
    raised: Tally
    open: Tally
    late: Tally
    closed: Tally
    useful: Tally
    precision: Precision | None
    before: Precision | None = None

    @property
    def trend(self) -> int:
        """Whether the precision rose (1), fell (-1), or neither, by more than five points, against the period before."""
        now, then = (one.share if one else None for one in (self.precision, self.before))
        if now is None or then is None or abs(now - then) <= 0.05:
            return 0
        return 1 if now > then else -1


@dataclass(frozen=True, slots=True)
class Figures:
    """All that the dashboard shows of a period; ``villages`` of all townships, those of a township by what is still open."""

    since: datetime
    days: int
    funnel: tuple[tuple[str, Tally], ...]
    late: Tally
    indicators: list[Line]
    villages: list[Line]
    townships: list[Line]
    hidden: bool

    def of(self, township: str) -> tuple[Line | None, list[Line]]:
        """The line of a township, or of the first where it has none, and those of its villages."""
        total = next((one for one in self.townships if one.key == township), None)
        total = total or next(iter(self.townships), None)
        return total, [one for one in self.villages if total and _township(one.key) == total.key]


def figures(user: Any, days: int = DAYS[1]) -> Figures:
    """The figures of the rounds that were raised in the last ``days`` in scope. Four queries."""
    hidden = user.role == Role.ANALYST
    since = timezone.now() - timedelta(days=days)
    rounds = Round.objects.filter(raised_at__gte=since)
    changed = Case.objects.filter(CHANGED, parent=OuterRef("case"))
    total = rounds.annotate(bettered=Exists(changed)).aggregate(
        **_counts(), dispatched=Count("pk", filter=Q(dispatched_at__isnull=False)),
        visited=Count("pk", filter=Q(answered_at__isnull=False)), changed=Count("pk", filter=Q(bettered=True)),
    )  # fmt: skip
    earlier = Round.objects.filter(raised_at__gte=since - timedelta(days=days), raised_at__lt=since)
    before = {
        row["indicator"]: Precision(row["useful"], row["closed"])
        for row in earlier.values("indicator").annotate(**_counts()).order_by()
    }
    by_indicator = list(rounds.values("indicator").annotate(**_counts()).order_by("-raised", "indicator"))
    by_village = list(rounds.values("region_id").annotate(**_counts()).order_by("-open", "region_id"))
    places = [row["region_id"] for row in by_village]
    names = _names(places)
    funnel = tuple((name, _cell(total[name], hidden)) for name in ("raised", "dispatched", "visited", "closed", "changed"))  # fmt: skip
    return Figures(
        since, days, funnel, _cell(total["late"], hidden),
        _lines([(row["indicator"], row["indicator"], row) for row in by_indicator], hidden, before),
        _villages(by_village, names, hidden), _lines(_townships(by_village, names), hidden), hidden,
    )  # fmt: skip


def _counts() -> dict[str, Any]:
    open_now = Q(case__closed_at__isnull=True)
    return {
        "raised": Count("pk"), "open": Count("pk", filter=open_now),
        "late": Count("pk", filter=open_now & Q(case__due__lt=timezone.now())),
        "closed": Count("pk", filter=Q(useful__isnull=False)), "useful": Count("pk", filter=Q(useful=True)),
    }  # fmt: skip


def _names(villages: Sequence[str]) -> dict[str, str]:
    codes = {*villages, *(_township(code) for code in villages)}
    return dict(Region.objects.filter(code__in=codes).values_list("code", "name"))


def _township(code: str) -> str:
    return code[:9].ljust(12, "0")


def _villages(rows: Sequence[dict[str, Any]], names: dict[str, str], hidden: bool) -> list[Line]:
    """Those of one township after the other, since the sum of a township would tell a single small count in it."""
    homes: dict[str, list[tuple[str, str, dict[str, int]]]] = {}
    for row in rows:
        code = row["region_id"]
        homes.setdefault(_township(code), []).append((code, names.get(code, ""), row))
    return [line for _town, group in sorted(homes.items()) for line in _lines(group, hidden)]


def _townships(
    rows: Sequence[dict[str, Any]], names: dict[str, str]
) -> list[tuple[str, str, dict[str, int]]]:
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        sums = found.setdefault(_township(row["region_id"]), dict.fromkeys(_KEYS, 0))
        for key in _KEYS:
            sums[key] += row[key]
    ordered = sorted(found.items(), key=lambda pair: (-pair[1]["raised"], pair[0]))
    return [(code, names.get(code, ""), sums) for code, sums in ordered]


_KEYS = ("raised", "open", "late", "closed", "useful")


def _lines(
    rows: Sequence[tuple[str, str, dict[str, int]]], hidden: bool, before: dict[str, Precision] | None = None
) -> list[Line]:
    small = {key: to_hide([row[key] for _key, _name, row in rows]) if hidden else set() for key in _KEYS}
    found = []
    for place, (key, name, row) in enumerate(rows):
        cells = {one: Tally(None if place in small[one] else row[one]) for one in _KEYS}
        known = cells["closed"].shown is not None and cells["useful"].shown is not None
        told = Precision(row["useful"], row["closed"]) if known and row["closed"] else None
        found.append(Line(key, name, **cells, precision=told, before=(before or {}).get(key) if known else None))  # fmt: skip
    return found


def _cell(count: int, hidden: bool) -> Tally:
    return Tally(None if hidden and 0 < count < SMALL else count)


def to_hide(counts: Sequence[int]) -> set[int]:
    """The places of small counts; where it is one alone, the next smallest as well, since the sum would tell it."""
    small = {place for place, count in enumerate(counts) if 0 < count < SMALL}
    if len(small) == 1:
        rest = [(count, place) for place, count in enumerate(counts) if count and place not in small]
        small |= {min(rest)[1]} if rest else set()
    return small
