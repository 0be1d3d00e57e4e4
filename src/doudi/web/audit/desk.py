"""What the auditor sees first, counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from doudi.web.accounts.roles import Role
from doudi.web.audit.models import Entry, Outcome
from doudi.web.site.desk import Tile


def tiles(user: Any) -> Iterator[Tile]:
    """Entries of the last 24 hours, and the refused and failed among them."""
    if user.role != Role.AUDITOR:
        return
    entries = Entry.objects.filter(at__gt=timezone.now() - timedelta(hours=24))
    refused, failed = (
        entries.filter(outcome=outcome).count() for outcome in (Outcome.REFUSED, Outcome.FAILED)
    )
    yield Tile(_("24 小时内的记录"), entries.count(), "audit:entries", "journal")
    yield Tile(_("24 小时内被拒绝的访问"), refused, "audit:entries", "lock", "?outcome=refused")
    yield Tile(_("24 小时内未成功的操作"), failed, "audit:entries", "warning", "?outcome=failed")
