"""The county's standing readings (统一口径): written down once, and the decisions that turn on them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from doudi.web.audit import record
from doudi.web.cases.models import Case, StandingReading
from doudi.web.cases.selectors.turning import decisions
from doudi.web.cases.views.beginning import first_step


def readings(request: Any) -> HttpResponse:
    """All of the county, the newest first, with those that are being discussed."""
    county = _county(request)
    found = StandingReading.objects.filter(county=county).order_by("-recorded_on", "-pk")
    open_ones = Case.objects.filter(kind="reading", closed_at__isnull=True).order_by("-pk")
    return render(request, "cases/readings.html", {"readings": found, "open_ones": open_ones})


def reading(request: Any, number: int) -> HttpResponse:
    """One reading with the decisions in scope that turn on what it settles."""
    found = StandingReading.objects.filter(pk=number, county=_county(request)).first()
    if found is None:
        raise Http404
    turned = decisions(found.county, found.settles)
    record("case.list", ("cases.case", ""), details={"reading": found.number, "shown": len(turned)})
    return render(request, "cases/reading.html", {"reading": found, "decisions": turned})


def draft(request: Any) -> HttpResponse:
    """Drafting a reading: a case of the county itself."""
    return first_step(request, "reading", "draft_reading", None, request.user.region)


def _county(request: Any) -> str:
    return str(request.user.region.code)[:6]
