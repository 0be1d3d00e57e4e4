"""What the village has to do: one task for each household, however many warnings it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils import timezone

from doudi.web.registry.models import Household
from doudi.web.warnings.models import Visit, Warning
from doudi.web.warnings.selectors.alerts import GRAVITY

TO_ANSWER = "dispatched"
MOST = 200
"""Households that a phone is told of at once."""


@dataclass(frozen=True, slots=True)
class Task:
    """A household that waits for a visit."""

    household: Household
    warnings: tuple[Warning, ...]
    due: datetime | None
    mine: bool
    newest: int

    @property
    def late(self) -> bool:
        """Whether its time has passed."""
        return self.due is not None and self.due < timezone.now()

    @property
    def level(self) -> str:
        """The gravest."""
        return self.warnings[0].level


def tasks(user: Any) -> list[Task]:
    """The tasks in scope: the late first, those of the account first among equals, then by place. Three queries."""
    rows = _waiting().order_by("gravity", "pk")
    homes: dict[int, list[Warning]] = {}
    for one in rows:
        homes.setdefault(one.household_id, []).append(one)
    newest = _newest(homes)
    found = [_task(each, user, newest.get(number, 0)) for number, each in homes.items()]
    return sorted(found, key=_order)[:MOST]


def _waiting() -> Any:
    return (
        Warning.objects.filter(case__stage=TO_ANSWER)
        .select_related("household__head", "household__region", "case", "person")
        .annotate(gravity=GRAVITY)
        .defer("sealed")
    )


def _newest(households: Any) -> dict[int, int]:
    """The number of the newest visit of each household."""
    rows = Visit.objects.filter(household_id__in=list(households)).order_by("household_id", "-pk")
    return dict(rows.distinct("household_id").values_list("household_id", "pk"))


def _task(warnings: Sequence[Warning], user: Any, newest: int) -> Task:
    dues = [one.case.due for one in warnings if one.case.due]
    mine = any(one.case.assigned_to_id == user.pk for one in warnings)
    return Task(warnings[0].household, tuple(warnings), min(dues, default=None), mine, newest)


def _order(task: Task) -> tuple[Any, ...]:
    day = task.due.date().isoformat() if task.due else "9999"
    home = task.household
    return not task.late, day, not task.mine, home.region_id, home.address, home.pk


def task_of(number: int, user: Any) -> Task:
    """The task of a household in scope; one without warnings to answer can be visited as well.

    Raises:
        Http404: there is no such household.
    """
    household = Household.objects.select_related("head", "region__parent").filter(pk=number).first()
    if household is None:
        raise Http404
    warnings = list(_waiting().filter(household=household).order_by("gravity", "pk"))
    newest = _newest([household.pk]).get(household.pk, 0)
    if not warnings:
        return Task(household, (), None, False, newest)
    return _task(warnings, user, newest)


def in_conflict() -> Any:
    """Visits that overtook another and that nobody has settled; of the household and the other visit as well."""
    return (
        Visit.objects.filter(conflicts_with__isnull=False, settled_at__isnull=True)
        .select_related("household__head", "by", "conflicts_with__by")
        .order_by("-pk")
    )
