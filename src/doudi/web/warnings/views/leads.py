"""Leads: telling of a household in hardship, and finding out who is meant."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from doudi.web.audit import record
from doudi.web.cases.errors import CaseError, told
from doudi.web.registry.models import Household
from doudi.web.registry.templatetags.registry import language
from doudi.web.warnings.forms import LeadForm
from doudi.web.warnings.models import Lead
from doudi.web.warnings.services.finding import Told, alike, identify, outcome_told, report

NOBODY = "none"


def lead_new(request: Any) -> HttpResponse:
    """Tell of a household. Whoever sounds alike in the village is shown before it is taken in."""
    form = LeadForm(request.user, request.POST or None)
    choice = request.POST.get("choice", "")
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        data = form.cleaned_data
        near = alike(data["region"], data["name"])
        if not choice and (near.people or near.leads):
            return render(request, "warnings/lead_new.html", context | {"near": near})
        try:
            report(_told(data), request.user, _household(choice), _lead_of(choice))
        except CaseError as error:
            context["problems"] = told(error.problems, language())
        else:
            messages.success(request, _("谢谢，已收到。核实后会告知结果。"))
            return redirect("warnings:leads")
    return render(request, "warnings/lead_new.html", context)


def _told(data: dict[str, Any]) -> Told:
    names = ("token", "region", "name", "reason", "reporter", "text", "urgent", "phone")
    return Told(**{name: data[name] for name in names})


def _number(choice: str, kind: str) -> int | None:
    stem, _dash, number = choice.partition("-")
    return int(number) if stem == kind and number.isdecimal() else None


def _household(choice: str) -> Household | None:
    number = _number(choice, "household")
    found: Household | None = Household.objects.filter(pk=number).first() if number else None
    return found


def _lead_of(choice: str) -> Lead | None:
    number = _number(choice, "lead")
    found: Lead | None = Lead.objects.filter(pk=number).first() if number else None
    return found


def leads(request: Any) -> HttpResponse:
    """What was told in scope, and what came of it."""
    found = Lead.objects.select_related("region", "by", "household__head", "warning__case").order_by("-pk")
    page = Paginator(found, 20).get_page(request.GET.get("page"))
    record("lead.view", ("warnings.lead", ""), details={"shown": len(page.object_list)})
    return render(request, "warnings/leads.html", {"page": page})


def lead(request: Any, number: int) -> HttpResponse:
    """One lead; the township says which household is meant."""
    found = _lead(number)
    content = found.content()
    record("lead.view", found)
    problems: list[str] = []
    if request.method == "POST" and found.household is None:
        household = Household.objects.filter(
            number=request.POST.get("number", "").strip(), county=found.region_id[:6]
        ).first()
        if household is None:
            problems = [_("没有这个家庭编号，或者不在您的管辖范围内。")]
        else:
            try:
                identify(found, household, request.user)
            except CaseError as error:
                problems = told(error.problems, language())
            else:
                messages.success(request, _("已生成预警。"))
                return redirect("warnings:lead", number)
    near = alike(found.region, content["name"]) if found.household is None else None
    context = {"lead": found, "content": content, "near": near, "problems": problems}
    return render(request, "warnings/lead.html", context)


@require_POST
def lead_told(request: Any, number: int) -> HttpResponse:
    """Whoever reported was thanked and told."""
    outcome_told(_lead(number), request.user)
    messages.success(request, _("已记录告知。"))
    return redirect("warnings:lead", number)


def _lead(number: int) -> Lead:
    found: Lead | None = (
        Lead.objects.select_related("region", "by", "household__head", "warning__case")
        .filter(pk=number)
        .first()
    )
    if found is None:
        raise Http404
    return found
