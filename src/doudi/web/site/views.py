"""The home page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from doudi.web.site.desk import laid_out, notes, tiles


def home(request: Any) -> HttpResponse:
    """The work desk (工作台): what waits for this role, as counted now."""
    earlier = request.user.sign_ins.exclude(pk=request.sign_in.pk).first()
    some, none = laid_out(tiles(request.user))
    told = {"notes": notes(), "tiles": some, "idle": none, "earlier": earlier}
    return render(request, "site/home.html", told)
