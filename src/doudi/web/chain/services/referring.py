"""Handing matters on to an office, and its answer."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from doudi.programmes.catalogue import catalogue
from doudi.web.audit import record
from doudi.web.cases.errors import refused
from doudi.web.cases.models import Case
from doudi.web.cases.services.carrying import Done
from doudi.web.cases.services.moving import take
from doudi.web.cases.services.opening import open_case
from doudi.web.chain.errors import ChainError
from doudi.web.chain.models import Grant, Referral
from doudi.web.chain.models.referral import PURPOSE
from doudi.web.chain.selectors.telling import told_to_office
from doudi.web.registry.sensitive import seal

KIND = "referral"


@transaction.atomic
def refer(
    chain: Case, office: str, programmes: Sequence[str], user: Any, at: datetime | None = None
) -> Referral:
    """Ask an office to look at some of its programmes for the household of a chain; ``at``: the moment, local and naive (now, if
    not given).

    Raises:
        ChainError: no such office, no programme, one of another office, or one that the office is looking at already.
        CaseError: the procedure says no.
    """
    _must_be_of(office, programmes)
    Case.objects.select_for_update(of=("self",)).get(pk=chain.pk)
    _must_be_new(chain, programmes)
    take(chain.pk, "refer", user, {"department": office, "matters": tuple(programmes)}, at=at)
    case = open_case(KIND, chain.household, user, chain, timezone.make_aware(at) if at else None)
    told = json.dumps(told_to_office(chain, programmes), ensure_ascii=False, sort_keys=True).encode()
    referral: Referral = Referral.objects.create(
        region_id=case.region_id, case=case, chain=chain, office=office, programmes=list(programmes),
        sealed=seal(told, PURPOSE, str(case.pk)),
    )  # fmt: skip
    take(case, "send_referral", user, {"department": office, "matters": tuple(programmes)}, at=at)
    record("referral.send", case, details={"office": office, "programmes": list(programmes)})
    return referral


@transaction.atomic
def grant(referral: Referral, amounts: Mapping[str, int], reason: str, user: Any, **form: Any) -> Done:
    """Answer that programmes were granted; ``amounts`` in fen for each. ``form``: ``seen``, ``token`` and the rest
    that ``take`` knows.

    Raises:
        ChainError: a programme that was not asked for.
        CaseError: the procedure says no.
    """
    strange = sorted(set(amounts) - set(referral.programmes))
    if strange or not amounts:
        raise ChainError(refused(
            "referral.programme", f"没有转办这个项目：{'、'.join(strange)}", f"not referred: {', '.join(strange)}",
            "只填写转办的项目", "answer for what was referred",
        ))  # fmt: skip
    done = take(
        referral.case_id, "answer_granted", user, {"amount": sum(amounts.values()), "reason": reason}, **form
    )
    if not done.again:
        Grant.objects.bulk_create(
            Grant(region_id=referral.region_id, referral=referral, programme=name, amount=amount)
            for name, amount in amounts.items()
        )
    return done


def _must_be_of(office: str, programmes: Sequence[str]) -> None:
    known = catalogue()
    if office not in known.organisations:
        raise ChainError(refused("referral.office", "没有这个部门或者组织", "no such office"))
    wrong = [
        name
        for name in programmes
        if name not in known.programmes or known.programmes[name].organisation != office
    ]
    if wrong or not programmes:
        raise ChainError(refused(
            "referral.programme", f"不是这个部门的项目：{'、'.join(wrong)}", f"not of this office: {', '.join(wrong)}",
            "选择这个部门的项目", "choose programmes of the office",
        ))  # fmt: skip


def _must_be_new(chain: Case, programmes: Sequence[str]) -> None:
    open_ones = Referral.objects.filter(chain=chain, case__closed_at__isnull=True)
    asked = {name for names in open_ones.values_list("programmes", flat=True) for name in names}
    twice = sorted(asked & set(programmes))
    if twice:
        raise ChainError(refused(
            "referral.twice", f"已经转办，尚未答复：{'、'.join(twice)}", f"already referred: {', '.join(twice)}",
            "等待答复，或者催办", "wait for the answer, or press for it",
        ))  # fmt: skip
