"""What the system does every night for itself."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from doudi.web.audit import record
from doudi.web.audit.verification import verify
from doudi.web.jobs.calendar import duty
from doudi.web.jobs.errors import JobError
from doudi.web.jobs.models import OPEN, Item, Job
from doudi.web.jobs.work import Work

KEPT_DAYS = 90
"""How long items of jobs and deliveries are kept; the jobs with their counts stay."""


@duty("night.tidy", _("清理过期登录"))
def sessions(work: Work) -> None:
    """Take away sessions that are over."""
    with work.batch():
        call_command("clearsessions")


@duty("night.tidy", _("清理旧任务的明细"))
def old_items(work: Work) -> None:
    """Take away the items and deliveries of jobs that ended long ago."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    with work.batch():
        old = Job.objects.filter(finished_at__lt=before).exclude(state__in=OPEN)
        items = Item.objects.filter(job__in=old.values("pk"))
        gone = items.delete()[0]
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM procrastinate_jobs q WHERE q.status IN ('succeeded', 'failed', 'cancelled', 'aborted')"
                " AND NOT EXISTS (SELECT FROM procrastinate_events e WHERE e.job_id = q.id AND e.at > %s)",
                [before],
            )
        record("job.tidy", details={"items": gone, "deliveries": cursor.rowcount})


@duty("night.audit", _("验证审计链"))
def audit(work: Work) -> None:
    """Verify the audit trail from its beginning.

    Raises:
        JobError: it is not whole, or this worker may not read all of it.
    """
    users = {alias: settings.DATABASES[alias]["USER"] for alias in ("default", "owner")}
    if users["owner"] == users["default"]:
        raise JobError(
            "没有设 DATABASE_OWNER_URL，读不到全部记录",
            "DATABASE_OWNER_URL is not set, so not all can be read",
        )
    found = verify()
    if found.faults:
        raise JobError(f"发现 {len(found.faults)} 处问题", f"{len(found.faults)} faults were found")
    with work.batch():
        record("audit.verified", details={"links": found.links, "head": found.head.hex()})
