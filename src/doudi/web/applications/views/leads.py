"""Calls for help, for those who answer them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from doudi.web.applications.errors import ApplyError
from doudi.web.applications.models import Lead, LeadState
from doudi.web.applications.resident_forms import CloseForm, HouseholdNumberForm
from doudi.web.applications.services import leads as deeds
from doudi.web.audit import record
from doudi.web.cases.errors import CaseError, told
from doudi.web.registry.models import Household
from doudi.web.registry.templatetags.registry import language

PAGE = 20


def leads(request: Any) -> HttpResponse:
    """Calls in scope; those that nobody has dealt with first, the oldest first."""
    rows = Lead.objects.select_related("region__parent", "case").defer("sealed")
    if request.GET.get("state") != "all":
        rows = rows.filter(state=LeadState.OPEN)
    page = Paginator(rows.order_by("at", "pk"), PAGE).get_page(request.GET.get("page"))
    record("call.list", ("applications.lead", ""), details={"shown": len(page.object_list)})
    return render(
        request, "applications/leads.html", {"page": page, "every": request.GET.get("state") == "all"}
    )


def lead(request: Any, number: int) -> HttpResponse:
    """One call: what was said; making it a warning about a household, or closing it with a reason."""
    found = (
        Lead.objects.select_related("region__parent", "household__head", "case", "closed_by")
        .filter(pk=number)
        .first()
    )
    if found is None:
        raise Http404
    link = HouseholdNumberForm(request.POST if "link" in request.POST else None)
    closing = CloseForm(request.POST if "close" in request.POST else None)
    try:
        if link.is_valid() and _warn(request, found, link):
            return redirect("applications:lead", number)
        if closing.is_valid():
            deeds.close(found, closing.cleaned_data["reason"], request.user)
            messages.success(request, _("已办结。"))
            return redirect("applications:leads")
    except ApplyError as error:
        messages.error(request, error.text)
    except CaseError as error:
        for line in told(error.problems, language()):
            messages.error(request, line)
    record("call.view", found)
    context = {
        "lead": found,
        "said": found.said()[::-1],
        "link": link,
        "closing": closing,
        "open": found.state == LeadState.OPEN,
    }
    return render(request, "applications/lead.html", context)


def _warn(request: Any, found: Lead, link: HouseholdNumberForm) -> bool:
    number = link.cleaned_data["household"].strip().lower()
    home = Household.objects.filter(number=number).first()
    if home is None:
        link.add_error("household", _("没有这个家庭，或者不在您的管辖范围内。"))
        return False
    deeds.warn(found, home, request.user)
    messages.success(request, _("已生成红色预警。"))
    return True
