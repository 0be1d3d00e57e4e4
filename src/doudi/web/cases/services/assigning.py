"""Handing cases to somebody of one's own region (分办)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction

from doudi.web.audit import record
from doudi.web.cases.models import Case


@transaction.atomic
def assign(numbers: Collection[int], to: Any) -> int:
    """Hand over the open cases in scope; how many were handed over now. One that somebody has already stays as it is."""
    found = Case.objects.select_for_update(of=("self",)).filter(pk__in=numbers, closed_at__isnull=True)
    moved = [case for case in found.order_by("pk") if case.assigned_to_id != to.pk]
    for case in moved:
        before = case.assigned_to_id
        case.assigned_to = to
        case.save(update_fields=["assigned_to"])
        record("case.assign", case, details={"to": to.pk, "before": before})
    return len(moved)
