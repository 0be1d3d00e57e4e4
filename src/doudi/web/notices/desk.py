"""What waits in public notices, counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from doudi.web.notices.selectors.postings import postings
from doudi.web.registry.desk import WORKERS
from doudi.web.site.desk import Tile


def tiles(user: Any) -> Iterator[Tile]:
    """Notices whose period has passed, and those that an objection has stopped."""
    if user.role not in WORKERS:
        return
    yield Tile(_("期满待报送的公示"), postings("due").count(), "notices:postings", "calendar", "?state=due")
    yield Tile(
        _("因异议中止的公示"), postings("stopped").count(), "notices:postings", "warning", "?state=stopped"
    )
