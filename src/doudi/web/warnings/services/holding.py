"""Standing decisions not to raise a warning again until a day (暂不提示), and what the sweep reads of them."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from doudi.monitoring.decisions import HEADINGS
from doudi.rules.files import put_whole
from doudi.web.audit import record
from doudi.web.cases.errors import refused
from doudi.web.database.scope import acting_as, system
from doudi.web.warnings.errors import WarningError
from doudi.web.warnings.models import Hold, Warning

LONGEST = 366
"""Days for which a warning may be held back at most."""


@transaction.atomic
def hold_back(warning: Warning, reason: str, until: date, user: Any) -> Hold:
    """Hold a warning back until a day. It is marked at once; the next sweep reads it.

    Raises:
        WarningError: the reason is missing, or the day is past or too far away.
    """
    today = timezone.localdate()
    problems = (
        []
        if reason.strip()
        else refused("hold.reason", "没有写理由", "no reason was given", "写明理由", "give one")
    )
    if not 0 < (until - today).days <= LONGEST:
        problems += refused(
            "hold.until", "截止日期应在明天至一年之内", "the day must lie between tomorrow and a year from now",
            "另选日期", "choose another day",
        )  # fmt: skip
    if problems:
        raise WarningError(problems)
    found: Hold = Hold.objects.create(
        region_id=warning.region_id, indicator=warning.indicator, subject_number=warning.subject_number,
        household_id=warning.household_id, reason=reason.strip(), until=until, decided_by=user,
    )  # fmt: skip
    warning.held_back_until = until
    warning.save(update_fields=["held_back_until"])
    record("warning.hold", warning, subject=warning.person_id or "", details={"until": until.isoformat()})
    return found


@transaction.atomic
def lift(hold: Hold, user: Any) -> None:
    """End a decision now; the warning is shown again, and the next sweep raises it if it still holds."""
    if hold.lifted_at is not None:
        return
    hold.lifted_at = timezone.now()
    hold.save(update_fields=["lifted_at"])
    Warning.objects.filter(
        county=hold.household.county, indicator=hold.indicator, subject_number=hold.subject_number
    ).update(held_back_until=None)
    record("warning.lift", hold, details={"by": user.pk})


def write_decisions(path: Path, county: str) -> int:
    """Write the decisions of a county that hold today, as ``doudi watch --decisions`` reads them; how many.

    Raises:
        OSError: it cannot be written.
    """
    with acting_as(system()), transaction.atomic():
        rows = list(
            Hold.objects.filter(
                household__county=county[:6], lifted_at__isnull=True, until__gte=timezone.localdate()
            )
            .select_related("decided_by")
            .order_by("pk")
        )
        record("warning.export", ("warnings.hold", county[:6]), details={"decisions": len(rows)})
    with put_whole(path) as making, making.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(HEADINGS.values())
        for row in rows:
            decided = timezone.localtime(row.decided_at).date().isoformat()
            sheet.writerow(
                [
                    row.indicator,
                    row.subject_number,
                    row.reason,
                    row.decided_by.username,
                    decided,
                    row.until.isoformat(),
                ]
            )
    return len(rows)
