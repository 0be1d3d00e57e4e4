"""A resident's own chain in plain words: who was asked for what, what they answered, what is left to pay."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from doudi.web.applications.selectors.homes import office_of
from doudi.web.audit import record
from doudi.web.cases.selectors.folders import case
from doudi.web.chain.drawing import draw
from doudi.web.chain.selectors.chains import Chain
from doudi.web.chain.services.one_door import KIND
from doudi.web.registry.templatetags.registry import language


def chain(request: Any, number: int) -> HttpResponse:
    """One chain of the own household."""
    found = case(number)
    if found.kind != KIND:
        raise Http404
    chain = Chain(found)
    record("case.view", found)
    fall = chain.waterfall
    context = {
        "chain": chain, "case": found, "fall": fall, "drawing": draw(fall, language()) if fall else None,
        "office": office_of(found),
    }  # fmt: skip
    return render(request, "chain/mine.html", context)
