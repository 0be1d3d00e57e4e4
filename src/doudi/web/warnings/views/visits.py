"""The village's pages: today, the visit form, a visit, its photos."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from doudi.web.audit import record
from doudi.web.cases.errors import CaseError, told
from doudi.web.registry.sensitive import open_sealed
from doudi.web.registry.templatetags.registry import language
from doudi.web.warnings.forms import VisitForm
from doudi.web.warnings.models import Photo, Visit
from doudi.web.warnings.models.photo import PURPOSE
from doudi.web.warnings.selectors import surveys
from doudi.web.warnings.selectors.preparing import preparation
from doudi.web.warnings.selectors.tasks import Task, in_conflict, task_of, tasks
from doudi.web.warnings.services.mass import opened
from doudi.web.warnings.services.photos import MOST, Picture, picture
from doudi.web.warnings.services.visiting import Received, receive, settle
from doudi.web.warnings.views.phone import required
from doudi.web.warnings.words import indicator_word, level_word

JSON = "application/json"


def today(request: Any) -> HttpResponse:
    """What waits for a visit, one task for each household."""
    found = tasks(request.user)
    record("visit.tasks", ("warnings.task", ""), details={"shown": len(found)})
    conflicts = in_conflict()[:5]
    return render(request, "warnings/today.html", {"tasks": found, "conflicts": conflicts})


def tasks_data(request: Any) -> JsonResponse:
    """The tasks for a phone without network: masked names, no sums, no illness; and the token with which it sends."""
    waiting = tasks(request.user)
    opened([one for task in waiting for one in task.warnings], request.user)
    found = [_kept(task) for task in waiting]
    found += _surveyed(request.user, {one["household"] for one in found})
    record("visit.tasks", ("warnings.task", ""), details={"kept": len(found)})
    return JsonResponse({
        "account": request.user.pk, "csrf": get_token(request), "day": timezone.localdate().isoformat(), "tasks": found,
    })  # fmt: skip


def _surveyed(user: Any, known: set[int]) -> list[dict[str, Any]]:
    """The households that the survey still asks for, as tasks without warnings; those that are ``known`` are visited anyway."""
    survey = surveys.running(user)
    if survey is None:
        return []
    homes = [one for one in surveys.to_visit(survey) if one.household_id not in known]
    newest = surveys.newest_visits(homes)
    return [
        {
            "household": home.pk, "name": home.head.masked_name if home.head else home.number, "village": one.region.name,
            "due": survey.until.strftime("%m-%d"), "late": survey.until < timezone.localdate(), "level": "",
            "level_word": _("合并调查"), "newest": newest.get(home.pk, 0), "warnings": [],
        }
        for one in homes
        if (home := one.household) is not None
    ]  # fmt: skip


def _kept(task: Task) -> dict[str, Any]:
    home = task.household
    return {
        "household": home.pk, "name": home.head.masked_name if home.head else home.number, "village": home.region.name,
        "due": timezone.localtime(task.due).strftime("%m-%d %H:%M") if task.due else "", "late": task.late,
        "level": task.level, "level_word": level_word(task.level, language()), "newest": task.newest,
        "warnings": [
            {"pk": one.pk, "title": indicator_word(one.indicator, language()), "level": level_word(one.level, language())}
            for one in task.warnings
        ],
    }  # fmt: skip


def visit(request: Any, number: int) -> HttpResponse:
    """The form of a visit, and taking it in. A phone sends it and reads the answer as JSON."""
    task = task_of(number, request.user)
    warnings = _asked(request, task)
    form = VisitForm(warnings, task.newest, request.POST or None)
    problems: list[str] = []
    if form.is_valid():
        device = getattr(getattr(request, "sign_in", None), "device", "") or ""
        try:
            pictures = _pictures(request, form.cleaned_data["token"])
            done = receive(task.household, form.sheet(str(device)), request.user, pictures)
        except CaseError as error:
            problems = told(error.problems, language())
        else:
            return _answer(request, done)
    if request.method == "POST" and _wants_json(request):
        return JsonResponse({"problems": problems + _faults(form)}, status=422)
    opened(warnings, request.user)
    record("visit.tasks", task.household, details={"form": True})
    context = {
        "task": task, "next": _next(task), "household": task.household, "form": form, "problems": problems, "required": required(),
        "before": preparation(task.household, warnings),
    }  # fmt: skip
    return render(request, "warnings/visit.html", context)


def _asked(request: Any, task: Task) -> list[Any]:
    """The warnings of the form: those that wait now, and those that waited when a form that is sent was opened."""
    if request.method != "POST":
        return list(task.warnings)
    sent = {int(name[1:].partition("-")[0]) for name in request.POST if _is_answer(name)}
    return list(task.household.warnings.filter(pk__in=sent).order_by("pk"))


def _is_answer(name: str) -> bool:
    stem, dash, _rest = name.partition("-")
    return bool(dash) and stem[:1] == "w" and stem[1:].isdecimal() and len(stem) < 20


def _answer(request: Any, done: Received) -> HttpResponse:
    found = done.visit
    if _wants_json(request):
        return JsonResponse({
            "visit": found.pk, "again": done.again, "taken": len(done.taken), "late": len(done.late),
            "conflict": found.conflicts_with_id is not None,
        })  # fmt: skip
    if found.conflicts_with_id is not None:
        messages.warning(request, _("别人同时走访了这一户：两份记录都已保存，请看下面的对比。"))
        return redirect("warnings:visited", found.pk)
    messages.success(request, _("走访已提交。"))
    return redirect("warnings:today" if found.warnings else "warnings:survey")


def _next(task: Task) -> str:
    """Where one goes on after a visit: to the survey where no warning was answered, else to what is to be done today."""
    return reverse("warnings:today" if task.warnings else "warnings:survey")


def _pictures(request: Any, token: uuid.UUID) -> list[Picture]:
    """The photos of a form; a phone tells of each when and where it was taken.

    Raises:
        WarningError: one cannot be read.
    """
    told_of = [_about(text) for text in request.POST.getlist("photo_about")]
    found = []
    for place, file in enumerate(request.FILES.getlist("photos")[:MOST]):
        about = told_of[place] if place < len(told_of) else {}
        found.append(picture(file.read(), uuid.uuid5(token, str(place)), about))
    return found


def _about(text: str) -> dict[str, Any]:
    try:
        told_of = json.loads(text)
    except ValueError:
        return {}
    names = ("taken_at", "latitude", "longitude", "accuracy")
    return {name: told_of.get(name) for name in names} if isinstance(told_of, dict) else {}


def _wants_json(request: Any) -> bool:
    return JSON in request.headers.get("Accept", "")


def _faults(form: VisitForm) -> list[str]:
    return [
        f"{form.fields[name].label}：{text}" if name in form.fields else str(text)
        for name, texts in form.errors.items()
        for text in texts
    ]


def visited(request: Any, number: int) -> HttpResponse:
    """A visit as it was sent, beside the one with which it conflicts."""
    found = _visit(number)
    record("visit.view", found)
    others = [found.conflicts_with] if found.conflicts_with else []
    others += list(
        Visit.objects.filter(conflicts_with=found).select_related("by", "household__head").order_by("pk")
    )
    context = {"visit": found, "others": others, "household": found.household}
    return render(request, "warnings/visited.html", context)


@require_POST
def visit_settle(request: Any, number: int) -> HttpResponse:
    """Say that both records have been looked at."""
    settle(_visit(number), request.user)
    messages.success(request, _("已处理。"))
    return redirect("warnings:visited", number)


def photo(request: Any, number: int) -> HttpResponse:
    """A photo of a visit."""
    found = Photo.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    record("visit.photo", found)
    return HttpResponse(open_sealed(found.sealed, PURPOSE, str(found.token)), content_type="image/jpeg")


def _visit(number: int) -> Visit:
    """A visit in scope.

    Raises:
        Http404: there is none.
    """
    found: Visit | None = (
        Visit.objects.select_related("by", "household__head", "household__region", "conflicts_with__by", "settled_by")
        .filter(pk=number)
        .first()
    )  # fmt: skip
    if found is None:
        raise Http404
    return found
