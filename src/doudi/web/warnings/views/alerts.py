"""The township's pages: the list of warnings, one warning, batch dispatch, holding back, meetings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from doudi.web.audit import record
from doudi.web.cases.errors import CaseError, told
from doudi.web.registry.templatetags.registry import language
from doudi.web.warnings.forms import AlertFilter, HoldForm, MeetingForm, RemarkForm
from doudi.web.warnings.models import Hold, Round
from doudi.web.warnings.selectors import alerts as selectors
from doudi.web.warnings.selectors.tasks import in_conflict
from doudi.web.warnings.services.accepting import accept as accept_answer
from doudi.web.warnings.services.accepting import meet, remark
from doudi.web.warnings.services.dispatching import dispatch
from doudi.web.warnings.services.holding import hold_back, lift
from doudi.web.warnings.services.mass import opened


def alerts(request: Any) -> HttpResponse:
    """Warnings in scope, the gravest first."""
    form = AlertFilter(request.user, selectors.indicators_shown(), request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = Paginator(selectors.alerts(wanted), selectors.PAGE).get_page(request.GET.get("page"))
    night = selectors.last_night(request.user)
    record("warning.list", ("warnings.warning", ""), details={"shown": len(page.object_list)})
    context = {
        "form": form, "page": page, "night": night, "quiet": selectors.quiet_feeds(night, language()),
        "conflicts": in_conflict()[:5],
    }  # fmt: skip
    return render(request, "warnings/alerts.html", context)


@require_POST
def alerts_dispatch(request: Any) -> HttpResponse:
    """Send the chosen warnings to their villages."""
    chosen = [int(number) for number in request.POST.getlist("warning") if number.isdecimal()]
    rounds = Round.objects.filter(warning_id__in=chosen, case__warning__isnull=False, case__stage="raised")
    sent, refused = dispatch(list(rounds.order_by("pk")), request.user)
    if sent:
        record("warning.dispatch", ("warnings.warning", ""), details={"sent": sent, "refused": len(refused)})
        messages.success(
            request, ngettext("已交办 %(n)d 条预警。", "已交办 %(n)d 条预警。", sent) % {"n": sent}
        )
    for error in refused:
        for line in told(error.problems, language()):
            messages.warning(request, line)
    if not sent and not refused:
        messages.warning(request, _("没有选择待交办的预警。"))
    return redirect("warnings:alerts")


def alert(request: Any, number: int) -> HttpResponse:
    """One warning: what was found, on what it rests, who answered, what came of it."""
    found = selectors.alert(number, request.user)
    opened([found.warning], request.user)
    record("warning.view", found.warning, subject=found.warning.person_id or "")
    context = {
        "alert": found, "warning": found.warning, "remark_form": RemarkForm(), "sources": found.sources(language()),
    }  # fmt: skip
    return render(request, "warnings/alert.html", context)


@require_POST
def alert_accept(request: Any, number: int) -> HttpResponse:
    """Accept the answer: close the case by the step that fits it."""
    found = selectors.alert(number, request.user)
    seen = request.POST.get("seen", "")
    if not found.closing:
        messages.warning(request, _("现在不能办结：还没有核查结果，或者您就是核查人。"))
        return redirect("warnings:alert", number)
    try:
        done = accept_answer(
            found.warning, found.closing, request.user, int(seen) if seen.isdecimal() else None
        )
    except CaseError as error:
        for line in told(error.problems, language()):
            messages.warning(request, line)
    else:
        messages.success(
            request, _("预警已办结。") if not done.opened else _("已办结，并已建立下列办件，内容已预填。")
        )
    return redirect("warnings:alert", number)


@require_POST
def alert_remark(request: Any, number: int) -> HttpResponse:
    """Write to the village or the office."""
    found = selectors.alert(number, request.user)
    form = RemarkForm(request.POST)
    if form.is_valid():
        remark(found.warning, form.cleaned_data["text"], form.cleaned_data["token"], request.user)
        messages.success(request, _("已留言。"))
    else:
        messages.warning(request, _("留言没有内容，或者太长。"))
    return redirect("warnings:alert", number)


def alert_hold(request: Any, number: int) -> HttpResponse:
    """Decide not to raise the warning again until a day."""
    found = selectors.alert(number, request.user)
    form = HoldForm(request.POST or None)
    problems: list[str] = []
    if form.is_valid():
        try:
            hold_back(found.warning, form.cleaned_data["reason"], form.cleaned_data["until"], request.user)
        except CaseError as error:
            problems = told(error.problems, language())
        else:
            messages.success(request, _("已决定，下一次监测起生效。"))
            return redirect("warnings:alert", number)
    context = {"alert": found, "warning": found.warning, "form": form, "problems": problems}
    return render(request, "warnings/hold.html", context)


@require_POST
def alert_lift(request: Any, number: int) -> HttpResponse:
    """End such a decision."""
    found = selectors.alert(number, request.user)
    for one in Hold.objects.filter(
        indicator=found.warning.indicator, subject_number=found.warning.subject_number,
        household=found.warning.household, lifted_at__isnull=True,
    ):  # fmt: skip
        lift(one, request.user)
    messages.success(request, _("已恢复提示。"))
    return redirect("warnings:alert", number)


def alert_meeting(request: Any, number: int) -> HttpResponse:
    """Record a joint meeting."""
    found = selectors.alert(number, request.user)
    if found.warning.case is None:
        raise Http404
    form = MeetingForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        meet(
            found.warning, data["held_on"], data["present"], data["minutes"], data["decision"], data["token"], request.user
        )  # fmt: skip
        messages.success(request, _("已记录会商。"))
        return redirect("warnings:alert", number)
    context = {"alert": found, "warning": found.warning, "form": form}
    return render(request, "warnings/meeting.html", context)
