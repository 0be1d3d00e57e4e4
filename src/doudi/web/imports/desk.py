"""Imports that wait for a second person, counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from doudi.web.accounts.access import may_open
from doudi.web.imports.models import Batch, BatchState
from doudi.web.site.desk import Tile


def tiles(user: Any) -> Iterator[Tile]:
    """Imports of others that wait for somebody to look at them."""
    if may_open(user.role, "imports:batches"):
        waiting = Batch.objects.filter(state=BatchState.CHECKED).exclude(by_id=user.pk)
        yield Tile(_("待复核的导入"), waiting.count(), "imports:batches", "inbox")
