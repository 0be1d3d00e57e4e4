"""Reports of means checks seen in plain from the command line: by the permissions of the pages, and in the same trail."""

from __future__ import annotations

import pytest

from doudi.web.accounts.roles import Role
from doudi.web.audit.models import Entry
from doudi.web.database.scope import acting_as, system
from doudi.web.errors import WebError
from doudi.web.registry.services.reports import see_in_full
from tests.web.people import THERE, People

NUMBER = "999901-2026-000001"


def test_a_look_in_full_stands_in_the_trail_with_its_reason(people: People):
    clerk = people.user(Role.COUNTY_CLERK)
    see_in_full(clerk.username, NUMBER, "存档核验")
    with acting_as(system("auditor")):
        (entry,) = Entry.objects.filter(action="means.full")
    assert (entry.actor_name, entry.target, entry.reason) == (clerk.username, NUMBER, "存档核验")
    assert entry.region == "999901000000"


def test_whoever_may_not_see_plain_values_of_the_county_is_refused(people: People):
    closed = people.user(Role.COUNTY_HEAD)
    closed.is_active = False
    closed.save(update_fields=["is_active"])
    others = [
        people.user(Role.ANALYST), people.user(Role.RESIDENT), people.user(Role.TOWNSHIP_CLERK),
        people.user(Role.COUNTY_CLERK, THERE), closed,
    ]  # fmt: skip
    for name in [*(user.username for user in others), "nobody"]:
        with pytest.raises(WebError, match="may not see"):
            see_in_full(name, NUMBER, "存档核验")
    with acting_as(system("auditor")):
        assert not Entry.objects.filter(action="means.full").exists()
