"""One household, one file (一户一档): its tabs, each a page of its own, and the file on paper. Every look is recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from doudi.assessment.determination import Determination
from doudi.assessment.discretion import discretion
from doudi.assessment.explanation import explain
from doudi.web.audit import record
from doudi.web.registry.family import family_tree
from doudi.web.registry.forms import DayForm, NoteForm, TagForm
from doudi.web.registry.selectors import checks, ledger
from doudi.web.registry.selectors.files import File, household
from doudi.web.registry.selectors.lights import lights
from doudi.web.registry.selectors.means import means
from doudi.web.registry.templatetags.registry import language
from doudi.web.registry.views import programmes
from doudi.web.registry.views.otherwise import answer, changes

Context = dict[str, Any]
Asked = Mapping[str, Any]
NOTHING: Asked = {}


def overview(request: Any, number: int) -> HttpResponse:
    """The first tab."""
    return _page(request, number, "overview")


def tab(request: Any, number: int, tab: str) -> HttpResponse:
    """Another tab."""
    if tab not in TABS or tab == "overview":
        raise Http404
    return _page(request, number, tab)


def on_paper(request: Any, number: int) -> HttpResponse:
    """The file on two pages of A4."""
    file = File(household(number), _day(request))
    record("household.print", file.household)
    context = _frame(request, file) | _overview(file) | _means(file) | _benefits(file) | _determination(file)
    if isinstance(file.determination, Determination):
        context |= changes(file.determination)
    return render(request, "registry/paper.html", context)


def otherwise(request: Any, number: int) -> HttpResponse:
    """What would change the determination."""
    file = File(household(number), _day(request))
    record("household.view", file.household, details={"tab": "otherwise"})
    context = _frame(request, file) | {"tab": "determination", "tab_title": _("什么情况下结果会不同")}
    return answer(request, file.determination, "registry/otherwise.html", context)


def _page(request: Any, number: int, name: str) -> HttpResponse:
    file = File(household(number), _day(request))
    record("household.view", file.household, details={"tab": name})
    title, fill = TABS[name]
    context = _frame(request, file) | {"tab": name, "tab_title": title} | fill(file, request.GET)
    return render(request, f"registry/{name}.html", context)


def _day(request: Any) -> Any:
    form = DayForm(request.GET)
    return form.cleaned_data["on"] if form.is_valid() else None


def _frame(request: Any, file: File) -> Context:
    """What stands above every tab."""
    return {
        "file": file, "household": file.household, "day_form": DayForm(initial={"on": file.day}), "day": file.day,
        "tabs": [(name, title) for name, (title, _fill) in TABS.items()],
        "lights": list(lights(file.household, file.stale)),
    }  # fmt: skip


def _overview(file: File, _asked: Asked = NOTHING) -> Context:
    years = ledger.years(file.household, file.day)
    notes = file.household.notes.select_related("by").order_by("-at")[:20]
    return {"years": years[:1], "notes": notes, "note_form": NoteForm(), "tag_form": TagForm()}


def _members(file: File, _asked: Asked = NOTHING) -> Context:
    return {"tree": family_tree(file, language()), "supporters": file.known.items_of("supporter")}


def _means(file: File, _asked: Asked = NOTHING) -> Context:
    return {"means": means(file)}


def _checks(file: File, _asked: Asked = NOTHING) -> Context:
    return {"report": checks.report(file.known), "subjects": file.known.subjects()}


def _benefits(file: File, _asked: Asked = NOTHING) -> Context:
    return {"years": ledger.years(file.household, file.day), "entitlements": ledger.granted(file.household)}


def _determination(file: File, _asked: Asked = NOTHING) -> Context:
    found = file.determination
    if not isinstance(found, Determination):
        return {"reason": found.zh if language() == "zh" else found.en}
    told = explain(found, language(), parameters=False)
    entries = [entry for entry in told.tiers if entry.holds is not False or entry.row is None]
    later = reverse("registry:household_otherwise", args=[file.household.pk])
    return {
        "told": told, "entries": entries, "discretion": discretion(found, language()),
        "later": f"{later}?on={file.day.isoformat()}" if file.day else later,
    }  # fmt: skip


def _history(file: File, _asked: Asked = NOTHING) -> Context:
    household = file.household
    return {
        "changes": household.changes.select_related("asked_by", "decided_by").order_by("-asked_at"),
        "sheets": household.sheets.select_related("load")
        .filter(person__isnull=True)
        .order_by("-known_from", "-pk"),
        "past_tags": household.tags.filter(until__isnull=False).order_by("-until"),
    }


TABS: dict[str, tuple[Any, Callable[[File, Asked], Context]]] = {
    "overview": (_("概况"), _overview),
    "members": (_("成员"), _members),
    "means": (_("收入支出财产"), _means),
    "checks": (_("核对报告"), _checks),
    "benefits": (_("救助台账"), _benefits),
    "determination": (_("测算"), _determination),
    "entitled": (_("应享已享"), programmes.entitled),
    "cliff": (_("收入与净资源"), programmes.cliff),
    "history": (_("变更历史"), _history),
}
"""The tabs of a file, in their order, with what fills them."""
