"""Looking for accounts, within the scope that holds now."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from doudi.web.accounts.models import User

NEVER_OPENED = Q(is_active=False, password_changed_at=None, last_login=None)
_STATES = {
    "open": Q(is_active=True), "waiting": NEVER_OPENED, "closed": Q(is_active=False) & ~NEVER_OPENED,
}  # fmt: skip


def accounts(wanted: dict[str, Any]) -> QuerySet:
    """The accounts that match what was asked for: ``text``, ``role``, ``state``; empty asks for nothing."""
    found = User.objects.in_scope()
    if wanted["text"]:
        found = found.filter(Q(username__icontains=wanted["text"]) | Q(name__icontains=wanted["text"]))
    if wanted["role"]:
        found = found.filter(role=wanted["role"])
    return found.filter(_STATES[wanted["state"]]) if wanted["state"] else found


def account_or_404(number: int) -> User:
    """An account in scope; ``Http404`` when there is none, or when it is another region's."""
    found: User = get_object_or_404(User.objects.in_scope(), pk=number)
    return found
