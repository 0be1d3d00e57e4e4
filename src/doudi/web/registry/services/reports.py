"""Reports of means checks, which lie outside the database, seen in plain from the command line."""

from __future__ import annotations

from django.db import transaction

from doudi.rules.errors import Problem
from doudi.web.accounts.access import may_open
from doudi.web.accounts.models import User
from doudi.web.audit import record
from doudi.web.audit.context import Actor, deeds_of
from doudi.web.errors import WebError

VIEW = "registry:reveal"
"""Whoever may see plain values on a page of the county may see them here."""
_COUNTY = slice(0, 6)


@transaction.atomic
def see_in_full(username: str, number: str, reason: str) -> None:
    """Record that the account sees report ``number`` in full, before it does.

    Raises:
        WebError: no such open account, or one that may not see plain values of the report's county.
    """
    region = number[_COUNTY].ljust(12, "0")
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None or not may_open(user.role, VIEW) or not user.scope.covers(region):
        raise WebError([Problem(
            "means.not_permitted", "这个账号不能查看这份报告的明文", "this account may not see this report in full",
            "由有权查看明文的本县账号办理", "use an account that may see plain values of the county", value=username,
        )])  # fmt: skip
    who = Actor(str(user.pk), user.username, user.role, user.region_id or "")
    with deeds_of(who):
        record("means.full", ("means.report", number), reason=reason, region=region)
