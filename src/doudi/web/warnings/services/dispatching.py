"""Sending warnings to the villages (派单): by duty roster, with the limits of the procedure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from doudi.web.accounts.models import User
from doudi.web.accounts.roles import Role
from doudi.web.cases.errors import CaseError
from doudi.web.cases.services.moving import take
from doudi.web.warnings.models import Duty, Round
from doudi.web.warnings.words import indicator_of

DISPATCH, AT_ONCE = "dispatch_warning", frozenset({"red"})
"""Levels that reach the village the night they are found; others wait for the township."""
VILLAGE = "village_assistant"


def on_duty(regions: Iterable[str], day: date) -> dict[str, list[User]]:
    """Who answers for each village on a day: those of the roster, the first first; where it names nobody, its assistants."""
    wanted = sorted(set(regions))
    rows = (
        Duty.objects.filter(region_id__in=wanted, since__lte=day, user__is_active=True)
        .filter(Q(until__isnull=True) | Q(until__gte=day))
        .select_related("user")
        .order_by("since", "pk")
    )
    found: dict[str, list[User]] = {}
    for row in rows:
        found.setdefault(row.region_id, []).append(row.user)
    missing = [region for region in wanted if region not in found]
    assistants = User.objects.filter(role=Role.VILLAGE_ASSISTANT, region_id__in=missing, is_active=True)
    for user in assistants.order_by("pk"):
        found.setdefault(str(user.region_id), []).append(user)
    return found


def dispatch_urgent(rounds: Sequence[Round], at: datetime) -> int:
    """Dispatch the urgent ones that a village answers, where somebody is there to answer; how many."""
    urgent = [one for one in rounds if one.level in AT_ONCE and _of_village(one.indicator)]
    team = on_duty((one.region_id for one in urgent), at.date())
    ready = [one for one in urgent if team.get(one.region_id)]
    for one in ready:
        _send(one, None, team, at)
    return len(ready)


@transaction.atomic
def dispatch(rounds: Sequence[Round], user: Any, at: datetime | None = None) -> tuple[int, list[CaseError]]:
    """Dispatch each of these that waits for it; how many were, and why others were not. ``at``: local and naive; now, if not given."""
    team = on_duty((one.region_id for one in rounds), at.date() if at else timezone.localdate())
    sent, refused = 0, []
    for one in rounds:
        try:
            with transaction.atomic():
                _send(one, user, team, at)
        except CaseError as error:
            refused.append(error)
        else:
            sent += 1
    return sent, refused


def _send(one: Round, user: Any, team: dict[str, list[User]], at: datetime | None) -> None:
    done = take(one.case_id, DISPATCH, user, at=at)
    first = next(iter(team.get(one.region_id, ())), None)
    if first is not None and not done.again:
        done.case.assigned_to = first
        done.case.save(update_fields=["assigned_to"])


def _of_village(indicator: str) -> bool:
    found = indicator_of(indicator)
    return found is None or found.responds == VILLAGE
