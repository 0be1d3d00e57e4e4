"""Lists of cases: by stage, kind, place and deadline."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from doudi.web.accounts.models.region import prefix_of
from doudi.web.cases.models import Case
from doudi.web.cases.roles import acting_roles

SIZES = (20, 50, 100)


def cases(wanted: dict[str, Any], user: Any) -> QuerySet:
    """The cases that match ``kind``, ``stage``, ``region``, ``mine`` (what waits for the role or person), ``late``, ``open``;
    the soonest deadline first."""
    found = Case.objects.select_related("region__parent", "household__head", "assigned_to")
    if wanted.get("kind"):
        found = found.filter(kind=wanted["kind"])
    if wanted.get("stage"):
        found = found.filter(stage=wanted["stage"])
    if wanted.get("region"):
        prefix = prefix_of(wanted["region"])
        found = found.filter(region_id__gte=prefix.ljust(12, "0"), region_id__lte=prefix.ljust(12, "9"))
    if wanted.get("number"):
        found = found.filter(number=wanted["number"])
    found = _by_state(found, wanted.get("state") or "mine", user)
    return found.order_by(F("due").asc(nulls_last=True), "pk")


def _by_state(found: QuerySet, state: str, user: Any) -> QuerySet:
    if state == "mine":
        return found.filter(closed_at__isnull=True, owner__in=acting_roles(user))
    if state == "late":
        return found.filter(closed_at__isnull=True, due__lt=timezone.now())
    if state == "open":
        return found.filter(closed_at__isnull=True)
    return found.filter(closed_at__isnull=False) if state == "closed" else found
