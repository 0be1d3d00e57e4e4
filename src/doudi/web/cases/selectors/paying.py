"""What is to be paid in a month (发放清单)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from doudi.web.cases.models import Entitlement

SIZE = 50


@dataclass(frozen=True, slots=True)
class Sums:
    """One programme in a month: how many households, and fen."""

    programme: str
    households: int
    total: int


def of_month(month: date) -> QuerySet:
    """The entitlements of a month (its first day), by place."""
    running = Q(since__lte=month) & (Q(until__isnull=True) | Q(until__gt=month))
    return (
        Entitlement.objects.filter(running)
        .select_related("household__head", "region__parent", "case", "step")
        .order_by("region_id", "pk")
    )


def sums(month: date) -> list[Sums]:
    """The month by programme."""
    rows: Any = (
        of_month(month)
        .order_by("programme")
        .values("programme")
        .annotate(households=Count("household", distinct=True), total=Sum(F("amount")))
    )
    return [Sums(row["programme"], row["households"], row["total"]) for row in rows]
