"""As what an account acts in the procedure."""

from __future__ import annotations

from typing import Any

from doudi.web.accounts.roles import Role

REVIEWERS = frozenset({Role.COUNTY_CLERK, Role.COUNTY_HEAD})
"""Who may be an independent reviewer of an appeal; the procedure sees to it that it is nobody who took part before."""


def acting_roles(user: Any) -> tuple[str, ...]:
    """The roles of the procedure in which an account may act, its own first."""
    own = (str(user.role),)
    return (*own, "reviewer", "anyone") if user.role in REVIEWERS else (*own, "anyone")
