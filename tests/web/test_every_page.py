"""The table of permissions is what happens: every page, every role, one's own county and another.

What the pages show is made once. Each role begins with that, and whatever a page does is taken back before the next one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from doudi.web.accounts.access import Access, table
from doudi.web.accounts.roles import Role
from tests.web.conftest import taken_back
from tests.web.people import HERE, THERE, People
from tests.web.targets import Targets, parameters

ALLOWED, HIDDEN, REFUSED = "allowed", "hidden", "refused"
# 405: the gate let a GET through to a page that only takes POST.
OUTCOMES = {200: ALLOWED, 302: ALLOWED, 405: ALLOWED, 503: ALLOWED, 404: HIDDEN, 403: REFUSED}


def counties(access: Access) -> tuple[str, ...]:
    """Where a page is asked for: one that is about one thing in both counties."""
    return (HERE, THERE) if parameters()[access.view] else (HERE,)


@dataclass(frozen=True)
class Crowd:
    """The people, and by page and county the address at which there is something to show."""

    people: People
    addresses: dict[tuple[str, str], str]

    def address(self, access: Access, county: str, role: str) -> str:
        """Where a role asks; whom a page is closed to asks for what is there already."""
        if not access.allows(role):
            return self.addresses[access.view, county]
        return address(Targets(self.people), access, county, role)


def address(targets: Targets, access: Access, county: str, role: str) -> str:
    return reverse(access.view, kwargs=targets.of(access, county, role))


@pytest.fixture(scope="module")
def whole(worker_database: str) -> Iterator[Crowd]:
    """The people of two counties, with something for every page to show."""
    with taken_back():
        people = People()
        targets = Targets(people)
        yield Crowd(
            people,
            {
                (access.view, county): address(targets, access, county, Role.AUDITOR)
                for access in table().values()
                for county in counties(access)
            },
        )


@pytest.fixture
def crowd(whole: Crowd) -> Iterator[Crowd]:
    """The same, to which a role may add what it alone needs."""
    with taken_back():
        yield replace(whole, people=whole.people.copy())


def asked(client: Client, access: Access, address: str) -> HttpResponse:
    """The answer to whoever opens a page, or sends it where it is about one thing and takes nothing else."""
    with taken_back():
        answer = client.get(address)
        if answer.status_code == 405 and parameters()[access.view]:
            answer = client.post(address)
    return answer


def expected(access: Access, role: str, county: str) -> str:
    """What the table says."""
    if not access.allows(role):
        return REFUSED
    about_one_thing = bool(parameters()[access.view])
    return HIDDEN if about_one_thing and access.scope in ("region", "own") and county == THERE else ALLOWED


@pytest.mark.parametrize("role", Role.values)
def test_every_page_opens_to_a_role_and_a_county_as_the_table_says(crowd: Crowd, role: str):
    client = crowd.people.signed_in(role)
    found, wanted = {}, {}
    for access in table().values():
        # Whom a page is closed to is refused before anything is looked up, so one county tells.
        for county in counties(access) if access.allows(role) else (HERE,):
            status = asked(client, access, crowd.address(access, county, role)).status_code
            found[access.view, county] = OUTCOMES.get(status, str(status))
            wanted[access.view, county] = expected(access, role, county)
    assert found == wanted


def test_whoever_is_not_signed_in_is_sent_to_log_in(crowd: Crowd):
    client = Client()
    for access in table().values():
        answer = client.get(crowd.address(access, HERE, Role.RESIDENT))
        if access.anyone:
            assert answer.status_code in (200, 302, 405, 503), access.view
        else:
            assert answer.status_code == 302, access.view
            assert answer.url.startswith("/login/"), access.view
