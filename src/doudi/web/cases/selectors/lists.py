"""Lists of cases, a page at a time: by stage, kind, place, deadline and what a decision has to look at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from doudi.web.accounts.models.region import prefix_of
from doudi.web.cases.models import Case
from doudi.web.cases.roles import acting_roles
from doudi.web.cases.services.cases import aware_now

COUNTED = 10_000
NO_LIMIT = "none"
_PLACE = re.compile(r"(none|\d{14}\.\d{6})-(\d{1,18})")
_STAMP = "%Y%m%d%H%M%S.%f"
_EQUAL = ("kind", "stage", "source", "programme", "number")
CLOSED_OR_ALL = frozenset({"closed", "all"})


@dataclass(frozen=True, slots=True)
class Page:
    """Cases of one page. ``count``: of all that match, up to ``COUNTED``; ``after`` leads to the next page."""

    cases: list[Case]
    count: int
    more: bool
    after: str | None


def cases(wanted: dict[str, Any], user: Any) -> QuerySet:
    """The cases that match what ``CaseFilter`` gives: those at work by deadline, the soonest first; closed ones and all, the
    newest first."""
    found = Case.objects.select_related("region__parent", "household__head", "assigned_to")
    for name in _EQUAL:
        if wanted.get(name):
            found = found.filter(**{name: wanted[name]})
    if wanted.get("region"):
        prefix = prefix_of(wanted["region"])
        found = found.filter(region_id__gte=prefix.ljust(12, "0"), region_id__lte=prefix.ljust(12, "9"))
    if wanted.get("mark"):
        found = found.filter(marks__contains=[wanted["mark"]])
    found = _by_clerk(found, wanted.get("clerk") or "", user)
    found = _by_state(found, wanted.get("state") or "mine", user)
    if wanted.get("state") in CLOSED_OR_ALL:
        return found.order_by("-pk")
    return found.order_by(F("due").asc(nulls_last=True), "pk")


def page(wanted: dict[str, Any], user: Any, size: int, after: str = "") -> Page:
    """One page of what matches: three queries however many there are."""
    found = cases(wanted, user)
    count = found.order_by()[: COUNTED + 1].count()
    rows = list(later(found, after, wanted.get("state") in CLOSED_OR_ALL)[: size + 1])
    shown = rows[:size]
    last = shown[-1] if len(rows) > size else None
    return Page(shown, min(count, COUNTED), count > COUNTED, place_of(last) if last else None)


def place_of(case: Case) -> str:
    """Where a page ends."""
    due = timezone.localtime(case.due).strftime(_STAMP) if case.due else NO_LIMIT
    return f"{due}-{case.pk}"


def later(found: QuerySet, after: str, newest_first: bool) -> QuerySet:
    """What comes after a place; all of it for anything that is no place."""
    match = _PLACE.fullmatch(after)
    if match is None:
        return found
    number = int(match[2])
    if newest_first:
        return found.filter(pk__lt=number)
    if match[1] == NO_LIMIT:
        return found.filter(due__isnull=True, pk__gt=number)
    due = timezone.make_aware(datetime.strptime(match[1], _STAMP))
    return found.filter(Q(due__gt=due) | Q(due=due, pk__gt=number) | Q(due__isnull=True))


def _by_clerk(found: QuerySet, clerk: str, user: Any) -> QuerySet:
    if clerk == "none":
        return found.filter(assigned_to__isnull=True)
    number = user.pk if clerk == "me" else clerk
    return found.filter(assigned_to=number) if clerk else found


def _by_state(found: QuerySet, state: str, user: Any) -> QuerySet:
    if state == "mine":
        return found.filter(closed_at__isnull=True, owner__in=acting_roles(user))
    if state == "late":
        return found.filter(closed_at__isnull=True, due__lt=aware_now())
    if state == "open":
        return found.filter(closed_at__isnull=True)
    return found.filter(closed_at__isnull=False) if state == "closed" else found
