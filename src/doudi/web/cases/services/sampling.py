"""Drawing a sample (抽查) of what townships are about to confirm, where confirmation is delegated to them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from doudi.web.audit import record
from doudi.web.cases.models import Case
from doudi.web.cases.services.cases import as_procedures
from doudi.web.cases.services.moving import take

STEP, STAGE = "draw_sample", "deciding_here"
MOST = 500


@dataclass(frozen=True, slots=True)
class Drawn:
    """How many cases were drawn from, and which the lot fell on."""

    cases: int
    sampled: tuple[int, ...]


@transaction.atomic
def draw(user: Any, percent: int, at: datetime | None = None) -> Drawn:
    """Draw at random from the cases in scope that wait for a township and were not drawn from yet, at least one of each lot.

    Raises:
        CaseError: the procedure refuses it: another role, or a share below the rule of the place.
    """
    waiting = list(Case.objects.filter(stage=STAGE, closed_at__isnull=True).order_by("pk")[:MOST])
    known = as_procedures(waiting)
    lot = [case for case in waiting if all(event.step != STEP for event in known[case.pk].events)]
    size = min(len(lot), -(-len(lot) * percent // 100)) if lot else 0
    chosen = {case.pk for case in secrets.SystemRandom().sample(lot, size)}
    for case in lot:
        take(case, STEP, user, {"sampled": case.pk in chosen, "sample_percent": percent}, at=at)
    record(
        "case.sample",
        ("cases.case", ""),
        details={"lot": len(lot), "sampled": len(chosen), "percent": percent},
    )
    return Drawn(len(lot), tuple(sorted(chosen)))
