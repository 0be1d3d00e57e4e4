"""Something for every page to show: the parts of its address, for one county or the other."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.utils import timezone

from doudi.web.accounts.access import Access, named_views
from doudi.web.accounts.models import SignIn
from doudi.web.accounts.roles import Role
from doudi.web.audit import record
from doudi.web.audit.context import Actor, deeds_of
from doudi.web.audit.models import Entry
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.models import Change, Membership
from tests.web.people import HERE, THERE, People
from tests.web.registry.making import member_of


class Targets:
    """For each kind of page that shows one thing: such a thing in a county."""

    def __init__(self, people: People) -> None:
        self.people = people

    def of(self, access: Access, county: str, role: str) -> dict[str, Any]:
        """The parts of the address of a page about something in a county, which belongs to somebody else."""
        wanted = parameters()[access.view]
        makers = {
            "number": self._number, "code": self._code, "sign_in": self._sign_in, "person": self._person,
            "tab": lambda *_: "members", "field": lambda *_: "name",
        }  # fmt: skip
        return {name: makers[name](access, county, role) for name in wanted}

    def _number(self, access: Access, county: str, role: str) -> int:
        if access.view == "audit:entry":
            return self._entry(county)
        if access.view == "registry:change":
            return self._change(county)
        if access.view.startswith("registry:"):
            return self._member(county).household_id
        return self.people.user(Role.TOWNSHIP_CLERK, county).pk

    def _change(self, county: str) -> int:
        member = self._member(county)
        by = self.people.user(Role.COUNTY_CLERK, county)
        with acting_as(system()):
            found, _ = Change.objects.get_or_create(
                region_id=member.region_id, household_id=member.household_id, kind="head", on=date(2026, 8, 1),
                version=0, asked_by=by,
            )  # fmt: skip
        return found.pk

    def _person(self, access: Access, county: str, role: str) -> int:
        return self._member(county).person_id

    def _member(self, county: str) -> Membership:
        """The one member of a household in the village of a county."""
        with acting_as(system()):
            return member_of(self.people.regions[f"{county}101201"])

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
