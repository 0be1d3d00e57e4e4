"""The list of cases."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from doudi.web.audit import record
from doudi.web.cases.forms import CaseFilter
from doudi.web.cases.selectors import lists


def cases(request: Any) -> HttpResponse:
    """Cases in scope, the soonest deadline first."""
    form = CaseFilter(request.user, request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = Paginator(lists.cases(wanted, request.user), lists.SIZES[0]).get_page(request.GET.get("page"))
    record("case.list", ("cases.case", ""), details={"shown": len(page.object_list)})
    return render(request, "cases/cases.html", {"form": form, "page": page})
