"""Persons of a convergence in scope, a page at a time, and one of them with all that belongs to him."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from doudi.web.accounts.models.region import prefix_of
from doudi.web.convergence.models import Convergence, Placement
from doudi.web.convergence.services.reviewing import waiting_for

PAGE = 30
MINE = "mine"


def convergences(user: Any) -> QuerySet:
    """Those of the county in which an account works, the newest first."""
    county = str(user.region_id)[:6].ljust(12, "0")
    return (
        Convergence.objects.filter(region_id=county)
        .select_related("by", "survey", "region")
        .order_by("-day", "-pk")
    )


def convergence_of(number: int, user: Any) -> Convergence:
    """One of them.

    Raises:
        Http404: there is none, or it is of another county.
    """
    found: Convergence | None = convergences(user).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def persons(convergence: Convergence, wanted: Mapping[str, Any], user: Any) -> QuerySet:
    """The persons that match what ``PersonFilter`` gives, by village and household."""
    found = Placement.objects.filter(convergence=convergence)
    for name in ("place", "reason", "tier"):
        if wanted.get(name):
            found = found.filter(**{name: wanted[name]})
    state = wanted.get("state")
    if state == MINE:
        found = found.filter(state__in=waiting_for(user.role))
    elif state:
        found = found.filter(state=state)
    if wanted.get("region"):
        prefix = prefix_of(wanted["region"])
        found = found.filter(region_id__gte=prefix.ljust(12, "0"), region_id__lte=prefix.ljust(12, "9"))
    return found.select_related("region__parent", "person", "convergence", "household").order_by(
        "region_id", "household_id", "pk"
    )


def person_of(number: int) -> Placement:
    """One person in scope.

    Raises:
        Http404: there is none.
    """
    rows = Placement.objects.select_related(
        "convergence__by", "region__parent", "household__head", "person", "case", "decided_by"
    )
    found: Placement | None = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def others_of(placement: Placement) -> QuerySet:
    """The others of the list in the same household."""
    same = Q(household__isnull=False, household=placement.household_id)
    rows = Placement.objects.filter(same, convergence=placement.convergence_id).exclude(pk=placement.pk)
    return rows.select_related("person").order_by("pk")
