"""The file of a household beside its case: who lives there, what it gets, which other cases it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F

from doudi.web.cases.models import Case, Entitlement, Kinship
from doudi.web.cases.selectors.folders import Folder
from doudi.web.registry.models import Household
from doudi.web.registry.selectors.files import File, Member
from doudi.web.registry.selectors.lights import lights

MOST = 8


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands beside a case. ``kin``: who of the staff is declared a near relative; ``relative``: the one who looks."""

    file: File
    household: Household
    members: list[Member]
    lights: list[Any]
    entitlements: list[Entitlement]
    others: list[Case]
    kin: list[Kinship]
    relative: bool


def summary(folder: Folder) -> Summary | None:
    """The summary; None for a case of the county itself."""
    household = folder.case.household
    if household is None:
        return None
    file = File(household)
    kin = list(Kinship.objects.filter(household=household, until__isnull=True).select_related("user"))
    others = Case.objects.filter(household=household).exclude(pk=folder.case.pk).order_by("-pk")[:MOST]
    return Summary(
        file, household, file.members, list(lights(household, file.stale)),
        list(household.entitlements.exclude(until=F("since")).order_by("-since", "-pk")[:MOST]), list(others), kin,
        any(row.user_id == folder.user.pk for row in kin),
    )  # fmt: skip
