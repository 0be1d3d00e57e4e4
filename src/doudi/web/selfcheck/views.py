"""The pages of the self-check: a start, one page for each step, and what it comes to."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from doudi.selfcheck.answers import Answers, Kin, Step
from doudi.selfcheck.outcome import outcome
from doudi.selfcheck.questions import screens
from doudi.web.accounts.models import Region
from doudi.web.applications.selectors.homes import office_of
from doudi.web.registry.templatetags.registry import language
from doudi.web.selfcheck import keeping
from doudi.web.selfcheck.forms import StepForm
from doudi.web.selfcheck.keeping import Kept
from doudi.web.selfcheck.law import begin, law_of

FIRST = "place"


@never_cache
def start(request: Any) -> HttpResponse:
    """What it is, and the way in; back to the open step for whoever left off."""
    kept = keeping.read(request.COOKIES)
    following = kept.answers.next_open() if kept.answers.told else None
    context = {"kept": kept, "following": following, "first": FIRST}
    return render(request, "selfcheck/start.html", context)


@never_cache
def step(request: Any, step: str) -> HttpResponse:
    """One step. A step that does not belong to the answers leads to the first open one."""
    kept = keeping.read(request.COOKIES)
    here = kept.answers.step(step)
    if here is None or (step != FIRST and not kept.region):
        return _onward(kept)
    if kept.region:
        begin(kept.region[:6], timezone.localdate())
    form = StepForm(here, kept.answers, kept.region, request.POST or None)
    if request.method == "POST" and form.is_valid():
        region = form.cleaned_data.get("region", kept.region)
        found = Kept(region, kept.answers.with_step(step, form.answers()))
        answer = _onward(found)
        keeping.write(answer, found, request.is_secure())
        return answer
    steps = kept.answers.steps()
    place = steps.index(here)
    context = {
        "form": form, "step": here, "number": place + 1, "of": len(steps), "whose": _whose(kept.answers, here),
        "before": steps[place - 1] if place else None,
    }  # fmt: skip
    return render(request, "selfcheck/step.html", context)


@never_cache
def result(request: Any) -> HttpResponse:
    """What the answers come to."""
    kept = keeping.read(request.COOKIES)
    if not kept.region or kept.answers.next_open() is not None:
        return _onward(kept)
    county = kept.region[:6]
    found = outcome(kept.answers, law_of(county, timezone.localdate()), language())
    context = {
        "outcome": found, "place": Region.objects.filter(code=kept.region).first(), "county": county,
        "office": office_of(kept.region),
        "left_open": [(each, _whose(kept.answers, each), names) for each, names in found.left_open()],
    }  # fmt: skip
    return render(request, "selfcheck/result.html", context)


@require_POST
def clear(request: Any) -> HttpResponse:
    """Everything forgotten."""
    answer = redirect("selfcheck:start")
    keeping.forget(answer)
    return answer


def _onward(kept: Kept) -> HttpResponseRedirect:
    """To the first open step; to the start for whoever has not begun."""
    following = kept.answers.next_open()
    if not kept.region or following is None:
        return redirect("selfcheck:result" if kept.region else "selfcheck:start")
    return redirect("selfcheck:step", following.key)


def _whose(answers: Answers, step: Step) -> str:
    """Which member or child a step is about: 第 2 位：配偶，74 岁; empty for the household."""
    if step.place is None:
        return ""
    number = step.place + 1
    if step.screen.of == "supporter":
        relation = Kin(answers).supporters[step.place][1]
        about = {"number": number, "who": _("儿女") if relation == "child" else _("父亲或者母亲")}
        return _("第 %(number)s 位：%(who)s") % about
    if step.screen.name == "person":
        return _("您自己") if not step.place else _("第 %(number)s 位") % {"number": number}
    codes = screens()["person"].questions["relation"].options
    words = codes.get(answers.relation(step.place), ("", ""))
    who = words[language() != "zh"] if step.place else _("您自己")
    told = {"number": number, "who": who, "age": answers.age(step.place)}
    return _("第 %(number)s 位：%(who)s，%(age)s 岁") % told
