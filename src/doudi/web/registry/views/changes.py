"""Changes of households: asked for, waiting, decided."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from doudi.web.audit import record
from doudi.web.registry.errors import ChangeError
from doudi.web.registry.forms import ChangeForm, DecisionForm, ReasonForm
from doudi.web.registry.models import Change, ChangeState, Household, Person
from doudi.web.registry.selectors.files import File, household
from doudi.web.registry.services import changes

PAGE = 20
_NUMBERS = ("person", "people", "successor")


def change_add(request: Any, number: int) -> HttpResponse:
    """Ask for a change."""
    file = File(household(number))
    asked = {"kind": request.GET.get("kind", ""), "version": file.household.version}
    form = ChangeForm(file.members, request.POST or None, initial=asked)
    if form.is_valid():
        try:
            _ask(file.household, form.cleaned_data, request.user)
        except ChangeError as error:
            form.add_error(None, error.text)
        else:
            messages.success(request, _("变更已提交，等待另一位同事审批。"))
            return redirect("registry:household_tab", number, "history")
    return render(request, "registry/change_form.html", {"form": form, "household": file.household})


def waiting(request: Any) -> HttpResponse:
    """The changes that wait, the oldest first."""
    found = Change.objects.filter(state=ChangeState.WAITING).select_related(
        "household__head", "region", "asked_by"
    )
    page = Paginator(found.order_by("pk"), PAGE).get_page(request.GET.get("page"))
    return render(request, "registry/changes.html", {"page": page})


def change(request: Any, number: int) -> HttpResponse:
    """One change, and the decision on it."""
    found = (
        Change.objects.filter(pk=number).select_related("household__head", "asked_by", "decided_by").first()
    )
    if found is None:
        raise Http404
    form = DecisionForm(request.POST or None)
    if form.is_valid():
        deed = changes.approve if "approve" in request.POST else changes.refuse
        try:
            deed(found, request.user, form.cleaned_data["decision"])
        except ChangeError as error:
            form.add_error(None, error.text)
        else:
            messages.success(request, _("已办结。"))
            return redirect("registry:household_tab", found.household_id, "history")
    record("household.view", found.household, details={"change": found.pk})
    context = {"change": found, "household": found.household, "form": form, "lines": _lines(found),
               "open": found.state == ChangeState.WAITING}  # fmt: skip
    return render(request, "registry/change.html", context)


def withdraw(request: Any, number: int) -> HttpResponse:
    """Take back a change that one asked for oneself."""
    found = Change.objects.filter(pk=number).select_related("household__head", "asked_by").first()
    if found is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            changes.withdraw(found, request.user, form.cleaned_data["reason"])
        except ChangeError as error:
            form.add_error(None, error.text)
        else:
            messages.success(request, _("变更已撤回。"))
            return redirect("registry:household_tab", found.household_id, "history")
    mine = found.asked_by_id == request.user.pk and found.state == ChangeState.WAITING
    context = {"change": found, "household": found.household, "form": form, "mine": mine}
    return render(request, "registry/withdraw.html", context)


def _ask(home: Household, data: dict[str, Any], by: Any) -> None:
    wanted = {name: data[name] for name in _NUMBERS if data.get(name)}
    if data["kind"] == "split":
        wanted["head"] = wanted.pop("person")
    if data.get("region"):
        wanted["region"] = data["region"]
    if data["kind"] == "merge":
        other = Household.objects.filter(county=home.county, number=data["other"]).first()
        if other is None:
            raise ChangeError(_("没有这个并入的家庭，或者不在您的管辖范围内。"))
        wanted["other"] = other.pk
    sealed = {name: data[name] for name in ("address", "phone", "account") if data.get(name)}
    changes.ask(home, data["kind"], data["on"], data["reason"], wanted, by, sealed, data["version"])


def _lines(found: Change) -> list[tuple[str, str]]:
    """What is wanted, with names masked."""
    wanted = found.wanted
    numbers = [wanted.get("person"), wanted.get("head"), wanted.get("successor"), *wanted.get("people", [])]
    names = {
        each.pk: each.masked_name for each in Person.objects.filter(pk__in=[each for each in numbers if each])
    }
    told = [
        (_("涉及的成员"), names.get(wanted.get("person"), "")),
        (_("分出的成员"), "、".join(names.get(each, "") for each in wanted.get("people", []))),
        (_("新户户主"), names.get(wanted.get("head"), "")),
        (_("继任户主"), names.get(wanted.get("successor"), "")),
        (_("迁入的村（社区）"), wanted.get("region", "")),
        (_("并入的家庭"), str(wanted.get("other", ""))),
    ]
    return [(label, text) for label, text in told if text]
