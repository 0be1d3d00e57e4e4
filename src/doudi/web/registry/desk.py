"""What waits in the registry, counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from doudi.web.registry.models import Change, ChangeState, Household
from doudi.web.site.desk import Tile, counted

WORKERS = frozenset({"village_assistant", "township_clerk", "township_head", "county_clerk", "county_head"})


def tiles(user: Any) -> Iterator[Tile]:
    """Households in which the law finds a right and nobody pays, and those in aid."""
    if user.role not in WORKERS:
        return
    waiting = Change.objects.filter(state=ChangeState.WAITING).exclude(asked_by_id=user.pk)
    yield Tile(_("待审批的变更"), counted(waiting), "registry:changes", "edit")
    found = Household.objects.filter(ended_on__isnull=True, size__gt=0)
    for title, icon, tier in (
        (_("测算符合低保的家庭"), "money", "dibao"),
        (_("测算符合特困的家庭"), "household", "tekun"),
    ):
        yield Tile(title, counted(found.filter(tier=tier)), "registry:households", icon, f"?tier={tier}")
