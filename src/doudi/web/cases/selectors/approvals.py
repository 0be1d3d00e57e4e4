"""Proposals that wait for a decision: what was calculated, proposed and reviewed, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from doudi import procedure
from doudi.procedure.case import Event
from doudi.procedure.standing import Standing
from doudi.web.accounts.models.region import prefix_of
from doudi.web.cases.marks import HIGH
from doudi.web.cases.models import Case
from doudi.web.cases.selectors.lists import Page, later, place_of
from doudi.web.cases.services.approving import Judged, judge
from doudi.web.cases.services.cases import as_procedures

STAGES = {
    "county_clerk": ("deciding", "deciding_here"),
    "county_head": ("deciding",),
    "township_head": ("deciding_here",),
}
"""The stages in which proposals wait for the decision of a role, or for its review."""
SIZE = 50
CALCULATED = ("calculate", "propose_raise", "propose_raise_here")
"""The steps by which the machine proposes."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One proposal: what the machine calculated, what the township proposed, what the county clerk found (programme, fen)."""

    case: Case
    judged: Judged
    calculated: tuple[str, int | None]
    proposed: tuple[str, int | None] | None
    reviewed: tuple[str, int | None] | None

    @property
    def high(self) -> bool:
        """Whether the county visits the home first."""
        return bool(HIGH & set(self.case.marks))

    @property
    def differs(self) -> bool:
        """Whether the opinions are not the same."""
        found = {self.calculated, self.proposed, self.reviewed} - {None}
        return len(found) > 1


@dataclass(frozen=True, slots=True)
class Desk:
    """One page of the desk."""

    rows: list[Waiting]
    page: Page


def with_household() -> QuerySet:
    """Cases with what a list shows of them."""
    return Case.objects.select_related("region__parent", "household__head", "assigned_to")


def waiting(wanted: dict[str, Any], user: Any) -> QuerySet:
    """What waits: ``risk`` high or plain, ``opinion``, ``kind``, ``region``; the soonest deadline first."""
    found = with_household().filter(stage__in=STAGES.get(str(user.role), ()), closed_at__isnull=True)
    if wanted.get("kind"):
        found = found.filter(kind=wanted["kind"])
    if wanted.get("opinion"):
        found = found.filter(opinion=wanted["opinion"])
    if wanted.get("region"):
        prefix = prefix_of(wanted["region"])
        found = found.filter(region_id__gte=prefix.ljust(12, "0"), region_id__lte=prefix.ljust(12, "9"))
    if wanted.get("risk"):
        high = Q(marks__overlap=sorted(HIGH))
        found = found.filter(high if wanted["risk"] == "high" else ~high)
    return found.order_by(F("due").asc(nulls_last=True), "pk")


def page(wanted: dict[str, Any], user: Any, after: str = "") -> Desk:
    """One page, in as many queries however many there are."""
    found = waiting(wanted, user)
    count = found.order_by()[: SIZE * 200 + 1].count()
    rows = list(later(found, after, False)[: SIZE + 1])
    shown = rows[:SIZE]
    last = shown[-1] if len(rows) > SIZE else None
    cut = Page(shown, min(count, SIZE * 200), count > SIZE * 200, place_of(last) if last else None)
    return Desk(_rows(shown, user), cut)


def _rows(cases: list[Case], user: Any) -> list[Waiting]:
    known = as_procedures(cases)
    judged = judge(cases, user)
    found = []
    for case, verdict in zip(cases, judged, strict=True):
        standing = procedure.standing(procedure.procedure(), known[case.pk])
        proposed, reviewed = (
            _said(standing, step) if standing.has(step) else None for step in ("propose", "county_review")
        )
        found.append(Waiting(case, verdict, _said(standing, *CALCULATED), proposed, reviewed))
    return found


def _said(standing: Standing, *steps: str) -> tuple[str, int | None]:
    """Programme and sum as a step has them; an opinion to refuse is ``none``; what it leaves out is as calculated."""
    event = _first(standing, *steps)
    inputs = dict(event.inputs) if event else {}
    if inputs.get("opinion") == "refuse":
        return "none", 0
    calculated = _first(standing, *CALCULATED)
    base = dict(calculated.inputs) if calculated else {}
    amount: Any = inputs.get("amount", base.get("amount"))
    return str(inputs.get("programme", base.get("programme", ""))), amount


def _first(standing: Standing, *steps: str) -> Event | None:
    return next((standing.counting[name] for name in steps if name in standing.counting), None)
