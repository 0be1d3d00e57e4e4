"""The table of permissions, as it is enforced."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from doudi.web.accounts.access import table
from doudi.web.accounts.roles import Role


def roles(request: Any) -> HttpResponse:
    """Which role may open which page."""
    rows = [(access, [access.allows(role) for role in Role.values]) for access in table().values()]
    return render(request, "accounts/roles.html", {"roles": Role.labels, "rows": rows})
