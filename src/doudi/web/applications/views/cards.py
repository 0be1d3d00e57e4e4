"""The card of a household: what whoever scans it sees, and printing it."""

from __future__ import annotations

from typing import Any

import segno
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe

from doudi.web.accounts.access import may_open
from doudi.web.accounts.models import Region
from doudi.web.accounts.roles import Role
from doudi.web.applications.selectors.homes import office_of
from doudi.web.applications.services import cards
from doudi.web.audit import record
from doudi.web.registry.selectors.files import household

FILE = "registry:household"


def card(request: Any, code: str) -> HttpResponse:
    """Without an account: where to call, and the call for help. Staff in whose scope the household lies come to its file."""
    found = cards.whose(code)
    if found is None:
        raise Http404
    number, place = found
    if request.signed_in_fully and may_open(request.user.role, FILE) and request.user.scope.covers(place):
        return redirect(FILE, number)
    if request.signed_in_fully and request.user.role == Role.RESIDENT:
        return redirect("applications:my_cases")
    township = Region.objects.filter(code=f"{place[:9]}000").first()
    context = {"office": office_of(place), "township": township, "code": code}
    return render(request, "applications/card.html", context)


def make(request: Any, number: int) -> HttpResponse:
    """The card of a household to print; a new one on request."""
    home = household(number)
    kept = home.cards.filter(revoked_at__isnull=True).first()
    if request.method == "POST":
        cards.make(home, request.user)
        return redirect("applications:card_make", number)
    picture = ""
    if kept is not None:
        where = request.build_absolute_uri(reverse("applications:card", args=[kept.code]))
        picture = mark_safe(
            segno.make(where, error="q").svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None)
        )
    record("household.card_view", home)
    context = {"household": home, "card": kept, "picture": picture, "office": office_of(home)}
    return render(request, "applications/card_make.html", context)
