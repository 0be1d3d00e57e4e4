"""Looking for imports and their rows."""

from __future__ import annotations

from django.db.models import Count, Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from doudi.web.imports.models import Batch, Home, HomeState, Member

PAGE = 50


def batches() -> QuerySet:
    """The imports in scope, the newest first."""
    return Batch.objects.select_related("by", "reviewed_by", "region").order_by("-pk")


def batch_or_404(number: int) -> Batch:
    """An import in scope."""
    found: Batch = get_object_or_404(
        Batch.objects.select_related("by", "reviewed_by", "reversed_by", "job", "region"), pk=number
    )
    return found


def homes(batch: Batch, state: str) -> QuerySet:
    """The households of an import in a state, with their members and whom these may be."""
    members = Member.objects.select_related("person__household", "possible__household").order_by("place")
    return (
        Home.objects.filter(batch=batch, state=state)
        .select_related("household")
        .prefetch_related(Prefetch("members", queryset=members))
        .order_by("place")
    )


def homeless(batch: Batch) -> QuerySet:
    """Persons of an import whose household is not in the file."""
    return Member.objects.filter(batch=batch, home__isnull=True).order_by("place")


def present(batch: Batch) -> dict[str, int]:
    """Households by state, as they are now."""
    rows = Home.objects.filter(batch=batch).order_by().values_list("state").annotate(number=Count("pk"))
    found = dict(rows)
    return {state: found.get(state, 0) for state in HomeState.values}


def undecided(batch: Batch) -> int:
    """How many households wait for a decision."""
    return Home.objects.filter(batch=batch, state=HomeState.DECIDE, decision="").count()
