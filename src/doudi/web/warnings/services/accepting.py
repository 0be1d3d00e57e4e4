"""Accepting answers, remarks, meetings, duty: the smaller deeds of the township and the village."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from doudi.web.accounts.models import Region
from doudi.web.audit import record
from doudi.web.cases.services.carrying import Done
from doudi.web.cases.services.moving import take
from doudi.web.registry.sensitive import open_sealed, seal
from doudi.web.warnings.models import Duty, Meeting, Remark, Warning
from doudi.web.warnings.models.meeting import PURPOSE as MEETING
from doudi.web.warnings.models.remark import PURPOSE as REMARK


def accept(
    warning: Warning, step: str, user: Any, seen: int | None = None, at: datetime | None = None
) -> Done:
    """Close the case of a warning by a step of the procedure, which opens what the answer asks for.

    Raises:
        CaseError: the procedure refuses it.
        ChangedError: somebody took a step meanwhile.
    """
    return take(warning.case, step, user, seen=seen, at=at)


@transaction.atomic
def remark(warning: Warning, text: str, token: uuid.UUID, user: Any) -> Remark:
    """Write a remark; the same token once."""
    earlier = Remark.objects.filter(token=token).first()
    if earlier is not None:
        return earlier
    found: Remark = Remark.objects.create(
        region_id=warning.region_id, warning=warning, by=user, token=token,
        sealed=seal(text.encode(), REMARK, str(token)),
    )  # fmt: skip
    record("warning.remark", warning)
    return found


def text_of(one: Remark) -> str:
    """What a remark says.

    Raises:
        VaultError: it cannot be opened.
    """
    return open_sealed(one.sealed, REMARK, str(one.token)).decode()


@transaction.atomic
def meet(
    warning: Warning, held_on: date, present: Sequence[str], minutes: str, decision: str, token: uuid.UUID, user: Any
) -> Meeting:  # fmt: skip
    """Record what a joint meeting decided of a warning; the same token once. What follows is done by steps of the case."""
    earlier = Meeting.objects.filter(token=token).first()
    if earlier is not None:
        return earlier
    content = json.dumps({"present": list(present), "minutes": minutes}, ensure_ascii=False).encode()
    found: Meeting = Meeting.objects.create(
        region_id=warning.region_id, warning=warning, held_on=held_on, decision=decision, by=user, token=token,
        sealed=seal(content, MEETING, str(token)),
    )  # fmt: skip
    record("warning.meeting", warning, details={"decision": decision, "held_on": held_on.isoformat()})
    return found


@transaction.atomic
def set_duty(region: Region, whom: Any, since: date, until: date | None, user: Any) -> Duty:
    """Put an account on the roster of a village; one that stands there without an end is ended first."""
    Duty.objects.filter(region=region, user=whom, until__isnull=True).update(until=since)
    found: Duty = Duty.objects.create(region=region, user=whom, since=since, until=until, set_by=user)
    record("warning.duty", found, details={"account": whom.pk, "since": since.isoformat()})
    return found


@transaction.atomic
def end_duty(duty: Duty, user: Any) -> None:
    """Take an account off the roster from today."""
    duty.until = timezone.localdate()
    duty.save(update_fields=["until"])
    record("warning.duty", duty, details={"ended_by": user.pk})
