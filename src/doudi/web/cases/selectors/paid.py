"""What a household was paid in a month: as its cases have it, or, where it was granted before they were kept here, as the roll has it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, Sum

from doudi.web.cases.models import Entitlement
from doudi.web.registry.models import Benefit

MONTHLY = ("dibao", "single_dibao", "tekun")
"""Programmes that are paid each month and end or shrink with a member."""


def paid_in(household: Any, month: date) -> int | None:
    """Fen of the monthly programmes in a month (its first day); None where nothing is on record."""
    return _granted(household, month) if granted_by(household, month) else _told(household, month)


def paid_now(household: Any, month: date) -> int | None:
    """The same, or where that month's roll has not come, what the newest roll before it tells."""
    last = last_paid(household, month)
    return None if last is None else paid_in(household, last)


def last_paid(household: Any, month: date) -> date | None:
    """The newest month up to ``month`` for which a payment is on record; none after the one in which what was granted ended."""
    if granted_by(household, month):
        return month if _granted(household, month) is not None else None
    newest = _benefits(household).filter(month__lte=month).order_by("-month")
    return newest.values_list("month", flat=True).first()


def programme_of(household: Any) -> str | None:
    """The monthly programme that a household is paid now or was paid last; None where nothing is on record."""
    granted = Entitlement.objects.filter(household=household, once=False).order_by("-since", "-pk")
    found: str | None = granted.values_list("programme", flat=True).first()
    return found or _benefits(household).order_by("-month").values_list("programme", flat=True).first()


def granted_by(household: Any, month: date) -> bool:
    """Whether what the household is paid in a month was granted in its cases, and not before they were kept here."""
    return bool(Entitlement.objects.filter(household=household, once=False, since__lte=month).exists())


def _granted(household: Any, month: date) -> int | None:
    running = Q(since__lte=month) & (Q(until__isnull=True) | Q(until__gt=month))
    found = Entitlement.objects.filter(running, household=household, once=False).aggregate(
        total=Sum("amount")
    )
    total: int | None = found["total"]
    return total


def _told(household: Any, month: date) -> int | None:
    total: int | None = _benefits(household).filter(month=month).aggregate(total=Sum("amount"))["total"]
    return total


def _benefits(household: Any) -> Any:
    return Benefit.objects.filter(household=household, programme__in=MONTHLY, withdrawn_on__isnull=True)
