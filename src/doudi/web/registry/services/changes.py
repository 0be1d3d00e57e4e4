"""Changes of households: one asks, another decides (四眼), and what was agreed is done in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from doudi.web.accounts.models import Region
from doudi.web.audit import record
from doudi.web.registry.effects import carry_out
from doudi.web.registry.errors import ChangeError
from doudi.web.registry.models import Change, ChangeKind, ChangeState, Household, Person
from doudi.web.registry.models.change import PURPOSE
from doudi.web.registry.sensitive import open_sealed, seal
from doudi.web.registry.services import households


@transaction.atomic
def ask(
    household: Household, kind: str, on: date, reason: str, wanted: Mapping[str, Any], by: Any,
    personal: Mapping[str, str] | None = None, version: int | None = None,
) -> Change:  # fmt: skip
    """Ask for a change. ``wanted``: numbers and codes; ``personal``: what must be sealed. ``version``: of the household as it
    was when the form was opened.

    Raises:
        ChangeError: the household has been changed meanwhile, another change waits, or the day lies ahead.
    """
    locked = Household.objects.select_for_update().get(pk=household.pk)
    if version is not None and locked.version != version:
        raise ChangeError(_("这一户刚被别人变更过，请核对后重新填写。"))
    if locked.changes.filter(state=ChangeState.WAITING).exists():
        raise ChangeError(_("这一户已有待审批的变更。"))
    if on > timezone.localdate():
        raise ChangeError(_("日期还没有到。"))
    change = Change(
        region_id=locked.region_id, household=locked, kind=kind, on=on, reason=reason, wanted=dict(wanted),
        version=locked.version, asked_by=by,
    )  # fmt: skip
    if personal:
        change.sealed = seal(json.dumps(dict(personal)).encode(), PURPOSE, change.seal_owner)
    change.save()
    record("household.change_asked", locked, reason=reason, details={"change": change.pk, "kind": kind})
    return change


@transaction.atomic
def approve(change: Change, by: Any, decision: str) -> None:
    """Agree, and do it.

    Raises:
        ChangeError: it is one's own, it is decided already, or the household is no longer as it was when it was asked for.
    """
    change, household = _open(change, by)
    if household.version != change.version:
        raise ChangeError(_("这一户在申请之后又有变更，请退回重新申请。"))
    _do(change, household)
    _decide(change, ChangeState.APPROVED, by, decision)
    carry_out(change, by)


@transaction.atomic
def refuse(change: Change, by: Any, decision: str) -> None:
    """Do not agree.

    Raises:
        ChangeError: it is one's own, or it is decided already.
    """
    change, _household = _open(change, by)
    _decide(change, ChangeState.REFUSED, by, decision)


@transaction.atomic
def withdraw(change: Change, by: Any, reason: str) -> None:
    """Take back what one asked for oneself.

    Raises:
        ChangeError: somebody else asked for it, or it is decided already.
    """
    change, household = _waiting(change)
    if change.asked_by_id != by.pk:
        raise ChangeError(_("只能撤回自己申请的变更。"))
    change.state, change.decided_by, change.decided_at = ChangeState.WITHDRAWN, by, timezone.now()
    change.decision = reason
    change.save(update_fields=["state", "decided_by", "decided_at", "decision"])
    record("household.change_withdrawn", household, reason=reason, details={"change": change.pk})


def _open(change: Change, by: Any) -> tuple[Change, Household]:
    """The change, which ``by`` may decide, and its household, locked."""
    change, household = _waiting(change)
    if change.asked_by_id == by.pk:
        raise ChangeError(_("不能审批自己申请的变更。"))
    return change, household


def _waiting(change: Change) -> tuple[Change, Household]:
    """The change, which waits, and its household, locked."""
    household = Household.objects.select_for_update().get(pk=change.household_id)
    change = Change.objects.select_for_update().get(pk=change.pk)
    if change.state != ChangeState.WAITING:
        raise ChangeError(_("这项变更已经办结。"))
    return change, household


def _decide(change: Change, state: str, by: Any, decision: str) -> None:
    change.state, change.decided_by, change.decided_at, change.decision = state, by, timezone.now(), decision
    change.save(update_fields=["state", "decided_by", "decided_at", "decision"])
    record(
        "household.change_decided",
        change.household,
        reason=decision,
        details={"change": change.pk, "state": str(state)},
    )


def personal(change: Change) -> dict[str, str]:
    """What was sealed of a change."""
    if change.sealed is None:
        return {}
    found: dict[str, str] = json.loads(open_sealed(change.sealed, PURPOSE, change.seal_owner))
    return found


def _do(change: Change, household: Household) -> None:
    wanted, on = change.wanted, change.on
    if change.kind == ChangeKind.MOVE:
        region = Region.objects.filter(code=wanted["region"]).first()
        if region is None:
            raise ChangeError(_("没有这个迁入地。"))
        households.move(household, region, personal(change).get("address", ""), on)
        change.region_id = household.region_id
        change.save(update_fields=["region"])
    elif change.kind == ChangeKind.SPLIT:
        people = [_person(number) for number in wanted["people"]]
        new = households.split(household, people, _person(wanted["head"]), on)
        change.wanted = {**wanted, "new": new.pk}
        change.save(update_fields=["wanted"])
    elif change.kind == ChangeKind.MERGE:
        other = Household.objects.select_for_update().filter(pk=wanted["other"]).first()
        if other is None:
            raise ChangeError(_("没有这个并入的家庭，或者不在您的管辖范围内。"))
        households.merge(household, other, on)
    elif change.kind == ChangeKind.DEATH:
        successor = _person(wanted["successor"]) if wanted.get("successor") else None
        households.die(household, _person(wanted["person"]), on, successor)
    elif change.kind == ChangeKind.HEAD:
        households.succeed(household, _person(wanted["person"]), on)
    else:
        told = personal(change)
        households.contact(_person(wanted["person"]), told.get("phone"), told.get("account"), on)


def _person(number: int) -> Person:
    found = Person.objects.select_for_update().filter(pk=number).first()
    if found is None:
        raise ChangeError(_("没有这个人，或者不在您的管辖范围内。"))
    return found
