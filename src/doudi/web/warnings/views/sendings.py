"""Sending all warnings of a filter to their villages, shown first; and the actions so far, which can be taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from doudi.web.audit import record
from doudi.web.warnings.forms import AlertFilter, RecallForm
from doudi.web.warnings.models import Sending
from doudi.web.warnings.selectors import alerts as selectors
from doudi.web.warnings.selectors.sendings import newest
from doudi.web.warnings.services import mass

FILTER = ("level", "group", "indicator", "region")


def alerts_send(request: Any) -> HttpResponse:
    """What would be sent, by village and team, and what nobody answers; confirmed, it is sent."""
    asked = {name: request.GET.get(name, "") for name in FILTER}
    form = AlertFilter(request.user, selectors.indicators_shown(), {**asked, "state": "raised"})
    if not form.is_valid():
        raise Http404
    chosen = mass.plan(selectors.alerts(form.cleaned_data).select_related(None).select_related("region"))
    said = request.POST.get("confirm", "")
    if request.method == "POST" and said == str(len(chosen.warnings)) and chosen.warnings:
        return _sent(request, chosen, {name: value for name, value in asked.items() if value})
    record("warning.list", ("warnings.warning", ""), details={"to_send": len(chosen.warnings)})
    context = {"plan": chosen, "changed": request.method == "POST", "asked": form.told()}
    return render(request, "warnings/send.html", context)


def _sent(request: Any, chosen: mass.Plan, asked: dict[str, str]) -> HttpResponse:
    sending, job = mass.send(chosen, asked, request.user)
    if job is None:
        n = sending.planned
        messages.success(request, ngettext("已交办 %(n)d 条预警。", "已交办 %(n)d 条预警。", n) % {"n": n})
    else:
        messages.success(request, _("数量较多，由后台逐条交办，可以离开。"))
    return redirect("warnings:sendings")


def sendings(request: Any) -> HttpResponse:
    """The newest actions: how many were sent, opened, answered, and can be taken back."""
    record("warning.list", ("warnings.sending", ""))
    return render(request, "warnings/sendings.html", {"rows": newest(), "form": RecallForm()})


@require_POST
def sending_recall(request: Any, number: int) -> HttpResponse:
    """Take back what nobody has opened."""
    if not Sending.objects.filter(pk=number).exists():
        raise Http404
    form = RecallForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("请写明撤回的理由，至少两个字。"))
        return redirect("warnings:sendings")
    count, job = mass.recall(number, form.cleaned_data["reason"], request.user)
    if job is not None:
        messages.success(request, _("数量较多，由后台逐条撤回，可以离开。"))
    elif count:
        messages.success(request, ngettext("已撤回 %(n)d 条。", "已撤回 %(n)d 条。", count) % {"n": count})
    else:
        messages.warning(request, _("没有可以撤回的：都已打开或者已经撤回。"))
    return redirect("warnings:sendings")
