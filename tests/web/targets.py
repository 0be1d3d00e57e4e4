"""Something for every page to show: the parts of its address, for one county or the other."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone

from doudi.web.accounts.access import Access, named_views
from doudi.web.accounts.models import SignIn
from doudi.web.accounts.roles import Role
from doudi.web.audit import record
from doudi.web.audit.context import Actor, deeds_of
from doudi.web.audit.models import Entry
from doudi.web.database.scope import acting_as, system
from tests.web.people import HERE, THERE, People


class Targets:
    """For each kind of page that shows one thing: such a thing in a county."""

    def __init__(self, people: People) -> None:
        self.people = people

    def of(self, access: Access, county: str, role: str) -> dict[str, Any]:
        """The parts of the address of a page about something in a county, which belongs to somebody else."""
        wanted = parameters()[access.view]
        makers = {"number": self._number, "code": self._code, "sign_in": self._sign_in}
        return {name: makers[name](access, county, role) for name in wanted}

    def _number(self, access: Access, county: str, role: str) -> int:
        if access.view == "audit:entry":
            return self._entry(county)
        return self.people.user(Role.TOWNSHIP_CLERK, county).pk

    def _entry(self, county: str) -> int:
        region = self.people.regions[county].code
        with acting_as(system("auditor")), deeds_of(Actor(region=region)):
            record("account.view", ("test", county))
            return Entry.objects.filter(target=county).latest("id").pk

    def _code(self, access: Access, county: str, role: str) -> str:
        return self.people.regions[f"{county}101"].code

    def _sign_in(self, access: Access, county: str, role: str) -> uuid.UUID:
        """One's own sign-in for one's own county, somebody else's for the other."""
        user = self.people.user(role, HERE) if county == HERE else self.people.user(Role.COUNTY_CLERK, THERE)
        key = uuid.uuid4().hex
        return SignIn.objects.create(user=user, session_key=key, seen_at=timezone.now()).pk


def parameters() -> dict[str, list[str]]:
    """The parts of each page's address."""
    return {name: list(pattern.pattern.converters) for name, pattern in named_views()}
