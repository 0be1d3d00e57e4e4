"""What a phone keeps to work without network: the service worker and the shell, both without personal data."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from doudi.web.warnings.answering import REQUIRED
from doudi.web.warnings.forms import VisitForm
from doudi.web.warnings.models import Warning

SCOPE = "/v/"


def required() -> str:
    """For each result the evidence of which one must be there, as the page's script reads it."""
    return json.dumps(REQUIRED)


def worker(request: Any) -> HttpResponse:
    """The service worker of the village's pages."""
    answer = render(request, "warnings/worker.js", content_type="text/javascript")
    answer["Service-Worker-Allowed"] = SCOPE
    return answer


def offline(request: Any) -> HttpResponse:
    """The shell: an empty list of tasks and an empty form, filled by the phone."""
    form = VisitForm([Warning(pk=0)], 0)
    _warning, fields = form.answers()[0]
    return render(request, "warnings/offline.html", {"form": form, "answer": fields, "required": required()})
