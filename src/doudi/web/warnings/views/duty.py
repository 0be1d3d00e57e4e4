"""The roster: who is on duty for which village."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from doudi.web.warnings.forms import DutyForm
from doudi.web.warnings.models import Duty
from doudi.web.warnings.services.accepting import end_duty, set_duty


def duty(request: Any) -> HttpResponse:
    """The roster that holds today or later, and adding to it."""
    form = DutyForm(request.user, request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        set_duty(data["region"], data["user"], data["since"], data["until"], request.user)
        messages.success(request, _("已加入值守表。"))
        return redirect("warnings:duty")
    rows = Duty.objects.filter(Q(until__isnull=True) | Q(until__gte=timezone.localdate()))
    rows = rows.select_related("region__parent", "user__region", "set_by").order_by(
        "region_id", "since", "pk"
    )
    return render(request, "warnings/duty.html", {"form": form, "rows": rows})


@require_POST
def duty_end(request: Any, number: int) -> HttpResponse:
    """Take somebody off the roster."""
    found = Duty.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    end_duty(found, request.user)
    messages.success(request, _("已结束值守。"))
    return redirect("warnings:duty")
