"""What waits in case work, counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from doudi.web.cases.models import Case, Escalation
from doudi.web.cases.roles import acting_roles
from doudi.web.cases.selectors.approvals import STAGES, waiting
from doudi.web.cases.services.cases import aware_now
from doudi.web.registry.desk import WORKERS
from doudi.web.site.desk import Tile, counted


def tiles(user: Any) -> Iterator[Tile]:
    """Cases that wait for the role, and those that are late."""
    if user.role not in WORKERS:
        return
    found = Case.objects.filter(closed_at__isnull=True)
    mine = counted(found.filter(owner__in=acting_roles(user)))
    yield Tile(_("等我办理的办件"), mine, "cases:cases", "inbox")
    late = counted(found.filter(due__lt=aware_now()))
    yield Tile(_("超期的办件"), late, "cases:cases", "warning", "?state=late")
    told = Escalation.objects.filter(told__in=acting_roles(user), ended_at__isnull=True)
    yield Tile(_("告知我的超期"), counted(told), "cases:escalations", "bell")
    deciding = counted(waiting({}, user)) if str(user.role) in STAGES else 0
    yield Tile(_("等决定的意见"), deciding, "cases:approval", "done")
