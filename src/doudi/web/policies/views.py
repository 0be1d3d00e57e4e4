"""The policy library for everybody: nothing in it is about anybody, and nothing of the reader is kept."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from doudi.programmes.catalogue import catalogue
from doudi.rules.errors import DoudiError
from doudi.web.applications.selectors.homes import office_of
from doudi.web.cases.errors import told
from doudi.web.policies import selectors
from doudi.web.policies.forms import LibraryForm, PlaceForm
from doudi.web.registry.templatetags.registry import language


def policies(request: Any) -> HttpResponse:
    """All programmes and tiers of a county, filtered."""
    places = selectors.places()
    form = LibraryForm(places, _asked(request, places))
    context = _frame(form, places)
    try:
        every = selectors.listing(context["place"].code, context["on"], language())
    except DoudiError as error:
        return render(
            request,
            "policies/policies.html",
            context | {"problems": told(error.problems, language())},
            status=404,
        )
    found = selectors.chosen(every, **form.wanted())
    groups = [(_matter(group), each) for group, each in selectors.by_group(found)]
    return render(
        request, "policies/policies.html", context | {"groups": groups, "found": found, "every": every}
    )


def policy(request: Any, programme: str) -> HttpResponse:
    """One programme or tier."""
    places = selectors.places()
    form = PlaceForm(places, _asked(request, places))
    context = _frame(form, places)
    try:
        found = selectors.told(context["place"].code, context["on"], programme, language())
    except DoudiError as error:
        return render(
            request,
            "policies/policies.html",
            context | {"problems": told(error.problems, language())},
            status=404,
        )
    if found is None:
        raise Http404
    one = found.programme
    context |= {
        "policy": found, "one": one, "office": office_of(f"{context['place'].code}000000"),
        "who_answers": catalogue().organisations[one.organisation] if one else None,
        "relations": _beside(one.id) if one else [],
        "region": found.offer.statute.resolved.region,
    }  # fmt: skip
    return render(request, "policies/policy.html", context)


def _asked(request: Any, places: list[selectors.Place]) -> dict[str, Any]:
    """What was asked for; where nothing was, the reader's own county, and today."""
    user = request.user
    own = user.region_id[:6] if user.is_authenticated and user.region_id else ""
    usual = {"place": selectors.default_place(places, own), "on": timezone.localdate().isoformat()}
    return usual | {name: value for name, value in request.GET.items() if value}


def _frame(form: PlaceForm, places: list[selectors.Place]) -> dict[str, Any]:
    """The place and day that hold; those that cannot be had are the usual ones."""
    asked = form.cleaned_data if form.is_valid() else getattr(form, "cleaned_data", {})
    code = asked.get("place") or selectors.default_place(places)
    place = next(each for each in places if each.code == code)
    return {"form": form, "place": place, "on": asked.get("on") or timezone.localdate()}


def _beside(programme: str) -> list[str]:
    """How it bears on others, each sentence once."""
    return list(dict.fromkeys(each.sentence(language()) for each in catalogue().relations.of(programme)))


def _matter(group: str) -> str:
    return selectors.MATTERS[group][language() != "zh"]
