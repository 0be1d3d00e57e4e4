"""Making a roll, deciding on its lines, locking it, and entering what was paid; each once, each by the right person."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from doudi.procedure.calendar import add_months
from doudi.web.audit import record
from doudi.web.cases.models import Entitlement
from doudi.web.cases.selectors.paying import of_month
from doudi.web.paying.checking import difference_of, findings_of, stopped, sums_of
from doudi.web.paying.errors import PayingError
from doudi.web.paying.models import Difference, Line, Roll, RollState
from doudi.web.registry.models import PAYMENT, Benefit

BATCH = 1000
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('doudi roll'), %s)"


@transaction.atomic
def make(county: str, month: date, by: Any) -> Roll:
    """Make the roll of a month, or make it anew while it is a draft; decisions on lines that are as they were stay.

    Raises:
        PayingError: it was locked, or an earlier month is still open.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [int(county)])
    roll = Roll.objects.filter(county=county, month=month).first()
    if roll is not None and roll.state != RollState.DRAFT:
        raise PayingError(_("这个月的名册已经锁定，不能重编。"))
    if Roll.objects.filter(county=county, month__lt=month, state=RollState.DRAFT).exists():
        raise PayingError(_("更早月份的名册还没有锁定。"))
    decided = {line.entitlement_id: line for line in roll.lines.exclude(why="")} if roll else {}
    if roll is None:
        roll = Roll.objects.create(region_id=county.ljust(12, "0"), county=county, month=month, by=by)
    roll.lines.all().delete()
    lines = _lines(roll)
    for line in lines:
        _keep(line, decided.get(line.entitlement_id))
    Line.objects.bulk_create(lines, batch_size=BATCH)
    record("roll.make", roll, region=roll.region_id, details={"month": f"{month:%Y-%m}", "lines": len(lines)})
    return roll


def _lines(roll: Roll) -> list[Line]:
    previous = (
        Roll.objects.filter(county=roll.county, month=add_months(roll.month, -1))
        .exclude(state=RollState.DRAFT)
        .first()
    )
    before = sums_of(previous)
    rows = [row for row in of_month(roll.month) if not row.once or row.step.step == "settle_difference"]
    findings = findings_of(rows, roll.month)
    made = [
        _line(roll, row, row.amount, None if row.once else before.get((row.household_id, row.programme)),
              difference_of(row, before, previous is not None), findings[row.pk])
        for row in rows
    ]  # fmt: skip
    ended = [_line(roll, row, 0, amount, Difference.STOPPED, []) for row, amount in stopped(before, rows)]
    return [*made, *ended]


def _line(
    roll: Roll, row: Entitlement, amount: int, before: int | None, difference: str, findings: Sequence[str]
) -> Line:
    return Line(
        roll=roll, region_id=row.region_id, household_id=row.household_id, entitlement=row, programme=row.programme,
        amount=amount, before=before, difference=difference, findings=list(findings),
        pays=None if findings else amount > 0,
    )  # fmt: skip


def _keep(line: Line, earlier: Line | None) -> None:
    """Take over what was decided, if the line is what it was then."""
    if earlier is not None and (earlier.amount, earlier.findings) == (line.amount, line.findings):
        line.pays, line.why, line.decided_by = earlier.pays, earlier.why, earlier.decided_by


@transaction.atomic
def decide(line: Line, pays: bool, why: str, by: Any) -> None:
    """Pay a line, or hold it back this month, with the reason.

    Raises:
        PayingError: no reason, nothing to pay, or the roll is locked.
    """
    roll = Roll.objects.select_for_update().get(pk=line.roll_id)
    if roll.state != RollState.DRAFT:
        raise PayingError(_("名册已经锁定，不能再改。"))
    if not why.strip() or not line.amount:
        raise PayingError(_("写明理由；停发的行没有可以决定的。"))
    line.pays, line.why, line.decided_by = pays, why.strip(), by
    line.save(update_fields=["pays", "why", "decided_by"])
    record("roll.decide", line.household, details={"roll": roll.pk, "line": line.pk, "pays": pays})


@transaction.atomic
def lock(roll: Roll, by: Any) -> Roll:
    """Lock a roll: its lines are as they are from now on.

    Raises:
        PayingError: by whoever made it or decided on a line of it, while something is undecided, or not in its turn.
    """
    roll = Roll.objects.select_for_update().get(pk=roll.pk)
    if roll.state != RollState.DRAFT:
        raise PayingError(_("名册已经锁定，不能再改。"))
    if roll.by_id == by.pk or roll.lines.filter(decided_by=by).exists():
        raise PayingError(_("编制或者决定过名册的人不能锁定，由另一人锁定。"))
    if roll.lines.filter(pays__isnull=True).exists():
        raise PayingError(_("还有需要决定的行。"))
    roll.digest = _digest(roll)
    roll.state, roll.locked_by, roll.locked_at = RollState.LOCKED, by, timezone.now()
    roll.save()
    record(
        "roll.lock",
        roll,
        region=roll.region_id,
        details={"month": f"{roll.month:%Y-%m}", "digest": roll.digest},
    )
    return roll


def _digest(roll: Roll) -> str:
    rows = roll.lines.order_by("entitlement_id").values_list("entitlement_id", "amount", "pays", "why")
    return hashlib.sha256(json.dumps(list(rows), ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def enter_paid(roll: Roll, on: date, reference: str, by: Any) -> int:
    """Enter that a locked roll was paid: every line that pays becomes a row of the household's ledger; how many.

    Raises:
        PayingError: it is not locked, was paid already, or its lines are not those that were locked.
    """
    roll = Roll.objects.select_for_update().get(pk=roll.pk)
    if roll.state != RollState.LOCKED:
        raise PayingError(_("只有锁定而没有发放的名册可以登记发放。"))
    if _digest(roll) != roll.digest:
        raise PayingError(_("名册与锁定时不符，查明改动。"))
    if not reference.strip() or on < timezone.localdate(roll.locked_at):
        raise PayingError(_("填写银行批次号和锁定以后的发放日期。"))
    rows = [
        Benefit(
            region_id=line.region_id, county=roll.county, household_id=line.household_id, programme=line.programme,
            month=roll.month, amount=line.amount, source=PAYMENT, row=f"{roll.pk}/{line.pk}",
        )
        for line in roll.lines.filter(pays=True)
    ]  # fmt: skip
    Benefit.objects.bulk_create(rows, batch_size=BATCH)
    roll.state, roll.paid_by, roll.paid_on, roll.reference = RollState.PAID, by, on, reference.strip()
    roll.save()
    record(
        "roll.paid", roll, region=roll.region_id, details={"month": f"{roll.month:%Y-%m}", "lines": len(rows)}
    )
    return len(rows)
