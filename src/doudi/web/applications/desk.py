"""What waits: calls for help, drafts, papers that one's own household is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from doudi.web.accounts.roles import Role
from doudi.web.applications.models import Draft, DraftState, Lead, LeadState
from doudi.web.cases.models import Case
from doudi.web.site.desk import Tile

ANSWERERS = (Role.TOWNSHIP_CLERK, Role.TOWNSHIP_HEAD, Role.COUNTY_CLERK, Role.COUNTY_HEAD)
WRITERS = (Role.VILLAGE_ASSISTANT, Role.TOWNSHIP_CLERK)


def tiles(user: Any) -> Iterator[Tile]:
    """The counts for the role."""
    if user.role in ANSWERERS:
        yield Tile(
            _("待核实的报困"), Lead.objects.filter(state=LeadState.OPEN).count(), "applications:leads", "bell"
        )
    if user.role in WRITERS or user.role == Role.RESIDENT:
        drafts = Draft.objects.filter(state=DraftState.WRITING).count()
        yield Tile(_("正在填写的申请"), drafts, "applications:start", "edit")
    if user.role == Role.RESIDENT:
        running = Case.objects.filter(closed_at__isnull=True).exclude(kind__in=("warning", "reading"))
        yield Tile(_("正在办理的事"), running.count(), "applications:my_cases", "inbox")
        asked = running.filter(stage__in=("papers", "supplement")).count()
        yield Tile(_("等您补材料"), asked, "applications:my_cases", "warning")
