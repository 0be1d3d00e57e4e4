"""Accounts: made by the system administrator, given a role and opened by the security administrator."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from doudi.web.accounts.models import SecondFactor, User
from doudi.web.accounts.models.sign_in import Ending
from doudi.web.accounts.passwords import random_password
from doudi.web.accounts.services import lockouts
from doudi.web.accounts.services.sign_ins import end
from doudi.web.audit import record


@transaction.atomic
def add(user: User) -> User:
    """Store a new account; it is closed and has no password until the security administrator opens it."""
    user.is_active = False
    user.set_unusable_password()
    user.save()
    record("account.add", user, details={"role": user.role})
    return user


@transaction.atomic
def edit(user: User, changed: list[str]) -> None:
    """Store changed particulars of an account."""
    user.save(update_fields=changed)
    record("account.edit", user, details={"changed": sorted(changed)})


@transaction.atomic
def give_role(user: User, role: str, region: Any, by: User, office: str = "") -> None:
    """Give an account a role in a region, and an office where the role has one; what it was signed in to ends."""
    _not_oneself(user, by)
    before = {"role": user.role, "region": user.region_id, "office": user.office}
    user.role, user.region, user.office = role, region, office
    user.save(update_fields=["role", "region", "office"])
    end(user.sign_ins.all(), Ending.REVOKED)
    record(
        "account.role",
        user,
        details={"before": before, "after": {"role": role, "region": user.region_id, "office": office}},
    )


@transaction.atomic
def open_account(user: User, by: User) -> None:
    """Let an account be used."""
    _not_oneself(user, by)
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("account.open", user)


@transaction.atomic
def close_account(user: User, by: User, reason: str) -> None:
    """Close an account at once: its sign-ins end."""
    _not_oneself(user, by)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end(user.sign_ins.all(), Ending.REVOKED)
    record("account.close", user, reason=reason)


@transaction.atomic
def give_password(user: User, by: User) -> str:
    """A new random password, told once; it must be changed at the first log-in."""
    _not_oneself(user, by)
    password = random_password()
    user.set_password(password)
    user.password_changed_at = None
    user.save(update_fields=["password", "password_changed_at"])
    end(user.sign_ins.all(), Ending.PASSWORD)
    lockouts.forget(lockouts.key_of("name", user.username))
    record("account.password_given", user)
    return password


@transaction.atomic
def change_password(user: User, password: str, keep: Any = None) -> None:
    """Store a password that its owner chose; all sign-ins but ``keep`` end."""
    user.set_password(password)
    user.password_changed_at = timezone.now()
    user.save(update_fields=["password", "password_changed_at"])
    others = user.sign_ins.exclude(pk=keep.pk) if keep else user.sign_ins.all()
    end(others, Ending.PASSWORD)
    record("account.password", user)


@transaction.atomic
def remove_second_factor(user: User, by: User, reason: str) -> None:
    """Take a second factor away, so that the person sets up a new one; what was signed in ends."""
    _not_oneself(user, by)
    SecondFactor.objects.filter(user=user).delete()
    lockouts.forget(lockouts.key_of("code", str(user.pk)))
    end(user.sign_ins.all(), Ending.REVOKED)
    record("account.second_factor_removed", user, reason=reason)


def _not_oneself(user: User, by: User) -> None:
    """Nobody widens or renews what he may do himself."""
    if user.pk == by.pk:
        raise PermissionDenied("nobody administers his own account")
