"""The monthly list of what is to be paid, and the same as a workbook."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from doudi.web.audit import record
from doudi.web.cases.selectors import paying
from doudi.web.cases.selectors.overpaid import open_overpayments
from doudi.web.cases.services.cases import local_now
from doudi.web.cases.services.entitling import month_of
from doudi.web.cases.services.export import XLSX, payments_as_workbook


def payments(request: Any) -> HttpResponse:
    """One month, by place."""
    month = _month(request)
    page = Paginator(paying.of_month(month), paying.SIZE).get_page(request.GET.get("page"))
    record(
        "payment.list",
        ("cases.entitlement", ""),
        details={"month": f"{month:%Y-%m}", "shown": len(page.object_list)},
    )
    context = {"month": month, "page": page, "sums": paying.sums(month), "overpayments": open_overpayments()}
    return render(request, "cases/payments.html", context)


def export(request: Any) -> HttpResponse:
    """The month as XLSX: masked, every cell text."""
    month = _month(request)
    rows = list(paying.of_month(month))
    record(
        "payment.export", ("cases.entitlement", ""), details={"month": f"{month:%Y-%m}", "rows": len(rows)}
    )
    answer = HttpResponse(payments_as_workbook(rows, request.user), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="payments-{month:%Y-%m}.xlsx"'
    return answer


def _month(request: Any) -> date:
    """The month that was asked for; this one for anything that is none."""
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return month_of(local_now())
