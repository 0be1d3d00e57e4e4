"""Steps of every request: its number, where it comes from, its line in the log; nothing is kept by browsers; papers that cannot be set."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from doudi.documents import DocumentError
from doudi.web.site.errors import no_paper

_log = logging.getLogger("doudi.web.requests")


class RequestMiddleware:
    """Gives the request ``number`` and ``address``; forbids browsers to store pages; writes one line to the log."""

    def __init__(self, get_response: Callable[[Any], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        begun = time.perf_counter()
        request.number, request.address = secrets.token_hex(8), _address(request)
        response = self.get_response(request)
        if not request.path.startswith(settings.STATIC_URL):
            response["Cache-Control"] = "no-store"
            _write(request, response, begun)
        response["X-Request-Number"] = request.number
        return response


def _write(request: Any, response: HttpResponse, begun: float) -> None:
    match = getattr(request, "resolver_match", None)
    user = request.__dict__.get("_cached_user")
    _log.info("request", extra={
        "method": request.method,
        "route": match.view_name if match else None,
        "status": response.status_code,
        "milliseconds": round((time.perf_counter() - begun) * 1000, 1),
        "request": request.number,
        "account": str(user.pk) if user is not None and user.pk else "",
    })  # fmt: skip


def _address(request: Any) -> str:
    """The address of the browser; behind our own proxy the one that the proxy saw."""
    said = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXY:
        said = request.META.get("HTTP_X_FORWARDED_FOR", said).rpartition(",")[2].strip()
    try:
        return str(ip_address(said))
    except ValueError:
        return ""


class PaperMiddleware:
    """Answers with a page of its own where this server cannot set a PDF: the document is there, only its paper is not."""

    def __init__(self, get_response: Callable[[Any], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: Any, exception: Exception) -> HttpResponse | None:
        """The page, and a line for whoever looks after the server; None for every other fault."""
        if not isinstance(exception, DocumentError):
            return None
        for problem in exception.problems:
            _log.error("%s: %s", problem.en, problem.remedy_en, extra={"request": request.number})
        return no_paper(request)
