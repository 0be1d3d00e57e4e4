"""The pages of imports."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from doudi.feeds.contract_model import FeedError
from doudi.web.audit import record
from doudi.web.imports import files, selectors, services
from doudi.web.imports.errors import ImportRefusedError
from doudi.web.imports.forms import DecisionForm, OpinionForm, UploadForm
from doudi.web.imports.models import Batch, BatchState, Decision, FileKind, HomeState
from doudi.web.imports.template import template

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LISTED = (HomeState.ERROR, HomeState.DECIDE, HomeState.NEW, HomeState.CHANGED, HomeState.SAME, HomeState.MERGED,
          HomeState.LEFT, HomeState.REVERSED, HomeState.KEPT)  # fmt: skip
_BUSY = (BatchState.CHECKING, BatchState.MERGING, BatchState.REVERSING)


def batches(request: Any) -> HttpResponse:
    """Imports so far, and a file to bring."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = services.take(file, file.name, file.size, request.user)
        except FeedError as error:
            form.add_error("file", _sentence(error))
        except ImportRefusedError as error:
            form.add_error(None, error.text)
        else:
            return redirect("imports:batch", batch.pk)
    page = Paginator(selectors.batches(), selectors.PAGE).get_page(request.GET.get("page"))
    return render(request, "imports/batches.html", {"form": form, "page": page})


def template_file(request: Any) -> HttpResponse:
    """The workbook to fill in."""
    answer = HttpResponse(template(), content_type=_XLSX)
    answer["Content-Disposition"] = 'attachment; filename="households-template.xlsx"'
    return answer


def batch(request: Any, number: int) -> HttpResponse:
    """One import: how far it is, what was found, household by household, and what can be done."""
    found = selectors.batch_or_404(number)
    now = selectors.present(found)
    state = request.GET.get("state") or next(
        (str(each) for each in LISTED if now[each]), str(HomeState.ERROR)
    )
    if state not in LISTED:
        raise Http404
    rows = selectors.homes(found, state) if found.state not in _BUSY else selectors.homes(found, state).none()
    page = Paginator(rows, selectors.PAGE).get_page(request.GET.get("page"))
    record("import.view", found, details={"state": state, "page": page.number})
    context = {
        "batch": found, "page": page, "state": state, "numbers": [(each, now[each]) for each in LISTED if now[each]],
        "homeless": selectors.homeless(found)[:20] if state == HomeState.ERROR else [], "busy": found.state in _BUSY,
        "undecided": selectors.undecided(found), "form": OpinionForm(), "own": found.by_id == request.user.pk,
        "decisions": Decision.choices, "fault": found.fault if str(get_language()).startswith("zh") else found.fault_en,
        "waits": found.state == BatchState.CHECKED, "mergeable": now["new"] + now["changed"] + now["decide"],
    }  # fmt: skip
    return render(request, "imports/batch.html", context)


def returned(request: Any, number: int) -> HttpResponse | StreamingHttpResponse:
    """The rows that were not taken, with what is wrong, as a workbook."""
    found = selectors.batch_or_404(number)
    content = b"".join(files.opened(found, FileKind.RETURNED))
    if not content:
        raise Http404
    record("import.returned", found)
    answer = HttpResponse(content, content_type=_XLSX)
    answer["Content-Disposition"] = f'attachment; filename="import-{found.pk}-returned.xlsx"'
    return answer


@require_POST
def decide(request: Any, number: int) -> HttpResponse:
    """Decide of a household whose members may be registered already."""
    found = selectors.batch_or_404(number)
    form = DecisionForm(request.POST)
    if form.is_valid():
        home, decision = form.cleaned_data["home"], form.cleaned_data["decision"]
        _do(request, lambda: services.decide(found.pk, home, decision), _("已记录决定。"))
    else:
        messages.error(request, _("没有这种决定。"))
    return redirect(f"{_page(found)}?state=decide")


@require_POST
def agree(request: Any, number: int) -> HttpResponse:
    """Agree, as another person, and have it merged."""
    return _with_opinion(request, number, lambda found, text: services.agree(found.pk, request.user, text))


@require_POST
def discard(request: Any, number: int) -> HttpResponse:
    """Give it up."""
    return _with_opinion(request, number, lambda found, text: services.discard(found.pk, text))


@require_POST
def reverse(request: Any, number: int) -> HttpResponse:
    """Have it reversed."""
    return _with_opinion(
        request, number, lambda found, text: services.take_back(found.pk, request.user, text)
    )


def _with_opinion(request: Any, number: int, do: Any) -> HttpResponse:
    found = selectors.batch_or_404(number)
    form = OpinionForm(request.POST)
    if form.is_valid():
        _do(request, lambda: do(found, form.cleaned_data["opinion"]), _("已办理。"))
    else:
        messages.error(request, _("请写明意见，至少两个字。"))
    return redirect("imports:batch", number)


def _do(request: Any, do: Any, done: str) -> None:
    try:
        do()
    except ImportRefusedError as error:
        messages.error(request, error.text)
    else:
        messages.success(request, done)


def _page(found: Batch) -> str:
    from django.urls import reverse as address

    return address("imports:batch", args=[found.pk])


def _sentence(error: FeedError) -> str:
    return error.problems[0].sentence("zh" if str(get_language()).startswith("zh") else "en")
