"""The home page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from doudi.web.site.desk import notes, tiles


def home(request: Any) -> HttpResponse:
    """The work desk (工作台): what waits for this role, as counted now."""
    earlier = request.user.sign_ins.exclude(pk=request.sign_in.pk).first()
    told = {"notes": notes(), "tiles": tiles(request.user), "earlier": earlier}
    return render(request, "site/home.html", told)
