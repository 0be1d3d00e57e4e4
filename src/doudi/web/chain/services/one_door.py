"""Opening the one door (一门受理)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from doudi.procedure.case import Plain
from doudi.web.cases.models import Case
from doudi.web.cases.services.moving import take
from doudi.web.cases.services.opening import open_case
from doudi.web.registry.models import Household

KIND = "one_door"


@transaction.atomic
def begin(household: Household, user: Any, inputs: Mapping[str, Plain], at: datetime | None = None) -> Case:
    """Open the one door for a household and submit the application; ``inputs`` are those of ``submit_one_door``, ``at`` the moment,
    local and naive (now, if not given).

    Raises:
        CaseError: every reason against it.
    """
    case = open_case(KIND, household, user, at=timezone.make_aware(at) if at else None)
    return take(case, "submit_one_door", user, inputs, at=at).case
