"""The task list and its sections: shown, saved part by part, also by themselves while somebody types."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from doudi.web.applications.errors import ApplyError
from doudi.web.applications.forms import UploadForm
from doudi.web.applications.sections import Part
from doudi.web.applications.sections.rows import Rows, with_one_more
from doudi.web.applications.selectors.dossiers import DONE, Dossier, bringable_papers, dossier, held_papers
from doudi.web.applications.services import drafts
from doudi.web.audit import record

_NOT_TYPED = frozenset({"csrfmiddlewaretoken", "seen", "alone", "more"})


def tasks(request: Any, number: int) -> HttpResponse:
    """The task list."""
    found = dossier(number, request.user)
    record("draft.view", found.household, details={"draft": number})
    return render(request, "applications/tasks.html", {"dossier": found, "draft": found.draft})


def section(request: Any, number: int, section: str) -> HttpResponse:
    """A section: its one part, or the list of its parts."""
    found = dossier(number, request.user)
    known = _section(found, section)
    parts = known.parts(found)
    if len(parts) == 1 and not parts[0].key:
        return _part(request, found, known, parts[0])
    record("draft.view", found.household, details={"draft": number, "section": section})
    lines = [(each, found.state(known, each)) for each in parts]
    context = {"dossier": found, "draft": found.draft, "section": known, "lines": lines}
    return render(request, "applications/parts.html", context)


def part(request: Any, number: int, section: str, part: str) -> HttpResponse:
    """One part of a section."""
    found = dossier(number, request.user)
    known = _section(found, section)
    place = next((each for each in known.parts(found) if each.key == part), None)
    if place is None or not place.key or section == "authorisation":
        raise Http404
    return _part(request, found, known, place)


def _section(found: Dossier, name: str) -> Any:
    known = found.section(name)
    if known is None:
        raise Http404
    return known


def _part(request: Any, found: Dossier, known: Any, place: Part) -> HttpResponse:
    if request.method == "POST":
        return _save(request, found, known, place)
    data = found.data(known.name, place.key)
    form = known.form(found, place.key, data)
    if data is not None:
        form.is_valid()
    record("draft.view", found.household, details={"draft": found.draft.pk, "section": known.name})
    return _show(request, found, known, place, form)


def _save(request: Any, found: Dossier, known: Any, place: Part) -> HttpResponse:
    raw = typed(request.POST)
    alone, more = "alone" in request.POST, "more" in request.POST
    if more:
        raw = with_one_more(raw)
    form = known.form(found, place.key, raw)
    complete = form.is_valid() and not more
    seen = request.POST.get("seen", "")
    try:
        saved = drafts.save(
            found.draft, known.name, place.key, raw, complete and not alone, request.user,
            seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else None, alone=alone,
        )  # fmt: skip
    except ApplyError as error:
        if alone:
            return JsonResponse({"text": error.text}, status=409)
        messages.error(request, error.text)
        return _show(request, dossier(found.draft.pk, request.user), known, place, form)
    if alone:
        when = f"{timezone.localtime(saved.saved_at):%H:%M}"
        return JsonResponse({"text": _("已自动保存 %(time)s") % {"time": when}, "seen": saved.version})
    found = dossier(found.draft.pk, request.user)
    if more:
        return _show(request, found, known, place, _quiet(known, found, place, raw))
    if not complete:
        messages.warning(request, _("已经保存。还有没填好的地方，标了红字；也可以以后再填。"))
        return _show(request, found, known, place, form)
    return _onward(found, known, place)


def _quiet(known: Any, found: Dossier, place: Part, raw: dict[str, Any]) -> Any:
    """The rows with room for one more, without complaint about what is not filled in yet."""
    form = known.form(found, place.key, raw)
    if isinstance(form, Rows):
        form.fault = ""
    return form


def _onward(found: Dossier, known: Any, place: Part) -> HttpResponse:
    """The next part that is not done, else the task list."""
    parts = known.parts(found)
    after = parts[parts.index(next(each for each in parts if each.key == place.key)) + 1 :]
    following = next((each for each in after if found.state(known, each) != DONE), None)
    if following is None:
        return redirect("applications:tasks", found.draft.pk)
    return redirect("applications:part", found.draft.pk, known.name, following.key)


def _show(request: Any, found: Dossier, known: Any, place: Part, form: Any) -> HttpResponse:
    answer = found.answers.get((known.name, place.key))
    several = len(known.parts(found)) > 1
    context = {
        "dossier": found, "draft": found.draft, "section": known, "part": place, "form": form, "several": several,
        "seen": answer.version if answer else 0, "is_rows": isinstance(form, Rows),
    }  # fmt: skip
    if known.name == "papers":
        papers = bringable_papers()
        context |= {"held": held_papers(), "upload": UploadForm(papers), "papers": papers}
    return render(request, known.template, context)


def typed(post: Any) -> dict[str, Any]:
    """What was typed: of fields with several values a list. Signs that no text has are left out."""
    return {
        name: [_plain(each) for each in values] if len(values) > 1 else _plain(values[0] if values else "")
        for name, values in post.lists()
        if name not in _NOT_TYPED and len(name) < 80
    }


def _plain(text: str) -> str:
    return text.replace("\x00", "")
