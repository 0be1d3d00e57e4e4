"""What the pages of jobs show in the walks over all pages."""

from __future__ import annotations

from typing import Any

from doudi.web.accounts.access import Access
from doudi.web.accounts.roles import Role
from doudi.web.database.scope import acting_as, system
from doudi.web.jobs import services
from tests.web.people import HERE, People


def part(name: str, access: Access, county: str, role: str, people: People) -> Any:
    """A job: for one's own county one's own, for the other somebody else's."""
    asker = role if county == HERE and people.user(role, HERE).region_id else Role.COUNTY_CLERK
    with acting_as(system()):
        return services.start("night.sweep", people.user(asker, county), once=f"{asker}.{county}").pk
