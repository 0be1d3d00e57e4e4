"""What waits in case work, counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from doudi.web.cases.models import Case
from doudi.web.cases.roles import acting_roles
from doudi.web.registry.desk import WORKERS
from doudi.web.site.desk import Tile


def tiles(user: Any) -> Iterator[Tile]:
    """Cases that wait for the role, and those that are late."""
    if user.role not in WORKERS:
        return
    found = Case.objects.filter(closed_at__isnull=True)
    yield Tile(
        _("等我办理的办件"), found.filter(owner__in=acting_roles(user)).count(), "cases:cases", "inbox"
    )
    late = found.filter(due__lt=timezone.now()).count()
    yield Tile(_("超期的办件"), late, "cases:cases", "warning", "?state=late")
