"""What stands between a request and a page: is the sign-in still good, and may this role open this page?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from doudi.web.accounts.access import access_to
from doudi.web.accounts.services.sign_ins import next_step, still_good
from doudi.web.audit.context import Actor, deeds_of
from doudi.web.database.scope import NOBODY, acting_as

_WAY_OUT = "accounts:log_out"
Handler = Callable[[HttpRequest], HttpResponse]


class SignInMiddleware:
    """Ends sign-ins that are idle, too old or revoked, and lets the request act with the account's scope."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.sign_in = still_good(request)
        request.signed_in_fully = request.sign_in is not None and next_step(request) is None
        user = request.user
        who = Actor(address=request.address, request=request.number)
        if not user.is_authenticated:
            with acting_as(NOBODY), deeds_of(who):
                return self.get_response(request)
        who = Actor(
            str(user.pk), user.username, user.role, user.region_id or "", request.address, request.number
        )
        with acting_as(user.scope), deeds_of(who):
            return self.get_response(request)


class GateMiddleware:
    """Opens a page only to those whom the table of permissions names; a page that is not in it opens to nobody."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """None lets the page answer."""
        access = access_to(request.resolver_match.view_name)
        if access is None:
            raise PermissionDenied("the page has no permission")
        if access.anyone:
            return None
        if not request.user.is_authenticated:
            return _to_log_in(request)
        step = next_step(request)
        if step is not None and access.view not in (step, _WAY_OUT):
            return redirect(step)
        if not access.allows(request.user.role):
            raise PermissionDenied("the role may not open the page")
        return None


def _to_log_in(request: HttpRequest) -> HttpResponse:
    """To the log-in page; a part of a page sends its whole page there."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("accounts:log_in")})
    back = request.get_full_path() if request.method == "GET" else reverse("site:home")
    return redirect_to_login(back)
