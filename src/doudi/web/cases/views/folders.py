"""One case: its stage bar, its tabs, what may be done next, and doing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from doudi.web.accounts.roles import Role
from doudi.web.audit import record
from doudi.web.cases.errors import CaseError, told
from doudi.web.cases.forms import ConcludeForm, KinForm, StepForm
from doudi.web.cases.panels import panels
from doudi.web.cases.prefilling import initial
from doudi.web.cases.selectors.folders import Folder, case
from doudi.web.cases.selectors.summaries import summary
from doudi.web.cases.services.calculating import conclude_as
from doudi.web.cases.services.carrying import Done
from doudi.web.cases.services.kinship import declare
from doudi.web.cases.services.moving import take
from doudi.web.cases.views.tabs import TABS, tabs_of, usual_tab
from doudi.web.registry.templatetags.registry import language

PAGES = {"calculate": "cases:calculation", "report_check": "means:check", "recheck": "means:check"}
"""Steps that have a page of their own in place of a form."""
CONCLUDING = ("propose", "conclude")
"""Steps that may depart from the machine's proposal with a reason."""


def folder(request: Any, number: int) -> HttpResponse:
    """The page of a case, on the tab of the phase it is in."""
    found = Folder(case(number), request.user)
    return _page(request, found, usual_tab(found))


def tab(request: Any, number: int, tab: str) -> HttpResponse:
    """Another tab."""
    found = Folder(case(number), request.user)
    if tab not in dict(tabs_of(found)):
        raise Http404
    return _page(request, found, tab)


def _page(request: Any, found: Folder, name: str) -> HttpResponse:
    record("case.view", found.case, details={"tab": name})
    title, _needed, fill = TABS[name]
    context = frame(found) | {"tab": name, "tab_title": title} | fill(found)
    return render(request, f"cases/tab_{name}.html", context | {"panels": panels(name, found)})


def frame(found: Folder) -> dict[str, Any]:
    """What stands around every tab."""
    staff = found.user.role != Role.RESIDENT
    return {
        "folder": found, "case": found.case, "tabs": tabs_of(found), "summary": summary(found) if staff else None,
        "kin_form": KinForm() if staff and found.case.household_id else None,
    }  # fmt: skip


def step(request: Any, number: int, step: str) -> HttpResponse:
    """The form of a step, and taking it. A step that cannot be taken tells every reason and remedy."""
    if step in PAGES and request.user.role != Role.RESIDENT:
        return redirect(PAGES[step], number)
    found = Folder(case(number), request.user)
    move = next((each for each in found.moves if each.step.name == step), None)
    if move is None and request.method != "POST":
        raise Http404
    asked = move.step if move else _any_version(found, step)
    kind = ConcludeForm if step in CONCLUDING else StepForm
    form = kind(
        asked, found.case, request.POST or None, known=found.standing.facts, initial=initial(found, asked)
    )
    problems = [] if move is None else told(move.reasons, language())
    if form.is_valid():
        try:
            done = _do(found, step, form)
        except CaseError as error:
            problems = told(error.problems, language())
        else:
            if not done.again:
                messages.success(request, _("已办理。"))
            return redirect("cases:case", number)
    context = {"step": asked, "form": form, "problems": problems, "folder": found, "case": found.case}
    return render(request, "cases/step.html", context)


def _do(found: Folder, step: str, form: Any) -> Done:
    seen, token = form.cleaned_data["seen"], form.cleaned_data["token"]
    if step in CONCLUDING:
        overruling = form.cleaned_data["overruling"].strip()
        return conclude_as(found.case, step, found.user, form.inputs(), overruling, seen=seen, token=token)
    return take(found.case, step, found.user, form.inputs(), seen=seen, token=token)


def _any_version(found: Folder, step: str) -> Any:
    """The newest version of a step that is not possible now, so that whoever sent its form is told why."""
    versions = found.standing.machine.steps.get(step)
    if not versions:
        raise Http404
    return versions[-1]


@require_POST
def kin(request: Any, number: int) -> HttpResponse:
    """Declare that one is a near relative of the household."""
    found = case(number)
    form = KinForm(request.POST)
    if found.household is None:
        raise Http404
    if form.is_valid():
        declare(found.household, request.user, form.cleaned_data["relation"], request.user)
        messages.success(request, _("已备案，您不再办理这个家庭的办件。"))
    return redirect("cases:case", number)
