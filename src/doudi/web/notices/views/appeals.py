"""Appeals against decisions, and complaints: for the household, and for clerks on its behalf."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from doudi.web.accounts.roles import Role
from doudi.web.audit import record
from doudi.web.cases.errors import CaseError, told
from doudi.web.notices.forms import AppealForm, ComplaintForm, DecisionForm
from doudi.web.notices.selectors import appeals as read
from doudi.web.notices.services.appealing import appeal_against, complain
from doudi.web.registry.templatetags.registry import language

MOST = 20


def appeals(request: Any) -> HttpResponse:
    """Appeals and complaints in scope. A resident sees beside them the decisions of the own household; staff look one up."""
    is_resident = request.user.role == Role.RESIDENT
    form = DecisionForm(request.GET or None)
    if not is_resident and form.is_valid():
        found = read.decisions().filter(number=form.cleaned_data["number"]).first()
        if found is not None:
            return redirect("notices:appeal", found.pk)
        form.add_error("number", _("没有这个文号的决定，或者不在您的管辖范围内。"))
    page = Paginator(read.made(), read.SIZE).get_page(request.GET.get("page"))
    record("appeal.list", ("cases.case", ""), details={"shown": len(page.object_list)})
    context = {
        "page": page, "form": form, "is_resident": is_resident,
        "decisions": read.decisions()[:MOST] if is_resident else [],
    }  # fmt: skip
    return render(request, "notices/appeals.html", context)


def appeal(request: Any, number: int) -> HttpResponse:
    """The form of an appeal against one decision."""
    paper = read.decision(number)
    form = AppealForm(request.user.role == Role.RESIDENT, request.POST or None)
    problems: list[str] = []
    if form.is_valid():
        given = form.cleaned_data
        try:
            found = appeal_against(
                paper, given["claims"], request.user, given["token"], bool(given.get("authorised"))
            )
        except CaseError as error:
            problems = told(error.problems, language())
        else:
            messages.success(request, _("申诉已收到，由没有参与过原办件的人复核。"))
            return redirect("cases:case", found.pk)
    record("appeal.form", paper.case, details={"number": paper.number})
    return render(request, "notices/appeal.html", {"paper": paper, "form": form, "problems": problems})


def complaint(request: Any) -> HttpResponse:
    """A complaint of a household about how it was treated."""
    household = read.own_household()
    form = ComplaintForm(request.POST or None)
    problems: list[str] = []
    if household is not None and form.is_valid():
        try:
            found = complain(household, form.cleaned_data["claims"], request.user, form.cleaned_data["token"])
        except CaseError as error:
            problems = told(error.problems, language())
        else:
            messages.success(request, _("投诉已收到，我们会核查并答复您。"))
            return redirect("cases:case", found.pk)
    context = {"household": household, "form": form, "problems": problems}
    return render(request, "notices/complaint.html", context)
