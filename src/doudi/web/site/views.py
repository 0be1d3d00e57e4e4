"""The home page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from doudi.web.site.desk import tiles


def home(request: HttpRequest) -> HttpResponse:
    """The work desk (工作台): what waits for this role, as counted now."""
    return render(request, "site/home.html", {"tiles": tiles(request.user)})
