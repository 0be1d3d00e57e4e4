"""What the pages of the registry show in the walks over all pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from doudi.web.accounts.access import Access
from doudi.web.accounts.roles import Role
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.models import Change, Membership
from tests.web.people import People
from tests.web.registry.making import member_of


def part(name: str, access: Access, county: str, role: str, people: People) -> Any:
    """One part of the address of a page."""
    if name in ("tab", "field"):
        return {"tab": "members", "field": "name"}[name]
    member = _member(county, people)
    if name == "person":
        return member.person_id
    if access.view in ("registry:change", "registry:change_withdraw"):
        return _change(member, county, people)
    return member.household_id


def _member(county: str, people: People) -> Membership:
    """The one member of a household in the village of a county."""
    with acting_as(system()):
        return member_of(people.regions[f"{county}101201"])


def _change(member: Membership, county: str, people: People) -> int:
    by = people.user(Role.COUNTY_CLERK, county)
    with acting_as(system()):
        found, _ = Change.objects.get_or_create(
            region_id=member.region_id, household_id=member.household_id, kind="head", on=date(2026, 8, 1),
            version=0, asked_by=by,
        )  # fmt: skip
    return found.pk
