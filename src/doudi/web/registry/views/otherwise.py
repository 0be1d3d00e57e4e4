"""What would change a result: worked out when somebody comes to it, since the law is applied up to three hundred times."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from doudi.assessment.counterfactual import what_would_change
from doudi.assessment.determination import Determination
from doudi.web.registry.determining import Undeterminable
from doudi.web.registry.templatetags.registry import language


def changes(found: Determination) -> list[str]:
    """The smallest changes under which the result would be another, in sentences."""
    return [change.zh if language() == "zh" else change.en for change in what_would_change(found)]


def answer(
    request: Any, found: Determination | Undeterminable, page: str, context: dict[str, Any]
) -> HttpResponse:
    """The part that htmx puts into the page of a determination; a ``page`` of its own for browsers without scripts."""
    if isinstance(found, Determination):
        told: dict[str, Any] = {"changes": changes(found)}
    else:
        told = {"reason": found.zh if language() == "zh" else found.en}
    part = request.headers.get("HX-Request") == "true"
    return render(request, "registry/otherwise_part.html" if part else page, context | told)
