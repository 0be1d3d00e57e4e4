"""Beginning to apply: for the own household, on behalf of another, for one that is not registered yet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import formset_factory
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from doudi.web.accounts.roles import Role
from doudi.web.applications.errors import ApplyError
from doudi.web.applications.forms import HomeForm, PersonForm, StartForm
from doudi.web.applications.models import Draft, DraftState
from doudi.web.applications.selectors.dossiers import dossier
from doudi.web.applications.selectors.homes import office_of, own_household
from doudi.web.applications.services import drafts
from doudi.web.audit import record
from doudi.web.registry.errors import ChangeError
from doudi.web.registry.selectors.files import household
from doudi.web.registry.services.newcomers import Newcomer, doubles, found_household

LARGE = "doudi_large"
_YEAR = 365 * 86_400


def start(request: Any) -> HttpResponse:
    """What is being written, and beginning something new. Staff come here from the file of a household (``?household=``)."""
    home = _home(request)
    form = StartForm(request.user, request.POST or None)
    if form.is_valid() and home is not None:
        source = form.cleaned_data.get("source") or (
            "self" if request.user.role == Role.RESIDENT else "on_behalf"
        )
        try:
            draft = drafts.begin(home, form.cleaned_data["kind"], source, request.user)
        except ApplyError as error:
            form.add_error(None, error.text)
        else:
            return redirect("applications:tasks", draft.pk)
    rows = Draft.objects.filter(state=DraftState.WRITING).select_related("household__head", "by", "region")
    context = {
        "form": form, "home": home, "drafts": rows.order_by("-saved_at")[:50], "office": office_of(home),
        "own": request.user.role == Role.RESIDENT,
    }  # fmt: skip
    return render(request, "applications/start.html", context)


def _home(request: Any) -> Any:
    """For whom: residents for their own household, staff for the one that is named."""
    if request.user.role == Role.RESIDENT:
        return own_household()
    number = request.POST.get("household") or request.GET.get("household") or ""
    if not number:
        return None
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Http404
    return household(int(number))


def newcomers(request: Any) -> HttpResponse:
    """Register a family that is not registered yet, after looking whether it is; then apply for it."""
    people_form = formset_factory(PersonForm, extra=0, min_num=1, max_num=20, absolute_max=20)
    data = request.POST or None
    if data and "more" in request.POST:
        data = request.POST.copy()
        data["people-TOTAL_FORMS"] = str(min(int(data.get("people-TOTAL_FORMS") or 1) + 1, 20))
    home = HomeForm(request.user.scope, data)
    people = people_form(data, prefix="people")
    for place, each in enumerate(people.forms):
        if place == 0:
            del each.fields["relation"]
    alike: list[Any] = []
    if data and "more" not in request.POST and home.is_valid() and people.is_valid():
        made, alike = _found(request, home, people)
        if made is not None:
            messages.success(request, _("已登记。现在可以为这一户申请。"))
            return redirect(f"{reverse('applications:start')}?household={made.pk}")
    context = {"form": home, "people": people, "alike": alike}
    return render(request, "applications/newcomers.html", context)


def _found(request: Any, home: HomeForm, people: Any) -> tuple[Any, list[Any]]:
    """The new household, or those registered who may be the same people."""
    told = [
        Newcomer(
            each.cleaned_data["name"], each.cleaned_data.get("relation", "head"), each.cleaned_data["id_number"],
            each.cleaned_data["born"], each.cleaned_data["sex"], home.cleaned_data["phone"] if place == 0 else "",
        )
        for place, each in enumerate(people.forms) if each.cleaned_data
    ]  # fmt: skip
    region = home.cleaned_data["region"]
    alike = doubles(region.code[:6], told)
    record("household.doubles", ("registry.household", ""), details={"found": len(alike)})
    if alike and (any(each.certain for each in alike) or not home.cleaned_data["checked"]):
        home.add_error(None, _("有登记在册的人可能就是他们，请先核对。"))
        return None, alike
    try:
        made = found_household(
            region, told, home.cleaned_data["address"], home.cleaned_data["area"], request.user
        )
    except ChangeError as error:
        home.add_error(None, error.text)
        return None, alike
    return made, []


@require_POST
def discard(request: Any, number: int) -> HttpResponse:
    """Give a draft up."""
    found = dossier(number, request.user)
    drafts.discard(found.draft)
    messages.success(request, _("已放弃，填写的内容已经删除。"))
    return redirect("applications:start")


def large(request: Any) -> HttpResponse:
    """Large text, or the usual again."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    answer = HttpResponseRedirect(wanted if safe else reverse("site:home"))
    if request.method != "POST":
        return answer
    if request.COOKIES.get(LARGE):
        answer.delete_cookie(LARGE)
    else:
        answer.set_cookie(
            LARGE, "1", max_age=_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
        )
    return answer
