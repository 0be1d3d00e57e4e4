"""The catalogue of the county: departments × programmes, on the screen and as a workbook."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from doudi.programmes.policy import Policy
from doudi.web.audit import record
from doudi.web.cases.services.export import XLSX
from doudi.web.chain.services.export import catalogue_as_workbook
from doudi.web.policies.forms import MatterForm
from doudi.web.policies.selectors import chosen, listing
from doudi.web.registry.templatetags.registry import language


def catalogue(request: Any) -> HttpResponse:
    """Every programme of the county today: unit, for whom, standard, who pays, who decides."""
    form = MatterForm(request.GET or None)
    found = _programmes(request, form)
    offices = len({one.programme.organisation for one in found if one.programme})
    return render(
        request,
        "chain/catalogue.html",
        {"form": form, "found": found, "offices": offices, "on": timezone.localdate()},
    )


def export(request: Any) -> HttpResponse:
    """The same, as filtered, as XLSX."""
    form = MatterForm(request.GET or None)
    found = _programmes(request, form)
    record("catalogue.export", ("chain.catalogue", ""), details={"rows": len(found)})
    answer = HttpResponse(catalogue_as_workbook(found, request.user), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="programmes-{timezone.localdate()}.xlsx"'
    return answer


def _programmes(request: Any, form: MatterForm) -> list[Policy]:
    every = listing(request.user.region_id[:6], timezone.localdate(), language())
    return [one for one in chosen(every, **form.wanted()) if one.programme is not None]
