"""The list of simulations, and the form for a new one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date

from doudi.assessment.statute import Statute
from doudi.rules.errors import DoudiError
from doudi.web.audit import record
from doudi.web.cases.errors import told
from doudi.web.registry.law import law_for
from doudi.web.registry.templatetags.registry import language
from doudi.web.simulation.errors import AskError
from doudi.web.simulation.forms import SimulationForm
from doudi.web.simulation.selectors import law, listing
from doudi.web.simulation.services.asking import MOST, ask

PAGE = 20
PICKED = {"add", "drop", "vary_this", "vary_none", "start"}
"""Buttons after which what was found is folded away."""


def simulations(request: Any) -> HttpResponse:
    """Those of the county."""
    page = Paginator(listing.simulations(), PAGE).get_page(request.GET.get("page"))
    record("simulation.list", ("simulation.simulation", ""), details={"shown": len(page.object_list)})
    can_ask = bool(listing.counties(request.user))
    return render(request, "simulation/simulations.html", {"page": page, "can_ask": can_ask})


def add(request: Any) -> HttpResponse:
    """The form: parameters are searched and chosen with its buttons; sent with ``start``, a job works it out."""
    counties = listing.counties(request.user)
    if not counties:
        raise Http404
    asked = request.POST if request.method == "POST" else request.GET
    statute = _statute(asked, [one.code[:6] for one in counties])
    known = law.parameters(statute, language())
    chosen, vary = _chosen(asked, known)
    usual = {"day": timezone.localdate(), "county": counties[0].code[:6]}
    filled = request.POST if request.method == "POST" else None
    form = SimulationForm(counties, [known[path] for path in chosen], vary, filled, initial=usual)
    if "start" in request.POST and form.is_valid():
        try:
            return redirect("simulation:simulation", ask(form.asked(), request.user).pk)
        except AskError as error:
            for text in told(error.problems, language()):
                form.add_error(None, text)
    if "start" not in request.POST:
        form.errors.clear()
    return render(request, "simulation/add.html", _context(asked, form, statute, chosen, vary))


def _context(
    asked: Any, form: SimulationForm, statute: Statute, chosen: list[str], vary: str
) -> dict[str, Any]:
    text = asked.get("search", "")
    found = law.searched(statute, text, language())
    return {
        "form": form, "chosen": form.values(), "vary": vary, "vary_name": law.vary_name(statute, vary, language()), "text": text,
        "found": found[: law.SHOWN], "more": len(found) - law.SHOWN, "full": len(chosen) >= MOST, "paths": chosen,
        "picked": bool(PICKED & set(asked)), "most": MOST,
        "day": statute.day,
    }  # fmt: skip


def _statute(asked: Any, counties: list[str]) -> Statute:
    """The law that is shown: of the county and day asked for, or of today where those cannot be had."""
    county = asked.get("county", "")
    county = county if county in counties else counties[0]
    try:
        return law_for(county, _day(asked.get("day", "")))
    except DoudiError:
        return law_for(county, timezone.localdate())


def _day(text: str) -> date:
    try:
        return parse_date(text) or timezone.localdate()
    except ValueError:
        return timezone.localdate()


def _chosen(asked: Any, known: dict[str, law.Parameter]) -> tuple[list[str], str]:
    """The parameters whose values are changed, and the one that is varied, after the button that was pressed."""
    paths = [*asked.getlist("chosen"), asked.get("add", "")]
    chosen = [path for path in dict.fromkeys(paths) if path in known and path != asked.get("drop")]
    vary = asked.get("vary_this") or asked.get("vary", "")
    whole = {one.whole for one in known.values() if one.whole}
    return chosen[:MOST], "" if "vary_none" in asked or vary not in whole else vary
