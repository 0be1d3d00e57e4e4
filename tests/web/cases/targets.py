"""What the pages of case work show in the walks over all pages."""

from __future__ import annotations

from typing import Any

from doudi.web.accounts.access import Access
from doudi.web.accounts.roles import Role
from doudi.web.cases.models import Case
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.models import Person
from tests.web.cases.making import application, household_of
from tests.web.people import HERE, People


def part(name: str, access: Access, county: str, role: str, people: People) -> Any:
    """One part of the address of a page."""
    if name == "step":
        return "withdraw" if role == Role.RESIDENT else "declare_kin"
    if name == "form":
        return "html"
    case = _case(county, people, role)
    if access.view == "cases:paper":
        with acting_as(system()):
            return case.papers.order_by("pk").values_list("pk", flat=True)[0]
    return case.pk


def _case(county: str, people: People, role: str) -> Case:
    """A submitted application; to a resident that of the own household in one's own county."""
    with acting_as(system()):
        household = household_of(people, county)
        if role == Role.RESIDENT and county == HERE:
            Person.objects.filter(pk=household.head_id).update(login=people.user(role, HERE))
        found = Case.objects.filter(household=household).first()
        return found or application(people, county)
