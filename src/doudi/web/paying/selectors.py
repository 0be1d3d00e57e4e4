"""Rolls and their lines, read."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.http import Http404

from doudi.web.paying.models import Line, Roll

SIZE = 50
SHOWN = {
    "open": Q(pays__isnull=True),
    "found": ~Q(findings=[]),
    "changed": ~Q(difference__in=("same", "first")),
}
"""What of a roll can be looked at by itself."""


def rolls() -> QuerySet:
    """The rolls in scope, the newest month first."""
    return Roll.objects.select_related("by", "locked_by").order_by("-month", "-pk")


def roll(number: int) -> Roll:
    """A roll in scope.

    Raises:
        Http404: there is none.
    """
    found = rolls().filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def lines(found: Roll, shown: str = "") -> QuerySet:
    """The lines of a roll, or some of them; anything else asked for is all of them."""
    rows = found.lines.select_related(
        "household__head", "region__parent", "entitlement__case", "entitlement__step"
    )
    return rows.filter(SHOWN.get(shown, Q())).order_by("-findings__len", "region_id", "pk")


def line(number: int) -> Line:
    """A line in scope.

    Raises:
        Http404: there is none.
    """
    found = Line.objects.select_related("roll", "household").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def sums(found: Roll) -> dict[str, Any]:
    """How many lines, how many are open, differ and pay, and fen."""
    told: dict[str, Any] = found.lines.aggregate(
        lines=Count("pk"), open=Count("pk", filter=SHOWN["open"]), found=Count("pk", filter=SHOWN["found"]),
        changed=Count("pk", filter=SHOWN["changed"]), paying=Count("pk", filter=Q(pays=True)),
        total=Sum("amount", filter=Q(pays=True)), before=Sum("before"),
    )  # fmt: skip
    return told
