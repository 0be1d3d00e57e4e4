"""What waits in chains, counted: for the staff what is late or answered, for an office what was sent to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from doudi.web.cases.models import Case
from doudi.web.chain.models import Referral
from doudi.web.scoped import OFFICES
from doudi.web.site.desk import Tile

STAFF = frozenset({"township_clerk", "township_head", "county_clerk", "county_head"})


def tiles(user: Any) -> Iterator[Tile]:
    """Referrals that wait."""
    if user.role in OFFICES:
        waiting = Referral.objects.filter(case__closed_at__isnull=True, case__stage__in=("sent", "received"))
        yield Tile(_("等本单位办理的转办"), waiting.count(), "chain:office", "link")
    elif user.role in STAFF:
        late = Referral.objects.filter(case__closed_at__isnull=True, case__due__lt=timezone.now())
        yield Tile(_("部门超期未复的转办"), late.count(), "chain:board", "warning", "?late=on")
        answered = Case.objects.filter(kind="one_door", stage="answered")
        yield Tile(
            _("待告知的救助链"),
            answered.count(),
            "cases:cases",
            "link",
            "?state=open&kind=one_door&stage=answered",
        )
