"""What waits for the administrators, counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from doudi.web.accounts.models import User
from doudi.web.accounts.roles import ADMINISTRATORS
from doudi.web.accounts.selectors import NEVER_OPENED
from doudi.web.site.desk import Tile


def tiles(user: Any) -> Iterator[Tile]:
    """Accounts open, and accounts that were made and never opened."""
    if user.role not in ADMINISTRATORS:
        return
    accounts = User.objects.in_scope()
    yield Tile(
        _("启用的账号"), accounts.filter(is_active=True).count(), "accounts:users", "people", "?state=open"
    )
    waiting = accounts.filter(NEVER_OPENED)
    yield Tile(_("待开通的账号"), waiting.count(), "accounts:users", "key", "?state=waiting")
