"""Notices as staff see them: those that hang, their days, pictures and objections."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.http import Http404
from django.utils import timezone

from doudi.web.notices.models import Posting

SIZE = 50


def postings(state: str = "open") -> QuerySet:
    """Notices in scope with the number of their pictures and objections; those that end first come first.

    ``state``: open (hanging or stopped), stopped, due (their period has passed, to be reported), all.
    """
    found = (
        Posting.objects.select_related("case__household__head", "region__parent")
        .annotate(pictures=Count("photos", distinct=True), objected=Count("objections", distinct=True))
        .order_by("last", "pk")
    )
    today = timezone.localdate()
    if state == "stopped":
        return found.filter(ended_at__isnull=True, stopped_at__isnull=False)
    if state == "due":
        return found.filter(ended_at__isnull=True, stopped_at__isnull=True, last__lt=today)
    if state == "all":
        return found.order_by("-last", "-pk")
    return found.filter(ended_at__isnull=True)


def posting(number: int) -> Posting:
    """A notice in scope.

    Raises:
        Http404: there is none, or none that may be seen.
    """
    found = (
        Posting.objects.select_related("case__household__head", "region__parent", "step")
        .filter(pk=number)
        .first()
    )
    if found is None:
        raise Http404
    return found


def days_left(each: Posting) -> int:
    """Calendar days until the last day, today not counted; 0 on the last day and after."""
    return max(0, (each.last - timezone.localdate()).days)


def paper_of(each: Posting) -> Any:
    """The poster of a notice."""
    return each.step.papers.filter(kind=each.kind).first()
