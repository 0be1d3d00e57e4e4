"""Persons of a convergence who wait for an opinion, counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from doudi.web.accounts.access import may_open
from doudi.web.convergence.models import Placement
from doudi.web.convergence.selectors.persons import MINE, convergences
from doudi.web.convergence.services.reviewing import waiting_for
from doudi.web.site.desk import Tile


def tiles(user: Any) -> Iterator[Tile]:
    """Those of the newest convergence for whom it is the turn of one's level."""
    newest = convergences(user).first() if may_open(user.role, "convergence:convergences") else None
    if newest is not None:
        waiting = Placement.objects.filter(convergence=newest, state__in=waiting_for(user.role)).count()
        yield Tile(_("并轨待我审核"), waiting, "convergence:convergences", "people", f"?state={MINE}")
