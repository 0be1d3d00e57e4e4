"""What would change a result: worked out when somebody comes to it, since the law is applied hundreds of times."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from doudi.assessment.counterfactual import what_would_change
from doudi.assessment.determination import Determination
from doudi.web.registry.determining import Undeterminable
from doudi.web.registry.templatetags.registry import language


def changes(found: Determination) -> dict[str, Any]:
    """The smallest changes under which the result would be another, in sentences, and what is said of a search cut short."""
    told = what_would_change(found)
    sentences = [change.zh if language() == "zh" else change.en for change in told]
    return {"changes": sentences, "caveat": told.caveat(language())}


def answer(
    request: Any, found: Determination | Undeterminable, page: str, context: dict[str, Any]
) -> HttpResponse:
    """The part that htmx puts into the page of a determination; a ``page`` of its own for browsers without scripts."""
    told = changes(found) if isinstance(found, Determination) else {"reason": _reason(found)}
    part = request.headers.get("HX-Request") == "true"
    return render(request, "registry/otherwise_part.html" if part else page, context | told)


def _reason(found: Undeterminable) -> str:
    return found.zh if language() == "zh" else found.en
