"""The list of households, its export, and the search. What is searched for never stands in an address."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from doudi.web.audit import record, record_all
from doudi.web.audit.recording import Deed
from doudi.web.registry.forms import HouseholdFilter, SearchForm
from doudi.web.registry.selectors import lists
from doudi.web.registry.selectors.searching import ID, search
from doudi.web.registry.services.export import MOST, as_workbook

COLUMNS = ("village", "size", "tier", "monthly", "held", "tags", "data_day")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def households(request: Any) -> HttpResponse:
    """Households in scope by village, tier and tag; the columns that were chosen."""
    form = HouseholdFilter(request.GET)
    good = form.is_valid()
    wanted = form.cleaned_data if good else {}
    size = wanted.get("size") or lists.SIZES[0]
    page = lists.page(wanted, size, request.GET.get("after", "")) if good else lists.Page([], 0, False, None)
    columns = [name for name in COLUMNS if name in request.GET.getlist("column")] or list(COLUMNS)
    record(
        "household.list",
        ("registry.household", ""),
        details={"by": _asked(wanted), "shown": len(page.households)},
    )
    context = {
        "form": form, "page": page, "columns": columns, "every_column": COLUMNS, "search_form": SearchForm(),
        "after": request.GET.get("after", ""), "most": MOST,
    }  # fmt: skip
    return render(request, "registry/households.html", context)


def export(request: Any) -> HttpResponse:
    """What is filtered, as XLSX; of more than ``MOST`` the first."""
    form = HouseholdFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = lists.page(wanted, MOST).households if form.is_valid() else []
    record("household.export", ("registry.household", ""), details={"by": _asked(wanted), "rows": len(found)})
    record_all("household.exported", (Deed(each, subject=str(each.head_id or "")) for each in found))
    answer = HttpResponse(as_workbook(found, request.user), content_type=_XLSX)
    answer["Content-Disposition"] = f'attachment; filename="households-{timezone.localdate()}.xlsx"'
    return answer


def find(request: Any) -> HttpResponse:
    """One box; asked by POST, so that names and numbers never stand in an address or a log."""
    form = SearchForm(request.POST or None)
    answer = None
    if form.is_valid():
        answer = search(form.cleaned_data["text"], form.cleaned_data["after"])
        _record(answer)
    return render(request, "registry/search.html", {"form": form, "answer": answer})


def _record(answer: Any) -> None:
    """The search, by its kind alone; of one by id number also whom it found."""
    found = {"kind": answer.asked.kind, "found": len(answer.people)}
    if answer.asked.kind != ID:
        record("household.search", ("registry.household", ""), details=found)
        return
    nobody = Deed(("registry.household", ""), details=found)
    seen = [
        Deed(person.household or nobody.target, str(person.pk), details=found) for person in answer.people
    ]
    record_all("household.search_id", seen or [nobody])


def _asked(wanted: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in sorted(wanted.items()) if value and name != "size"}
