"""The short file of a household, for the phone of whoever visits it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from doudi.web.audit import record
from doudi.web.registry.sensitive import VaultError
from doudi.web.warnings.selectors.short import Short, member_of, short


def home(request: Any, number: int) -> HttpResponse:
    """Members, marks, the last visits and what is open. A telephone number is asked for one by one (``call``), and each is recorded."""
    found = short(number)
    record("household.view", found.household, details={"tab": "short"})
    called = _called(found, request.POST["call"]) if "call" in request.POST else None
    return render(
        request,
        "warnings/household.html",
        {"short": found, "file": found.file, "household": found.household, "called": called},
    )


def _called(found: Short, number: str) -> dict[str, Any]:
    """Whom somebody wants to call, with the number.

    Raises:
        Http404: no such member has one.
    """
    member = member_of(found, number)
    if member is None:
        raise Http404
    record("household.call", found.household, subject=member.person.pk)
    try:
        phone = member.person.plain("phone")
    except VaultError as error:
        raise Http404 from error
    return {"person": member.person.pk, "phone": phone}
