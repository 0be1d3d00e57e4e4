"""The merged survey: the list of a village, the sheet of a household, and how far the villages have come."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from doudi.documents import to_html
from doudi.web.accounts.roles import Role
from doudi.web.audit import record, record_all
from doudi.web.audit.recording import Deed
from doudi.web.cases.errors import CaseError, told
from doudi.web.cases.views.papers import with_style
from doudi.web.registry.sensitive import masked_name
from doudi.web.registry.templatetags.registry import language
from doudi.web.warnings.models import SurveyHome
from doudi.web.warnings.selectors import surveys as selectors
from doudi.web.warnings.services.surveying import begin, from_registry
from doudi.web.warnings.survey_forms import PeriodForm, SurveyFilter
from doudi.web.warnings.survey_sheet import sheet

PRINTS = 10
"""How many prints are offered at once."""


def survey(request: Any) -> HttpResponse:
    """The households to be surveyed, each once, with their states."""
    running = selectors.running(request.user)
    form = SurveyFilter(request.user, request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = selectors.homes(running, wanted) if running else SurveyHome.objects.none()
    page = Paginator(rows, selectors.PAGE).get_page(request.GET.get("page"))
    record(
        "survey.list",
        ("warnings.survey", running.pk if running else ""),
        details={"shown": len(page.object_list)},
    )
    context = {
        "prints": _prints(Paginator(rows, selectors.SHEETS)), "survey": running, "form": form, "page": page,
        "homes": [_shown(one) for one in page.object_list],
        "whole": selectors.progress(running)[-1] if running else None,
    }  # fmt: skip
    return render(request, "warnings/survey.html", context)


def _prints(sheets: Paginator) -> list[Any]:
    """The first prints of all sheets of the filter; narrower filters give the others."""
    return [sheets.page(number) for number in sheets.page_range[:PRINTS]]


def _shown(home: SurveyHome) -> dict[str, Any]:
    """A household of the list with its sealed texts; who is not registered with a masked name."""
    shown, state = home.content(), selectors.state_of(home)
    head = home.household.head if home.household else None
    return {
        "home": home, "state": state, "state_word": selectors.STATES[state], "labels": shown.get("labels") or "",
        "tiers": shown.get("tiers") or "", "name": head.masked_name if head else masked_name(shown.get("head") or "") or home.key,
    }  # fmt: skip


def survey_sheet(request: Any, number: int) -> HttpResponse:
    """The sheet of a household, to be printed on one A4 page."""
    home = selectors.home_of(number)
    record("survey.sheet", home.household or home)
    return with_style(request, to_html(sheet(home, timezone.localdate())))


def survey_sheets(request: Any) -> HttpResponse:
    """The sheets of all households of a filter, as many as a page of them holds, each on its own A4 page."""
    survey = selectors.running(request.user)
    form = SurveyFilter(request.user, request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = selectors.with_places(selectors.homes(survey, wanted)) if survey else SurveyHome.objects.none()
    homes = Paginator(rows, selectors.SHEETS).get_page(request.GET.get("sheets")).object_list
    if not homes:
        messages.warning(request, _("没有符合条件的家庭。"))
        return redirect("warnings:survey")
    record_all("survey.sheet", (Deed(home.household or home) for home in homes))
    day = timezone.localdate()
    return with_style(request, to_html(*(sheet(home, day) for home in homes)))


def progress(request: Any) -> HttpResponse:
    """How far each village has come; the county's clerk begins the survey of a year."""
    user = request.user
    may_begin = user.role == Role.COUNTY_CLERK
    form = PeriodForm(request.POST or None) if may_begin else None
    if form is not None and form.is_valid():
        try:
            _begin(user, form)
        except CaseError as error:
            for line in told(error.problems, language()):
                messages.warning(request, line)
        else:
            messages.success(request, _("已建立本次调查。"))
        return redirect("warnings:progress")
    running = selectors.running(user)
    rows = selectors.progress(running) if running else []
    record("survey.progress", ("warnings.survey", running.pk if running else ""))
    context = {"survey": running, "rows": rows[:-1], "whole": rows[-1] if rows else None, "form": form}
    return render(request, "warnings/progress.html", context)


def _begin(user: Any, form: PeriodForm) -> None:
    county = user.region
    begin(county, form.cleaned_data["since"], form.cleaned_data["until"], from_registry(county.prefix), user)
