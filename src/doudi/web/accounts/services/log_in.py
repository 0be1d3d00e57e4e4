"""The first step of logging in: name and password."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import authenticate
from django.db import transaction

from doudi.web.accounts.models import User
from doudi.web.accounts.services import lockouts
from doudi.web.accounts.services.sign_ins import begin
from doudi.web.audit import record
from doudi.web.audit.models import Outcome
from doudi.web.errors import WebError


class TooManyAttemptsError(WebError):
    """Too many failures from one address."""


@transaction.atomic
def log_in(request: Any, username: str, password: str) -> bool:
    """Sign in if name and password are right and the name is not locked; False does not tell which was wrong.

    Raises:
        TooManyAttemptsError: too many failures from this address.
    """
    by_address = lockouts.key_of("address", request.address)
    if lockouts.failures(by_address) >= lockouts.MOST_BY_ADDRESS:
        raise TooManyAttemptsError("too many failures from one address")
    by_name = lockouts.key_of("name", username)
    locked = lockouts.hold(by_name) >= lockouts.MOST_BY_NAME
    user = authenticate(request, username=username, password=password)
    if user is None or locked:
        lockouts.count(by_name)
        lockouts.count(by_address)
        _record_failure(username, locked)
        return False
    lockouts.forget(by_name)
    begin(request, user)
    return True


def _record_failure(username: str, locked: bool) -> None:
    """A name that nobody has is not written down: it may be a password typed into the wrong field."""
    user = User.objects.filter(username=username).first()
    target = user or ("accounts.user", "")
    record("account.log_in", target, outcome=Outcome.FAILED, details={"locked": locked})
