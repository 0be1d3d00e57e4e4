"""Jobs asked for, tried again, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from doudi.web.accounts.models import User
from doudi.web.accounts.models.region import NATION
from doudi.web.audit import record
from doudi.web.jobs import queue
from doudi.web.jobs.kinds import kind_of
from doudi.web.jobs.models import OPEN, Item, ItemState, Job, State


@transaction.atomic
def start(
    kind: str, by: User, params: Mapping[str, Any] | None = None, once: str = "", total: int | None = None
) -> Job:
    """Ask for a job, which works with the account ``by``. ``once``: if a job of this kind is open under this key, that one.

    Raises:
        JobError: there is no such kind.
    """
    kind_of(kind)
    job = Job(
        kind=kind, region_id=by.region_id, by=by, role=by.role, params=dict(params or {}), once=once, total=total
    )  # fmt: skip
    stored, new = _stored(job)
    if new:
        record("job.start", stored, details={"kind": kind, **stored.params})
    return stored


@transaction.atomic
def start_own(kind: str, due: datetime, params: Mapping[str, Any]) -> Job | None:
    """Begin a job of the system itself for a moment of the calendar; None when it was begun already."""
    job = Job(kind=kind, region_id=NATION, due=due, params=dict(params))
    stored, new = _stored(job)
    return stored if new else None


def _stored(job: Job) -> tuple[Job, bool]:
    """The job, stored and in the queue; or the one that is there already."""
    if job.once or job.due:
        Job.objects.bulk_create([job], ignore_conflicts=True)
        rows = Job.objects.filter(kind=job.kind, due=job.due) if job.due else _open(job)
        job, new = rows.select_for_update().get(), True
        new = job.queued is None
    else:
        job.save()
        new = True
    if new:
        job.queued = queue.deliver(job.pk)
        job.save(update_fields=["queued"])
    return job, new


def _open(job: Job) -> Any:
    return Job.objects.filter(kind=job.kind, once=job.once, state__in=OPEN)


@transaction.atomic
def retry(number: int) -> str | None:
    """Let a job that failed or was cancelled go on where it stood; why not, if not."""
    job = Job.objects.select_for_update().get(pk=number)
    if job.state not in (State.FAILED, State.CANCELLED):
        return _("只有未完成或者已取消的任务可以继续。")
    if job.once and _open(job).exists():
        return _("同样的任务正在进行。")
    Item.objects.filter(job=job, state=ItemState.FAILED).update(state=ItemState.WAITING, reason="")
    job.counts.pop(str(ItemState.FAILED), None)
    job.state, job.attempts, job.stop, job.fault, job.fault_en = State.WAITING, 0, False, "", ""
    job.finished_at, job.queued = None, queue.deliver(job.pk)
    job.save()
    record("job.retry", job)
    return None


@transaction.atomic
def cancel(number: int) -> str | None:
    """Take a job back: one that waits at once, one that runs after its present step; why not, if not."""
    job = Job.objects.select_for_update().get(pk=number)
    if not job.open:
        return _("任务已经结束。")
    job.stop = True
    if job.state == State.WAITING and (job.queued is None or queue.call_back(job.queued)):
        job.state, job.finished_at = State.CANCELLED, timezone.now()
    job.save(update_fields=["stop", "state", "finished_at"])
    record("job.cancel", job)
    return None
