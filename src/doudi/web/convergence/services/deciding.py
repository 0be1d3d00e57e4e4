"""What follows when the county has decided of a person: a case for who is taken in, a watch for who leaves."""

from __future__ import annotations

from typing import Any

from doudi.web.audit import record
from doudi.web.cases.models import Case
from doudi.web.cases.services.opening import open_case
from doudi.web.convergence.models import Placement
from doudi.web.registry.models import Mark, MarkKind

KIND_OF_TIER = {"tekun": "tekun"}
"""The kind of case by which a tier is applied for; the other tiers share one application."""
APPLICATION = "application"


def carry_out(placement: Placement, user: Any) -> None:
    """Do what the decided place asks for, in the open transaction. Who is taken in has a household (``reviewing.objections``)."""
    if placement.wanted_place == "new":
        placement.case = _case(placement, user)
    elif placement.wanted_place == "exit" and placement.person_id is not None:
        Mark.objects.filter(person=placement.person_id, marked_on=placement.convergence.day).update(
            kind=MarkKind.WATCH, until=placement.convergence.watch_until
        )
    record("convergence.decide", placement, subject=placement.person_id or "", details={
        "place": placement.wanted_place, "tier": placement.wanted_tier, "case": placement.case_id,
    })  # fmt: skip


def _case(placement: Placement, user: Any) -> Case:
    """The case of the household for this tier: the one that is open, else a new one. Members of a household share it."""
    kind = KIND_OF_TIER.get(placement.wanted_tier, APPLICATION)
    running = (
        Case.objects.filter(household=placement.household_id, kind=kind, closed_at__isnull=True)
        .order_by("pk")
        .first()
    )
    return running or open_case(kind, placement.household, user)
