"""The list of cases: filtered, kept as views, exported, handed out; and what is late."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from doudi.web.audit import record
from doudi.web.cases.filters import SIZES, AssignForm, CaseFilter, ViewForm, colleagues
from doudi.web.cases.models import Escalation, SavedView
from doudi.web.cases.roles import acting_roles
from doudi.web.cases.selectors import lists
from doudi.web.cases.services.assigning import assign as assign_cases
from doudi.web.cases.services.export import MOST, XLSX, as_workbook

COLUMNS = ("household", "village", "kind", "source", "stage", "owner", "clerk", "due", "amount", "marks")
USUAL = ("household", "village", "kind", "stage", "owner", "due", "marks")


def cases(request: Any) -> HttpResponse:
    """Cases in scope, the soonest deadline first."""
    form = CaseFilter(request.user, request.GET or None)
    good = form.is_valid()
    wanted = form.cleaned_data if good else {}
    after = request.GET.get("after", "")
    bad = bool(request.GET) and not good
    page = lists.Page([], 0, False, None) if bad else lists.page(wanted, request.user, _size(wanted), after)
    record("case.list", ("cases.case", ""), details={"by": _asked(wanted), "shown": len(page.cases)})
    columns = [name for name in COLUMNS if name in request.GET.getlist("column")] or list(USUAL)
    context = {
        "form": form, "page": page, "after": after, "columns": columns, "every_column": COLUMNS, "most": MOST,
        "views": SavedView.objects.filter(user=request.user).order_by("name"), "query": request.GET.urlencode(),
        "view_form": ViewForm(initial={"query": request.GET.urlencode()}), "assign_form": AssignForm(request.user),
    }  # fmt: skip
    return render(request, "cases/cases.html", context)


def export(request: Any) -> HttpResponse:
    """What is filtered, as XLSX; of more than ``MOST`` the first."""
    form = CaseFilter(request.user, request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = [] if request.GET and not form.is_valid() else list(lists.cases(wanted, request.user)[:MOST])
    record("case.export", ("cases.case", ""), details={"by": _asked(wanted), "rows": len(found)})
    answer = HttpResponse(as_workbook(found, request.user), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="cases-{timezone.localdate()}.xlsx"'
    return answer


@require_POST
def view_keep(request: Any) -> HttpResponse:
    """Keep the present filter under a name; a name that is there is written over."""
    form = ViewForm(request.POST)
    if form.is_valid():
        kept = {"query": form.cleaned_data["query"]}
        SavedView.objects.update_or_create(user=request.user, name=form.cleaned_data["name"], defaults=kept)
        return redirect(f"{reverse('cases:cases')}?{kept['query']}")
    messages.warning(request, _("请填写名称。"))
    return redirect("cases:cases")


@require_POST
def view_drop(request: Any, view: int) -> HttpResponse:
    """Keep a filter no longer; only one's own."""
    dropped, _kinds = SavedView.objects.filter(user=request.user, pk=view).delete()
    if not dropped:
        raise Http404
    return redirect("cases:cases")


@require_POST
def assign(request: Any) -> HttpResponse:
    """Hand the chosen cases to somebody."""
    form = AssignForm(request.user, request.POST)
    numbers = [int(each) for each in request.POST.getlist("case")[: SIZES[-1]] if each.isdigit()]
    if form.is_valid() and numbers:
        to = next(each for each in colleagues(request.user) if str(each.pk) == form.cleaned_data["to"])
        count = assign_cases(numbers, to)
        messages.success(request, _("已分办 %(count)d 件。") % {"count": count})
    else:
        messages.warning(request, _("请勾选办件，并选择分办给谁。"))
    return redirect(f"{reverse('cases:cases')}?{request.POST.get('query', '')[:500]}")


def escalations(request: Any) -> HttpResponse:
    """What is late and was told to one's role, the newest first."""
    found = Escalation.objects.filter(told__in=acting_roles(request.user), ended_at__isnull=True)
    found = found.select_related("case__household__head", "case__region__parent").order_by("-at", "-pk")
    page = Paginator(found, SIZES[0]).get_page(request.GET.get("page"))
    record("case.list", ("cases.case", ""), details={"desk": "late", "shown": len(page.object_list)})
    return render(request, "cases/escalations.html", {"page": page})


def _size(wanted: dict[str, Any]) -> int:
    return int(wanted.get("size") or SIZES[0])


def _asked(wanted: dict[str, Any]) -> dict[str, str]:
    return {
        name: str(value) for name, value in sorted(wanted.items()) if value and name not in ("size", "number")
    }
