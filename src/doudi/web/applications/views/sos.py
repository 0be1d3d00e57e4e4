"""The call for help: for anybody, without an account."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from doudi.web.accounts.models import Region
from doudi.web.accounts.services import lockouts
from doudi.web.applications.resident_forms import CallForm
from doudi.web.applications.selectors.homes import office_of
from doudi.web.applications.services import cards, leads
from doudi.web.database.scope import acting_as, system
from doudi.web.site.errors import too_many

MOST_BY_ADDRESS = 8
"""Calls from one address in a quarter of an hour: enough for a village office, too few for a machine."""


def call(request: Any) -> HttpResponse:
    """Who, where, what, and a telephone number; thanks with a number."""
    card = cards.whose(request.GET.get("card", ""))
    initial = {"region": f"{card[1][:9]}000"} if card else {}
    form = CallForm(request.POST or None, initial=initial)
    if form.is_valid():
        key = lockouts.key_of("sos", request.address)
        if lockouts.hold(key) >= MOST_BY_ADDRESS:
            return too_many(request, int(lockouts.WINDOW.total_seconds()))
        lockouts.count(key)
        data = form.cleaned_data
        region = Region.objects.get(code=data["region"])
        said = leads.Said(data["who"], data["where"], data["text"], data["phone"])
        with acting_as(system("public")):
            lead = leads.call(region, data["need"], said)
        context = {"number": lead.number, "again": lead.times > 1, "office": office_of(region)}
        return render(request, "applications/sos_thanks.html", context)
    return render(request, "applications/sos.html", {"form": form})
