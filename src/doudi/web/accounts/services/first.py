"""What is done at the console of the server: the first accounts, and a way back in."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from doudi.rules.errors import Problem
from doudi.web.accounts.models import User
from doudi.web.accounts.passwords import random_password
from doudi.web.accounts.services import lockouts
from doudi.web.audit import record
from doudi.web.errors import WebError


@transaction.atomic
def add_open_account(username: str, role: str, region: str, name: str, organisation: str = "") -> str:
    """Make an account that is open; its password, which must be changed at the first log-in.

    Raises:
        WebError: the particulars are wrong, or the name is taken; all faults are told.
    """
    password = random_password()
    try:
        user = User.objects.create_user(
            username, password, role=role, region_id=region, name=name, organisation=organisation
        )
    except ValidationError as error:
        raise WebError([
            Problem("account.field", " ".join(texts), " ".join(texts), column=field)
            for field, texts in error.message_dict.items()
        ]) from None  # fmt: skip
    record("account.add", user, details={"role": role, "at": "console"})
    return password


@transaction.atomic
def reset_password(username: str) -> str:
    """A new password for an account, which must be changed at the next log-in.

    Raises:
        WebError: no such account.
    """
    user = User.objects.filter(username=username).first()
    if user is None:
        raise WebError(
            [Problem("account.unknown", "没有这个账号", "there is no such account", value=username)]
        )
    password = random_password()
    user.set_password(password)
    user.password_changed_at = None
    user.save(update_fields=["password", "password_changed_at"])
    lockouts.forget(lockouts.key_of("name", username))
    record("account.password_given", user, details={"at": "console"})
    return password
