"""A resident's own cases and benefits; papers brought, an application withdrawn, a change reported."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from doudi.web.applications.errors import ApplyError
from doudi.web.applications.models import Attachment
from doudi.web.applications.resident_forms import BringForm, ReportForm
from doudi.web.applications.selectors.dossiers import unsigned
from doudi.web.applications.selectors.homes import office_of, own_household
from doudi.web.applications.selectors.stages import bar, expected, missing_now
from doudi.web.applications.services import residents
from doudi.web.applications.views.files import take_in
from doudi.web.audit import record
from doudi.web.cases.errors import CaseError, told
from doudi.web.cases.models import Case
from doudi.web.cases.selectors.folders import Folder
from doudi.web.cases.selectors.folders import case as case_in_scope
from doudi.web.cases.services.moving import take
from doudi.web.registry.selectors import ledger
from doudi.web.registry.templatetags.registry import language

HIDDEN = ("warning", "reading")
"""Kinds of case that are the office's own work."""
PAGE = 20


def cases(request: Any) -> HttpResponse:
    """All cases of the own household, the open ones first."""
    home = own_household()
    rows = (
        Case.objects.exclude(kind__in=HIDDEN).order_by("closed_at", "-opened_at")
        if home
        else Case.objects.none()
    )
    page = Paginator(rows.order_by("-closed_at", "-opened_at"), PAGE).get_page(request.GET.get("page"))
    if home is not None:
        record("case.list", home, details={"shown": len(page.object_list)})
    context = {"home": home, "page": page, "lines": [(each, bar(each.kind, each.stage)) for each in page.object_list],
               "office": office_of(home)}  # fmt: skip
    return render(request, "applications/my_cases.html", context)


def case(request: Any, number: int) -> HttpResponse:
    """One case: how far it is, who holds it, until when, what is missing, what one may do."""
    found = Folder(_mine(number), request.user)
    record("case.view", found.case)
    allowed = {move.step.name for move in found.allowed}
    context = {
        "case": found.case, "folder": found, "bar": bar(found.case.kind, found.case.stage), "dates": expected(found),
        "papers": found.case.papers.order_by("-pk"), "missing": missing_now(found), "can_withdraw": "withdraw" in allowed,
        "others": [move for move in found.allowed if move.step.name not in ("withdraw", "bring_papers", "supply_papers")],
        "office": office_of(found.case), "unsigned": unsigned(found.case),
        "files": Attachment.objects.filter(case=found.case, removed_at__isnull=True).defer("sealed").order_by("pk"),
    }  # fmt: skip
    return render(request, "applications/my_case.html", context)


def _mine(number: int) -> Case:
    found = case_in_scope(number)
    if found.kind in HIDDEN:
        raise Http404
    return found


def bring(request: Any, number: int) -> HttpResponse:
    """Bring the missing papers: upload each, then say once that all are there."""
    found = Folder(_mine(number), request.user)
    missing = missing_now(found)
    if not missing:
        return redirect("applications:my_case", number)
    if request.method == "POST" and "finish" in request.POST:
        return _finish(request, found)
    form = BringForm(missing, request.POST or None, request.FILES or None)
    if form.is_valid():
        if take_in(request, found.case.household, form.cleaned_data["kind"], case=found.case):
            messages.success(request, _("已上传。"))
        return redirect("applications:bring", number)
    record("case.view", found.case)
    there = list(
        Attachment.objects.filter(
            case=found.case, removed_at__isnull=True, at__gte=found.case.moved_at
        ).defer("sealed")
    )
    lines = [(each, [file for file in there if file.kind == each.name]) for each in missing]
    context = {
        "case": found.case,
        "lines": lines,
        "form": form,
        "folder": found,
        "unsigned": unsigned(found.case),
    }
    return render(request, "applications/bring.html", context)


def _finish(request: Any, found: Folder) -> HttpResponse:
    try:
        residents.bring(found.case, request.user)
    except ApplyError as error:
        messages.error(request, error.text)
    except CaseError as error:
        for line in told(error.problems, language()):
            messages.error(request, line)
    else:
        messages.success(request, _("材料已交，工作人员会接着办。"))
    return redirect("applications:my_case", found.case.pk)


@require_POST
def withdraw(request: Any, number: int) -> HttpResponse:
    """Take the application back."""
    found = _mine(number)
    try:
        take(found, "withdraw", request.user)
    except CaseError as error:
        for line in told(error.problems, language()):
            messages.error(request, line)
    else:
        messages.success(request, _("申请已撤回。以后需要，随时可以再申请。"))
    return redirect("applications:my_case", number)


def benefits(request: Any) -> HttpResponse:
    """What the household received, by year (幸福清单)."""
    home = own_household()
    years = ledger.years(home) if home else []
    if home is not None:
        record("household.benefits", home)
    return render(request, "applications/my_benefits.html", {"home": home, "years": years})


def report(request: Any) -> HttpResponse:
    """Report a change."""
    home = own_household()
    form = ReportForm(request.POST or None)
    if home is not None and form.is_valid():
        data = form.cleaned_data
        try:
            made = residents.report(home, data["what"], data["on"], data["text"], request.user)
        except ApplyError as error:
            form.add_error(None, error.text)
        except CaseError as error:
            for line in told(error.problems, language()):
                form.add_error(None, line)
        else:
            messages.success(request, _("已报告。工作人员会核查，结果在“我的办件”里看。"))
            return redirect("applications:my_case", made.case_id)
    return render(request, "applications/report.html", {"home": home, "form": form})
