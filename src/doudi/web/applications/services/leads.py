"""Calls for help: taken from anybody, known again, made a red warning where the household is known."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from doudi.web.accounts.models import Region
from doudi.web.applications.errors import ApplyError
from doudi.web.applications.models import Lead, LeadState
from doudi.web.applications.models.lead import PURPOSE, Need
from doudi.web.audit import record
from doudi.web.cases.models import Case
from doudi.web.cases.numbers import draw
from doudi.web.cases.services.moving import take
from doudi.web.cases.services.opening import open_case
from doudi.web.registry.models import Household, Person, State
from doudi.web.registry.selectors.searching import name_key
from doudi.web.registry.sensitive import blind, seal

AGAIN = timedelta(days=3)
MOST_SAID = 20
WORD = "报困"


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said: who is in need, where, what happened, and under which number one can ask."""

    who: str
    where: str
    text: str
    phone: str


@transaction.atomic
def call(region: Region, need: str, said: Said) -> Lead:
    """Take a call. One about the same person in the same township, or from the same telephone, within three days adds to the first."""
    key = name_key(said.who) or said.who
    township = region.code[:9]
    who, phone = blind(f"{township}/{key}", "lead_who"), blind(_digits(said.phone), "lead_phone")
    now = timezone.now()
    again = Lead.objects.select_for_update(of=("self",)).filter(
        Q(who_index=who) | Q(phone_index=phone, need=need), last_at__gte=now - AGAIN,
        region_id__gte=township.ljust(12, "0"), region_id__lte=township.ljust(12, "9"),
    ).exclude(state=LeadState.CLOSED)  # fmt: skip
    lead = again.order_by("pk").first()
    if lead is None:
        number = f"{region.code[:6]}-{timezone.localdate().year}-B{draw(region.code[:6], timezone.localdate().year, WORD):05}"
        lead = Lead(
            region=region, number=number, need=need, who_index=who, phone_index=phone, at=now, times=0
        )
        calls: list[dict[str, Any]] = []
    else:
        calls = lead.said()
    lead.times, lead.last_at = lead.times + 1, now
    calls.append({**asdict(said), "at": now.isoformat(), "need": need})
    lead.sealed = seal(json.dumps(calls[-MOST_SAID:], ensure_ascii=False).encode(), PURPOSE, lead.number)
    lead.save()
    record("call.made", lead, details={"need": need, "times": lead.times})
    if lead.case is None:
        household = _known(region, key)
        if household is not None:
            warn(lead, household, None)
    return lead


@transaction.atomic
def warn(lead: Lead, household: Household, by: Any) -> Case:
    """Make a red warning of a call, about a household.

    Raises:
        ApplyError: it was made already, or closed.
        CaseError: the procedure does not allow it.
    """
    locked = Lead.objects.select_for_update(of=("self",)).get(pk=lead.pk)
    if locked.state != LeadState.OPEN:
        raise ApplyError(_("这条报困已经有人处理。"))
    case = open_case("warning", household, by)
    indicator = f"一键报困：{_chinese(locked.need)}（{locked.number}）"
    case = take(case, "raise_warning", by, {"indicator": indicator, "level": "red"}).case
    lead.household, lead.case, lead.state = household, case, LeadState.TAKEN
    lead.save(update_fields=["household", "case", "state"])
    record("call.warn", lead, details={"case": case.pk})
    return case


@transaction.atomic
def close(lead: Lead, reason: str, by: Any) -> None:
    """Close a call that needs nothing more.

    Raises:
        ApplyError: somebody has dealt with it already.
    """
    locked = Lead.objects.select_for_update(of=("self",)).get(pk=lead.pk)
    if locked.state != LeadState.OPEN:
        raise ApplyError(_("这条报困已经有人处理。"))
    locked.state, locked.reason, locked.closed_by, locked.closed_at = (
        LeadState.CLOSED,
        reason,
        by,
        timezone.now(),
    )
    locked.save(update_fields=["state", "reason", "closed_by", "closed_at"])
    record("call.close", locked, reason=reason)


def _known(region: Region, key: str) -> Household | None:
    """The household of the one person of that name in the place; None where nobody or several bear it."""
    low, high = region.prefix.ljust(12, "0"), region.prefix.ljust(12, "9")
    rows = Person.objects.filter(
        name_key=key, region_id__gte=low, region_id__lte=high, state=State.PRESENT, household__isnull=False
    )
    found = list(rows.select_related("household")[:2])
    return found[0].household if len(found) == 1 else None


def _chinese(need: str) -> str:
    with override("zh-hans"):
        return str(Need(need).label)


def _digits(phone: str) -> str:
    return "".join(sign for sign in phone if sign.isdigit())
