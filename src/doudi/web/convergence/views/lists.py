"""One convergence: its numbers, its persons, an opinion on many of them, and the list as a workbook."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from doudi.web.accounts.access import may_open
from doudi.web.audit import record
from doudi.web.cases.errors import told
from doudi.web.cases.services.export import XLSX
from doudi.web.convergence.background import OPINIONS
from doudi.web.convergence.errors import ReviewError
from doudi.web.convergence.exporting import MOST, as_workbook
from doudi.web.convergence.forms import BatchForm, PersonFilter
from doudi.web.convergence.models import Convergence
from doudi.web.convergence.models.opinion import Level
from doudi.web.convergence.selectors import persons as selectors
from doudi.web.convergence.selectors.figures import figures
from doudi.web.convergence.selectors.pairs import recent
from doudi.web.convergence.services.reviewing import LEVEL_OF, Said, give, judge
from doudi.web.jobs import bulk
from doudi.web.registry.templatetags.registry import language

AT_ONCE = 100
"""How many opinions are given in one request; more are for a job."""
SHOWN = 100
"""How many persons a preview lists one by one."""


def convergences(request: Any) -> HttpResponse:
    """Those of the county; the newest is opened when there is one and a state is asked for."""
    found = list(selectors.convergences(request.user)[:20])
    record("convergence.list", ("convergence.convergence", ""), details={"shown": len(found)})
    if found and "state" in request.GET:
        return redirect(f"{reverse('convergence:convergence', args=[found[0].pk])}?{request.GET.urlencode()}")
    pairs = recent() if may_open(request.user.role, "convergence:pair") else ()
    return render(request, "convergence/convergences.html", {"rows": found, "pairs": pairs})


def convergence(request: Any, number: int) -> HttpResponse:
    """Before and after, and the persons that match."""
    found = selectors.convergence_of(number, request.user)
    form = PersonFilter(request.user, request.GET or None)
    rows = selectors.persons(found, _wanted(form), request.user)
    page = Paginator(rows, selectors.PAGE).get_page(request.GET.get("page"))
    record("convergence.list", found, details={"shown": len(page.object_list)})
    level = LEVEL_OF[request.user.role]
    context = {
        "convergence": found, "form": form, "page": page, "figures": figures(found, request.user), "level": level,
        "batch": BatchForm() if _is_newest(found, request.user) else None, "can_return": level != Level.VILLAGE,
    }  # fmt: skip
    return render(request, "convergence/convergence.html", context)


def _wanted(form: PersonFilter) -> dict[str, Any]:
    return form.cleaned_data if form.is_valid() else {}


def _is_newest(found: Convergence, user: Any) -> bool:
    newest = selectors.convergences(user).first()
    return newest is not None and newest.pk == found.pk


@require_POST
def batch(request: Any, number: int) -> HttpResponse:
    """What one opinion on the chosen persons, or on all that match, would come to; given on a second look (``confirm``: on how many),
    and looked at again where others have come meanwhile."""
    found = selectors.convergence_of(number, request.user)
    form = BatchForm(request.POST)
    rows = selectors.persons(found, _wanted(PersonFilter(request.user, request.GET or None)), request.user)
    if "all" not in request.POST:
        rows = rows.filter(pk__in=[int(each) for each in request.POST.getlist("person") if each.isdecimal()])
    if not form.is_valid() or not rows.exists():
        messages.warning(request, _("没有选择人员，或者没有写意见。"))
        return _back(request, found)
    said = form.said()
    judged = judge(rows, said, request.user)
    good = [each.placement.pk for each in judged if not each.reasons]
    if request.POST.get("confirm") == str(len(good)):
        return _give_all(request, found, said, good)
    record("convergence.list", found, details={"preview": len(judged)})
    context = {
        "convergence": found, "judged": judged[:SHOWN], "all": len(judged), "good": len(good), "said": said, "form": form,
        "places": _by_place(judged), "whole": "all" in request.POST, "changed": "confirm" in request.POST, "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "convergence/preview.html", context)


def _by_place(judged: list[Any]) -> list[tuple[str, int, int]]:
    """What would be: each place with its persons and their households."""
    good = [each for each in judged if not each.reasons]
    return [
        (place, len(part), len({each.placement.household_id for each in part}))
        for place in ("new", "exit", "open")
        if (part := [each for each in good if each.place == place])
    ]


def _give_all(request: Any, found: Convergence, said: Said, numbers: list[int]) -> HttpResponse:
    if len(numbers) > AT_ONCE:
        return redirect(
            "jobs:job", bulk.start(OPINIONS, numbers, request.user, {"word": said.word, "note": said.note}).pk
        )
    given = 0
    for number in numbers:
        try:
            give(number, said, request.user)
        except ReviewError as error:
            for line in told(error.problems, language()):
                messages.warning(request, line)
        else:
            given += 1
    messages.success(request, _("已对 %(n)d 人提出意见。") % {"n": given})
    return _back(request, found)


def _back(request: Any, found: Convergence) -> HttpResponse:
    return redirect(f"{reverse('convergence:convergence', args=[found.pk])}?{request.GET.urlencode()}")


def export(request: Any, number: int) -> HttpResponse:
    """What is filtered, as XLSX; of more than ``MOST`` the first."""
    found = selectors.convergence_of(number, request.user)
    rows = selectors.persons(found, _wanted(PersonFilter(request.user, request.GET or None)), request.user)
    chosen = list(rows.select_related("region__parent", "person", "decided_by", "case")[:MOST])
    record("convergence.export", found, details={"rows": len(chosen)})
    answer = HttpResponse(as_workbook(chosen, request.user), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="convergence-{timezone.localdate()}.xlsx"'
    return answer
