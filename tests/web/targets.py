"""Something for every page to show: the parts of its address, for one county or the other.

Each room tells its own in ``tests.web.<room>.targets`` (those of accounts and audit stand here): a function ``part(name, access,
county, role, people)``, which makes the thing if it must and returns what stands in the address.
"""

from __future__ import annotations

import uuid
from functools import cache
from importlib import import_module
from importlib.util import find_spec
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
        room = access.view.partition(":")[0]
        told = f"tests.web.{room}.targets"
        known = find_spec(f"tests.web.{room}") and find_spec(told)
        part = import_module(told).part if known else _part
        return {name: part(name, access, county, role, self.people) for name in parameters()[access.view]}


def _part(name: str, access: Access, county: str, role: str, people: People) -> Any:
    if name == "sign_in":
        return _sign_in(county, role, people)
    if name == "code":
        return people.regions[f"{county}101"].code
    if access.view == "audit:entry":
        return _entry(county, people)
    return people.user(Role.TOWNSHIP_CLERK, county).pk


def _entry(county: str, people: People) -> int:
    region = people.regions[county].code
    with acting_as(system("auditor")), deeds_of(Actor(region=region)):
        record("account.view", ("test", county))
        return Entry.objects.filter(target=county).latest("id").pk


def _sign_in(county: str, role: str, people: People) -> uuid.UUID:
    """One's own sign-in for one's own county, somebody else's for the other."""
    user = people.user(role, HERE) if county == HERE else people.user(Role.COUNTY_CLERK, THERE)
    key = uuid.uuid4().hex
    return SignIn.objects.create(user=user, session_key=key, seen_at=timezone.now()).pk


@cache
def parameters() -> dict[str, list[str]]:
    """The parts of each page's address."""
    return {name: list(pattern.pattern.converters) for name, pattern in named_views()}
