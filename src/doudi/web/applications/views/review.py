"""Check answers, submit, and what follows."""

from __future__ import annotations

from typing import Any

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from doudi.web.applications.errors import ApplyError
from doudi.web.applications.forms import SubmitForm
from doudi.web.applications.models import Draft
from doudi.web.applications.selectors.answers import summary
from doudi.web.applications.selectors.dossiers import Dossier, dossier
from doudi.web.applications.selectors.homes import office_of
from doudi.web.applications.selectors.stages import expected, missing_now
from doudi.web.applications.services.submitting import submit
from doudi.web.audit import record
from doudi.web.cases.errors import CaseError, told
from doudi.web.cases.selectors.folders import Folder, case
from doudi.web.registry.templatetags.registry import language


def review(request: Any, number: int) -> HttpResponse:
    """All answers, each with a way to change it; the promise; submitting."""
    found = _dossier_or_case(request, number)
    if not isinstance(found, Dossier):
        return redirect("applications:submitted", found)
    form = SubmitForm(request.POST or None)
    problems: list[str] = []
    if form.is_valid():
        try:
            made = submit(found, request.user)
        except ApplyError as error:
            problems = [error.text]
        except CaseError as error:
            problems = told(error.problems, language())
        else:
            messages.success(request, _("已提交。"))
            return redirect("applications:submitted", made.pk)
    record("draft.view", found.household, details={"draft": number, "section": "review"})
    context = {
        "dossier": found, "draft": found.draft, "form": form, "problems": problems, "summary": summary(found),
    }  # fmt: skip
    return render(request, "applications/review.html", context)


def _dossier_or_case(request: Any, number: int) -> Any:
    """The draft; of one that was submitted already, by a second press of the button, the number of its case."""
    if request.method == "POST":
        sent = Draft.objects.filter(pk=number, case__isnull=False).values_list("case", flat=True).first()
        if sent is not None:
            return sent
    return dossier(number, request.user)


def submitted(request: Any, number: int) -> HttpResponse:
    """What was submitted: its number, a picture that leads back to it, until when it is answered, what is missing."""
    found = Folder(case(number), request.user)
    record("case.view", found.case)
    where = request.build_absolute_uri(reverse("applications:my_case", args=[number]))
    picture = segno.make(where, error="m").svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None)
    context = {
        "case": found.case, "folder": found, "picture": mark_safe(picture), "dates": expected(found),
        "office": office_of(found.case), "papers": found.case.papers.order_by("pk"), "missing": missing_now(found),
    }  # fmt: skip
    return render(request, "applications/submitted.html", context)
