"""The means check of a case: who has signed, what was declared against what each source found, and making the report."""

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
from doudi.web.cases.services.cases import local_now
from doudi.web.means.matrix import Shown
from doudi.web.means.panel import shown_context
from doudi.web.means.selectors import checks_of, signatures
from doudi.web.means.services import PROPOSED, STEPS, examined, report
from doudi.web.registry.templatetags.registry import language


def check(request: Any, number: int) -> HttpResponse:
    """The check as it would be reported now, for whoever may report it; what was reported before, for all."""
    found = Folder(case(number), request.user)
    if found.case.household is None:
        raise Http404
    move = next((each for each in found.allowed if each.step.name in STEPS), None)
    context: dict[str, Any] = {
        "folder": found,
        "case": found.case,
        "problems": [],
        "form": None,
        "move": move,
    }
    if move is not None:
        content = _examined(request, found, context)
        form = _form(request, found, move, content)
        if content is not None and request.method == "POST" and form.is_valid():
            answer = _report(request, found, move, form, context)
            if answer is not None:
                return answer
        context["form"] = form if content is not None else None
    context["signatures"] = signatures(found.case, local_now().date())
    context["checks"] = checks_of(found.case)
    record("means.view", found.case)
    return render(request, "means/check.html", context)


def _examined(request: Any, found: Folder, context: dict[str, Any]) -> dict[str, Any] | None:
    """What would be reported now; None where the authorisation forbids it, with every reason among the problems."""
    try:
        content = examined(found.case, local_now().date(), request.user)
    except CaseError as error:
        context["problems"] = told(error.problems, language())
        return None
    context |= shown_context(Shown(content))
    return content


def _form(request: Any, found: Folder, move: Any, content: dict[str, Any] | None) -> StepForm:
    proposed = {"check_result": PROPOSED[content["conclusion"]]} if content else {}
    form = StepForm(move.step, found.case, request.POST or None, initial=proposed)
    del form.fields["check_number"]
    return form


def _report(
    request: Any, found: Folder, move: Any, form: StepForm, context: dict[str, Any]
) -> HttpResponse | None:
    """Make the report; None where it is refused, with every reason among the problems."""
    seen, token = form.cleaned_data["seen"], form.cleaned_data["token"]
    try:
        done = report(found.case, move.step.name, request.user, form.inputs(), seen=seen, token=token)
    except CaseError as error:
        context["problems"] = told(error.problems, language())
        return None
    if not done.again:
        messages.success(request, _("核对报告已出具，内容不再改动。"))
    return redirect("cases:case_tab", found.case.pk, "means")
