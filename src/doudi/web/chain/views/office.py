"""Referrals for the office to which they were sent; it sees them and nothing else."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from doudi.programmes.catalogue import catalogue
from doudi.web.audit import record
from doudi.web.cases.errors import CaseError, told
from doudi.web.cases.forms import StepForm
from doudi.web.cases.selectors.folders import Folder
from doudi.web.cases.services.moving import take
from doudi.web.chain.forms import BoardFilter, GrantForm
from doudi.web.chain.models import Referral
from doudi.web.chain.selectors.chains import running, sent
from doudi.web.chain.services.referring import grant
from doudi.web.registry.templatetags.registry import language

PAGE = 20
GRANT = "answer_granted"


def referrals(request: Any) -> HttpResponse:
    """What was sent to the office, the soonest deadline first."""
    form = BoardFilter(request.GET or None)
    form.fields.pop("office")
    wanted = form.cleaned_data if form.is_valid() else {}
    page = Paginator(sent(wanted), PAGE).get_page(request.GET.get("page"))
    record("case.list", ("chain.referral", ""), details={"shown": len(page.object_list)})
    return render(request, "chain/office.html", {"form": form, "page": page})


def referral(request: Any, number: int) -> HttpResponse:
    """One referral: what the office is told, its clock, and what it can do."""
    found = _referral(number)
    folder = Folder(found.case, request.user)
    record("case.view", found.case)
    told_here = found.told()
    lines = [{**line, "name": _programme(line["programme"])} for line in told_here["lines"]]
    context = {
        "referral": found, "case": found.case, "folder": folder, "told": told_here, "lines": lines,
        "reading": running(found.case), "papers": found.case.papers.order_by("-pk"),
    }  # fmt: skip
    return render(request, "chain/referral.html", context)


def referral_step(request: Any, number: int, step: str) -> HttpResponse:
    """Receive, ask, answer, or send back."""
    found = _referral(number)
    folder = Folder(found.case, request.user)
    move = next((each for each in folder.moves if each.step.name == step), None)
    if move is None:
        raise Http404
    data = request.POST or None
    form = GrantForm(found, data) if step == GRANT else StepForm(move.step, found.case, data)
    problems = told(move.reasons, language())
    if form.is_valid():
        marks = {"seen": form.cleaned_data["seen"], "token": form.cleaned_data["token"]}
        try:
            if step == GRANT:
                grant(found, form.amounts(), form.cleaned_data["reason"], request.user, **marks)
            else:
                take(found.case, step, request.user, form.inputs(), **marks)
        except CaseError as error:
            problems = told(error.problems, language())
        else:
            messages.success(request, _("已办理。"))
            return redirect("chain:referral", number)
    context = {"referral": found, "case": found.case, "step": move.step, "form": form, "problems": problems}
    return render(request, "chain/referral_step.html", context)


def _referral(number: int) -> Referral:
    """A referral that was sent to the office.

    Raises:
        Http404: there is none, or it was sent to another one.
    """
    found = Referral.objects.select_related("case", "region").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _programme(name: str) -> str:
    one = catalogue().programmes[name]
    return one.zh if language() == "zh" else one.en
