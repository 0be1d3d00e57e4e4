"""One person of a convergence: why he is placed there, what the levels said, and one's own opinion."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from doudi.web.audit import record
from doudi.web.cases.errors import told
from doudi.web.convergence.errors import ReviewError
from doudi.web.convergence.forms import OpinionForm, VillageForm
from doudi.web.convergence.models import Placement
from doudi.web.convergence.selectors.persons import others_of, person_of
from doudi.web.convergence.services.reviewing import LEVEL_OF, barred, give
from doudi.web.convergence.services.reviewing import locate as locate_person
from doudi.web.registry.templatetags.registry import language


def person(request: Any, number: int) -> HttpResponse:
    """All of one person; sent, the opinion of one's level."""
    found = person_of(number)
    form = OpinionForm(LEVEL_OF[request.user.role], request.POST or None)
    problems: list[str] = []
    if form.is_valid():
        try:
            give(found, form.said(), request.user)
        except ReviewError as error:
            problems = told(error.problems, language())
        else:
            messages.success(request, _("已记录意见。"))
            return redirect("convergence:person", number)
    record("convergence.view", found, subject=found.person_id or "")
    return render(request, "convergence/person.html", _context(found, form, problems, request.user))


def _context(found: Placement, form: OpinionForm, problems: list[str], user: Any) -> dict[str, Any]:
    return {
        "placement": found, "content": found.content(), "form": form, "problems": problems,
        "opinions": found.opinions.select_related("by").order_by("round", "pk"), "others": others_of(found),
        "against": barred(found, user), "village_form": VillageForm(user) if found.region.level != "village" else None,
    }  # fmt: skip


@require_POST
def locate(request: Any, number: int) -> HttpResponse:
    """Say in which village somebody lives."""
    found = person_of(number)
    form = VillageForm(request.user, request.POST)
    if not form.is_valid():
        messages.warning(request, _("请选择所在村。"))
        return redirect("convergence:person", number)
    try:
        locate_person(found, form.cleaned_data["village"], request.user)
    except ReviewError as error:
        for line in told(error.problems, language()):
            messages.warning(request, line)
    else:
        messages.success(request, _("已落实所在村，等村级评议。"))
    return redirect("convergence:person", number)
