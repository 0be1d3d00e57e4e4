"""One case: what happened, what may be done next, and doing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from doudi.web.audit import record
from doudi.web.cases.errors import CaseError, told
from doudi.web.cases.forms import StepForm
from doudi.web.cases.selectors.folders import Folder, case
from doudi.web.cases.services.moving import take
from doudi.web.registry.templatetags.registry import language


def folder(request: Any, number: int) -> HttpResponse:
    """The page of a case."""
    found = Folder(case(number), request.user)
    record("case.view", found.case)
    papers = found.case.papers.order_by("-pk")
    return render(request, "cases/case.html", {"folder": found, "case": found.case, "papers": papers})


def step(request: Any, number: int, step: str) -> HttpResponse:
    """The form of a step, and taking it. A step that cannot be taken tells every reason and remedy."""
    found = Folder(case(number), request.user)
    move = next((each for each in found.moves if each.step.name == step), None)
    if move is None and request.method != "POST":
        raise Http404
    asked = move.step if move else _any_version(found, step)
    form = StepForm(asked, found.case, request.POST or None, known=found.standing.facts)
    problems = [] if move is None else told(move.reasons, language())
    if form.is_valid():
        try:
            done = take(
                found.case, step, request.user, form.inputs(),
                seen=form.cleaned_data["seen"], token=form.cleaned_data["token"],
            )  # fmt: skip
        except CaseError as error:
            problems = told(error.problems, language())
        else:
            if not done.again:
                messages.success(request, _("已办理。"))
            return redirect("cases:case", number)
    context = {"folder": found, "case": found.case, "step": asked, "form": form, "problems": problems}
    return render(request, "cases/step.html", context)


def _any_version(found: Folder, step: str) -> Any:
    """The newest version of a step that is not possible now, so that whoever sent its form is told why."""
    versions = found.standing.machine.steps.get(step)
    if not versions:
        raise Http404
    return versions[-1]
