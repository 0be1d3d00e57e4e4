"""Looking for jobs."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.http import Http404
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

from doudi.web.accounts.roles import Role
from doudi.web.jobs.models import Item, ItemState, Job, State

ALIVE = 30
"""Seconds since the last beat of a worker that is alive."""


def jobs(wanted: dict[str, Any]) -> QuerySet:
    """The jobs that an administrator may see, the newest first."""
    found = Job.objects.select_related("by", "region").order_by("-id")
    if wanted.get("state"):
        found = found.filter(state=wanted["state"])
    return found


def own_jobs(user: Any) -> QuerySet:
    """The jobs that somebody asked for, the newest first."""
    return Job.objects.filter(by_id=user.pk).select_related("region", "by").order_by("-id")


def job_or_404(number: int, user: Any) -> Job:
    """A job that somebody asked for, or that the system administrator may see."""
    found: Job | None = Job.objects.select_related("by", "region").filter(pk=number).first()
    if found is None or not (found.by_id == user.pk or user.role == Role.SYSTEM_ADMINISTRATOR):
        raise Http404
    return found


def numbers() -> dict[str, int]:
    """How many jobs are in each state."""
    found = dict(Job.objects.order_by().values_list("state").annotate(number=Count("pk")))
    return {state: found.get(state, 0) for state in State.values}


def beats() -> list[int]:
    """Seconds since the last beat of each worker."""
    now = timezone.now()
    last = ProcrastinateWorker.objects.order_by("-last_heartbeat").values_list("last_heartbeat", flat=True)
    return [int((now - each).total_seconds()) for each in last]


def not_done(job: Job) -> QuerySet:
    """The items of a job that were refused or failed."""
    return Item.objects.filter(job=job, state__in=(ItemState.REFUSED, ItemState.FAILED)).order_by("pk")
