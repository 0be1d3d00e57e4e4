"""The pages of background jobs: all of them for the system administrator, and each for whoever asked for it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from doudi.web.accounts.access import may_open
from doudi.web.jobs import bulk, selectors, services
from doudi.web.jobs.calendar import CALENDAR, duties
from doudi.web.jobs.forms import JobFilter
from doudi.web.jobs.kinds import Kind, known
from doudi.web.jobs.models import Job

PAGE = 50


def jobs(request: Any) -> HttpResponse:
    """The queue: what waits, runs, failed; the workers; the calendar."""
    form = JobFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = Paginator(selectors.jobs(wanted), PAGE).get_page(request.GET.get("page"))
    beats = selectors.beats()
    context = {
        "form": form, "page": page, "numbers": selectors.numbers(), "alive": [each for each in beats if each <= selectors.ALIVE],
        "silent": [each for each in beats if each > selectors.ALIVE],
        "calendar": [(entry, duties(entry.name)) for entry in CALENDAR],
    }  # fmt: skip
    return render(request, "jobs/jobs.html", context)


def mine(request: Any) -> HttpResponse:
    """One's own jobs."""
    page = Paginator(selectors.own_jobs(request.user), PAGE).get_page(request.GET.get("page"))
    return render(request, "jobs/mine.html", {"page": page})


def job(request: Any, number: int) -> HttpResponse:
    """One job and how far it has come; asked by a part of the page, that part."""
    found = selectors.job_or_404(number, request.user)
    if request.headers.get("HX-Request") == "true":
        answer = render(request, "jobs/progress.html", _progress(request, found))
        if not found.open:
            answer["HX-Refresh"] = "true"
        return answer
    page = Paginator(selectors.not_done(found), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "item_page": bulk.page_of(found.kind), **_progress(request, found)}
    return render(request, "jobs/job.html", context)


@require_POST
def retry(request: Any, number: int) -> HttpResponse:
    """Let a job that failed go on."""
    found = selectors.job_or_404(number, request.user)
    _tell(request, services.retry(found.pk), _("任务已重新排队。"))
    return redirect("jobs:job", number)


@require_POST
def cancel(request: Any, number: int) -> HttpResponse:
    """Take a job back."""
    found = selectors.job_or_404(number, request.user)
    _tell(request, services.cancel(found.pk), _("任务将在当前一步之后停止；已经办的保持不变。"))
    return redirect("jobs:job", number)


def _tell(request: Any, refused: str | None, done: str) -> None:
    if refused is None:
        messages.success(request, done)
    else:
        messages.error(request, refused)


def _progress(request: Any, found: Job) -> dict[str, Any]:
    """What a page shows of how far a job has come."""
    kind = known(found.kind)
    words = kind.counts if kind else {}
    return {
        "job": found,
        "counts": [(words.get(name, name), number) for name, number in found.counts.items()],
        "fault": found.fault if str(get_language()).startswith("zh") else found.fault_en,
        "subject": _subject(request, found, kind),
    }


def _subject(request: Any, found: Job, kind: Kind | None) -> str:
    """Where what the job is about can be seen."""
    number = found.params.get("number")
    if kind is None or not kind.page or number is None or not may_open(request.user.role, kind.page):
        return ""
    return reverse(kind.page, args=[number])
