"""What a resident sees of his household's file: who looked at it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from doudi.web.registry.selectors.looks import looks

PAGE = 50


def who_looked(request: Any) -> HttpResponse:
    """Who looked at the file of one's household, when, in which office, and why."""
    before = request.GET.get("before", "")
    found = looks(
        int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None, PAGE + 1
    )
    context = {
        "looks": found[:PAGE], "older": found[PAGE - 1].number if len(found) > PAGE else None,
    }  # fmt: skip
    return render(request, "registry/looks.html", context)
