"""The second step of logging in: a code from the person's authenticator."""

from __future__ import annotations

import hmac
import time
from typing import Any

import pyotp
from django.db import transaction
from django.utils import timezone

from doudi.web.accounts.models import SecondFactor, SignIn, User
from doudi.web.accounts.services import lockouts
from doudi.web.audit import record
from doudi.web.audit.models import Outcome
from doudi.web.sealing import seal, unseal

ISSUER = "兜底 Doudi"
_PURPOSE = "second factor"
_STEP = 30


def begin_setup(user: User) -> pyotp.TOTP:
    """The authenticator to be set up: the one begun earlier, else a new one.

    Raises:
        PermissionError: a confirmed one is there; only the security administrator takes it away.
    """
    factor = SecondFactor.objects.filter(user=user).first()
    if factor is not None and factor.confirmed_at is not None:
        raise PermissionError("a second factor is set up already")
    if factor is None:
        secret = pyotp.random_base32()
        SecondFactor.objects.create(user=user, sealed_secret=seal(secret.encode(), _PURPOSE, str(user.pk)))
        return pyotp.TOTP(secret)
    return _authenticator(factor)


def setup_address(user: User, totp: pyotp.TOTP) -> str:
    """The address that an authenticator reads from the picture on the page."""
    return totp.provisioning_uri(name=user.username, issuer_name=ISSUER)


@transaction.atomic
def give_code(request: Any, code: str) -> bool:
    """Pass the second step with a code; the first right one also confirms the set-up. No code counts twice."""
    user = request.user
    key = lockouts.key_of("code", str(user.pk))
    locked = lockouts.hold(key) >= lockouts.MOST_BY_NAME
    factor = SecondFactor.objects.select_for_update().filter(user=user).first()
    step = None if factor is None or locked else _matching_step(factor, code)
    if factor is None or step is None:
        lockouts.count(key)
        record("account.second_factor", user, outcome=Outcome.FAILED, details={"locked": locked})
        return False
    lockouts.forget(key)
    first = factor.confirmed_at is None
    factor.last_step = step
    factor.confirmed_at = factor.confirmed_at or timezone.now()
    factor.save(update_fields=["last_step", "confirmed_at"])
    _pass(request)
    record("account.second_factor_setup" if first else "account.second_factor", user)
    return True


def _pass(request: Any) -> None:
    """Mark the sign-in; its session gets a new key, since it may do more from now on."""
    request.session.cycle_key()
    SignIn.objects.filter(pk=request.sign_in.pk).update(
        session_key=request.session.session_key, second_factor_at=timezone.now()
    )


def _matching_step(factor: SecondFactor, code: str) -> int | None:
    """The time step whose code was given, one step early or late at most, and later than any taken before."""
    totp, now = _authenticator(factor), int(time.time()) // _STEP
    given = "".join(code.split()).encode()
    steps = (step for step in (now - 1, now, now + 1) if step > factor.last_step)
    return next(
        (step for step in steps if hmac.compare_digest(totp.generate_otp(step).encode(), given)), None
    )


def _authenticator(factor: SecondFactor) -> pyotp.TOTP:
    secret = unseal(bytes(factor.sealed_secret), _PURPOSE, str(factor.user_id))
    return pyotp.TOTP(secret.decode())
