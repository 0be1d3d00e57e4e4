"""Public notices for everybody, without log-in; objecting to one; what became of an objection."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

from doudi.documents import to_pdf
from doudi.web.accounts.services import lockouts
from doudi.web.cases.errors import told
from doudi.web.cases.models import Paper
from doudi.web.cases.papers.contacts import OFFICE, contact_of
from doudi.web.cases.papers.drawing import drawn
from doudi.web.database.scope import acting_as, system
from doudi.web.notices.errors import NoticeGoneError
from doudi.web.notices.forms import CodeForm, ObjectionForm, PlaceForm
from doudi.web.notices.selectors import public
from doudi.web.notices.services.objecting import answer_for, object_to
from doudi.web.registry.templatetags.registry import language
from doudi.web.site.errors import too_many

MOST_OBJECTIONS, MOST_CODES = 5, 20
"""How often one address may object, or try a code, within the window of ``lockouts``."""


def notices(request: Any) -> HttpResponse:
    """The notices of one village; of none until one is chosen."""
    places = public.places()
    form = PlaceForm(places, request.GET or None)
    place = form.cleaned_data["place"] if form.is_valid() else ""
    found = next((each for each in places if each.code == place), None)
    context: dict[str, Any] = {
        "form": form,
        "place": found,
        "notices": public.notices_of(place) if found else [],
    }
    if found is not None:
        context["contact"] = contact_of(found.parent or found, OFFICE)
    return render(request, "notices/public.html", context)


@sensitive_post_parameters()
def object_here(request: Any, key: str) -> HttpResponse:
    """The form of an objection, and taking it. Its code is shown once."""
    shown = public.notice_by(key)
    form = ObjectionForm(request.POST or None)
    problems: list[str] = []
    if form.is_valid():
        counted = lockouts.key_of("objection", request.address)
        if lockouts.hold(counted) >= MOST_OBJECTIONS:
            return too_many(request, int(lockouts.WINDOW.total_seconds()))
        lockouts.count(counted)
        given = form.cleaned_data
        try:
            made = object_to(key, given["text"], given["name"], given["contact"], given["token"])
        except NoticeGoneError as error:
            problems = told(error.problems, language())
        else:
            return render(request, "notices/objected.html", {"objection": made})
    if shown is None and not problems:
        raise Http404
    return render(request, "notices/object.html", {"notice": shown, "form": form, "problems": problems})


@sensitive_post_parameters()
def follow(request: Any) -> HttpResponse:
    """What became of an objection, by its code, which never stands in an address; its receipt or answer where asked for."""
    form = CodeForm(request.POST or None)
    found = None
    if form.is_valid():
        counted = lockouts.key_of("objection code", request.address)
        if lockouts.hold(counted) >= MOST_CODES:
            return too_many(request, int(lockouts.WINDOW.total_seconds()))
        found = answer_for(form.cleaned_data["code"])
        if found is None:
            lockouts.count(counted)
        elif paper := {"receipt": found.receipt, "answer": found.answer}.get(request.POST.get("which", "")):
            return _as_pdf(paper)
    return render(request, "notices/follow.html", {"form": form, "objection": found})


def _as_pdf(paper: Paper) -> HttpResponse:
    with acting_as(system("anyone")):
        document = drawn(paper)
    answer = HttpResponse(to_pdf(document), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{paper.kind}.pdf"'
    return answer
