"""Sign-ins: begun, kept while they are used, ended."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from doudi.web.accounts.models import SignIn, User
from doudi.web.accounts.models.sign_in import Ending
from doudi.web.accounts.services.devices import device_of
from doudi.web.audit import record, record_all
from doudi.web.audit.context import Actor, deeds_of
from doudi.web.audit.recording import Deed

_TOUCH = timedelta(seconds=30)


@transaction.atomic
def begin(request: Any, user: User) -> SignIn:
    """Sign an account in after its password was right; the session gets a new key."""
    auth.login(request, user)
    request.session.save()
    sign_in = SignIn.objects.create(
        user=user,
        session_key=request.session.session_key,
        address=request.address or None,
        device=device_of(request.headers.get("User-Agent", "")),
        seen_at=timezone.now(),
    )
    with deeds_of(_actor(request, user)):
        record("account.log_in", user)
    return sign_in


def still_good(request: Any) -> SignIn | None:
    """The sign-in of a request; one that may not go on is ended, and the request is then nobody's."""
    if not request.user.is_authenticated:
        return None
    sign_in = SignIn.objects.filter(session_key=request.session.session_key, ended_at=None).first()
    now = timezone.now()
    if sign_in is None:
        auth.logout(request)
        return None
    ending = _ending(sign_in, now)
    if ending is not None:
        with deeds_of(_actor(request, request.user)):
            end(SignIn.objects.filter(pk=sign_in.pk), ending)
        auth.logout(request)
        return None
    if now - sign_in.seen_at > _TOUCH:
        SignIn.objects.filter(pk=sign_in.pk).update(seen_at=now)
    return sign_in


@transaction.atomic
def end(sign_ins: QuerySet, ending: Ending) -> int:
    """End sign-ins with their sessions; how many were ended."""
    found = list(sign_ins.filter(ended_at=None).select_for_update())
    Session.objects.filter(session_key__in=[each.session_key for each in found]).delete()
    for sign_in in found:
        sign_in.ended_at, sign_in.ending = timezone.now(), ending
        sign_in.save(update_fields=["ended_at", "ending"])
    record_all(
        "sign_in.end",
        (Deed(each, region=each.user.region_id or "", details={"ending": ending}) for each in found),
    )
    return len(found)


def next_step(request: Any) -> str | None:
    """The page that must come first: the second factor, then a new password; None when nothing is missing."""
    user = request.user
    if settings.SECOND_FACTOR and user.is_staff and not request.sign_in.second_factor_at:
        factor = getattr(user, "second_factor", None)
        confirmed = factor is not None and factor.confirmed_at
        return "accounts:second_factor" if confirmed else "accounts:second_factor_setup"
    return "accounts:password" if password_expired(user) else None


def password_expired(user: User) -> bool:
    """Whether the password was given by somebody else, or is older than the policy allows."""
    days = settings.PASSWORD_POLICY.days
    if user.password_changed_at is None:
        return True
    return days is not None and timezone.now() - user.password_changed_at > timedelta(days=days)


def _ending(sign_in: SignIn, now: Any) -> Ending | None:
    if now - sign_in.started_at > timedelta(hours=settings.SESSION_HOURS):
        return Ending.TOO_LONG
    if now - sign_in.seen_at > timedelta(minutes=settings.IDLE_MINUTES):
        return Ending.IDLE
    return None


def _actor(request: Any, user: User) -> Actor:
    return Actor(
        str(user.pk), user.username, user.role, user.region_id or "", request.address, request.number
    )
