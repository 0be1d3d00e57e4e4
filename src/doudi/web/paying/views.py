"""The pages of rolls: all of them; one with its checks; making, deciding, locking, taking along, entering the payment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from doudi.web.audit import record
from doudi.web.cases.services.cases import local_now
from doudi.web.cases.services.export import XLSX
from doudi.web.paying import services
from doudi.web.paying.errors import PayingError
from doudi.web.paying.export import as_workbook
from doudi.web.paying.forms import DecideForm, MonthForm, PaidForm
from doudi.web.paying.models import RollState
from doudi.web.paying.selectors import SIZE, line, lines, roll, rolls, sums

_COUNTY = 6


def all_rolls(request: Any) -> HttpResponse:
    """The rolls of the county, and making one."""
    form = MonthForm(request.POST or None, initial={"month": f"{local_now():%Y-%m}"})
    if form.is_valid():
        try:
            made = services.make(request.user.region_id[:_COUNTY], form.cleaned_data["month"], request.user)
        except PayingError as error:
            form.add_error(None, error.text)
        else:
            messages.success(request, _("名册已编制，逐行核对以后由另一人锁定。"))
            return redirect("paying:roll", made.pk)
    page = Paginator(rolls(), SIZE).get_page(request.GET.get("page"))
    record("roll.list", ("paying.roll", ""), details={"shown": len(page.object_list)})
    return render(request, "paying/rolls.html", {"page": page, "form": form})


def one(request: Any, number: int) -> HttpResponse:
    """One roll: its sums, what speaks against lines, what differs from the month before."""
    found = roll(number)
    shown = request.GET.get("show", "")
    page = Paginator(lines(found, shown), SIZE).get_page(request.GET.get("page"))
    record("roll.view", found, region=found.region_id, details={"shown": len(page.object_list)})
    context = {
        "roll": found, "page": page, "sums": sums(found), "show": shown, "decide": DecideForm(),
        "is_draft": found.state == RollState.DRAFT, "is_locked": found.state == RollState.LOCKED, "paid": PaidForm(),
    }  # fmt: skip
    return render(request, "paying/roll.html", context)


@require_POST
def decide(request: Any, number: int) -> HttpResponse:
    """Pay a line or hold it back."""
    found, form = line(number), DecideForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("写明理由。"))
        return redirect("paying:roll", found.roll_id)
    told = form.cleaned_data
    return _done(
        request,
        found.roll_id,
        lambda: services.decide(found, told["pays"] == "yes", told["why"], request.user),
        _("已记录。"),
    )


@require_POST
def lock(request: Any, number: int) -> HttpResponse:
    """Lock a roll."""
    found = roll(number)
    return _done(request, number, lambda: services.lock(found, request.user), _("名册已锁定。"))


@require_POST
def paid(request: Any, number: int) -> HttpResponse:
    """Enter that a roll was paid."""
    found, form = roll(number), PaidForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("填写银行批次号和锁定以后的发放日期。"))
        return redirect("paying:roll", number)
    told = form.cleaned_data
    return _done(
        request, number, lambda: services.enter_paid(found, told["on"], told["reference"], request.user),
        _("已登记发放，记入各户台账。"),
    )  # fmt: skip


def _done(request: Any, number: int, deed: Callable[[], object], said: str) -> HttpResponse:
    try:
        deed()
    except PayingError as error:
        messages.error(request, error.text)
    else:
        messages.success(request, said)
    return redirect("paying:roll", number)


def export(request: Any, number: int) -> HttpResponse:
    """A locked roll as a workbook, masked."""
    found = roll(number)
    if found.state == RollState.DRAFT:
        raise Http404
    rows = list(lines(found).filter(pays=True))
    record("roll.export", found, region=found.region_id, details={"rows": len(rows)})
    answer = HttpResponse(as_workbook(rows, request.user), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="roll-{found.month:%Y-%m}.xlsx"'
    return answer
