"""The approval desk (审核确认): proposals that wait for a decision, with what a decision has to look at; many confirmed at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from doudi.web.audit import record
from doudi.web.cases.background import CONFIRM
from doudi.web.cases.errors import CaseError, told
from doudi.web.cases.filters import ApprovalFilter, SampleForm
from doudi.web.cases.selectors import approvals
from doudi.web.cases.services.approving import confirm_one, judge
from doudi.web.cases.services.sampling import STAGE, draw
from doudi.web.jobs import bulk
from doudi.web.registry.templatetags.registry import language

MOST = 50
"""How many are confirmed in one request; more are for a job."""


def approval(request: Any) -> HttpResponse:
    """The list; sent with chosen cases, a preview of what confirming them would come to."""
    form = ApprovalFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = approvals.page(wanted, request.user, request.GET.get("after", ""))
    record("case.list", ("cases.case", ""), details={"desk": "approval", "shown": len(page.rows)})
    context = {"form": form, "page": page, "most": MOST, "after": request.GET.get("after", "")}
    if any(each.case.stage == STAGE for each in page.rows):
        context["sample_form"] = SampleForm()
    return render(request, "cases/approval.html", context)


def preview(request: Any) -> HttpResponse:
    """What confirming the chosen cases would come to; confirmed on a second look."""
    chosen = _chosen(request)
    cases = list(approvals.with_household().filter(pk__in=chosen).order_by("pk"))
    if request.method != "POST" or not cases:
        return redirect("cases:approval")
    if "confirm" in request.POST:
        return _confirm(request, [case.pk for case in cases])
    judged = judge(cases, request.user)
    record("case.list", ("cases.case", ""), details={"desk": "approval", "shown": len(cases)})
    context = {"judged": judged, "good": [each for each in judged if each.allowed]}
    return render(request, "cases/preview.html", context)


def confirm_all(request: Any) -> HttpResponse:
    """All that is filtered and proposed to be granted, confirmed by a job; how many is told before."""
    form = ApprovalFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = approvals.waiting({**wanted, "opinion": "grant"}, request.user)
    if request.method == "POST":
        numbers = list(found.values_list("pk", flat=True))
        if not numbers:
            messages.warning(request, _("没有等决定的意见。"))
            return redirect("cases:approval")
        job = bulk.start(CONFIRM, numbers, request.user)
        return redirect("jobs:job", job.pk)
    record("case.list", ("cases.case", ""), details={"desk": "approval", "shown": 0})
    return render(request, "cases/confirm_all.html", {"count": found.count()})


@require_POST
def sample(request: Any) -> HttpResponse:
    """Draw at random from what waits for the townships; what was drawn waits for the visit of the county."""
    form = SampleForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("抽查比例应为 1 至 100 的整数。"))
        return redirect("cases:approval")
    try:
        drawn = draw(request.user, form.cleaned_data["percent"])
    except CaseError as error:
        messages.warning(request, " ".join(told(error.problems, language())))
    else:
        told_now = {"cases": drawn.cases, "sampled": len(drawn.sampled)}
        messages.success(request, _("从 %(cases)d 件中抽取了 %(sampled)d 件。") % told_now)
    return redirect("cases:approval")


def _confirm(request: Any, numbers: list[int]) -> HttpResponse:
    """Confirm each by itself; what is refused tells why and stays on the list."""
    confirmed, refused = 0, []
    for number in numbers:
        try:
            done = confirm_one(number, request.user)
        except CaseError as error:
            refused.append((number, told(error.problems, language())))
        else:
            confirmed += not done.again
    messages.success(
        request, _("已确认 %(good)d 件，未确认 %(bad)d 件。") % {"good": confirmed, "bad": len(refused)}
    )
    for number, reasons in refused:
        messages.warning(request, f"{number}：{' '.join(reasons)}")
    return redirect("cases:approval")


def _chosen(request: Any) -> list[int]:
    return [int(each) for each in request.POST.getlist("case")[:MOST] if each.isdigit()]
