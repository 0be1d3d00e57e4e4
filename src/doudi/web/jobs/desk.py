"""What of the background jobs somebody should know, counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from doudi.web.accounts.access import may_open
from doudi.web.accounts.roles import Role
from doudi.web.jobs.models import OPEN, Job, State
from doudi.web.site.desk import Tile


def tiles(user: Any) -> Iterator[Tile]:
    """To the system administrator the jobs that failed in the last week; to others their own that are open."""
    if user.role == Role.SYSTEM_ADMINISTRATOR:
        failed = Job.objects.filter(state=State.FAILED, finished_at__gt=timezone.now() - timedelta(days=7))
        yield Tile(_("7 天内未完成的后台任务"), failed.count(), "jobs:jobs", "warning", "?state=failed")
    elif may_open(user.role, "jobs:mine"):
        mine = Job.objects.filter(by_id=user.pk, state__in=OPEN)
        yield Tile(_("进行中的任务"), mine.count(), "jobs:mine", "clock")
