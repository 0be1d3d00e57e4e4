"""What the pages of case work show in the walks over all pages."""

from __future__ import annotations

from typing import Any

from doudi.web.accounts.access import Access, access_to
from doudi.web.accounts.roles import Role
from doudi.web.cases.models import Case
from doudi.web.chain.models import Referral
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.models import Person
from tests.web.cases.making import application, household_of
from tests.web.chain.targets import part as of_chain
from tests.web.people import HERE, OFFICES, People


def part(name: str, access: Access, county: str, role: str, people: People) -> Any:
    """One part of the address of a page."""
    if name == "step":
        return "withdraw" if role == Role.RESIDENT else "declare_kin"
    if name == "form":
        return "html"
    if access.view == "cases:paper" and role in OFFICES:
        return _paper_of_referral(county, people, role)
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


def _paper_of_referral(county: str, people: People, role: str) -> int:
    """The order by which a referral was sent to the office."""
    number = of_chain("number", access_to("chain:referral"), county, role, people)
    with acting_as(system()):
        return Referral.objects.get(pk=number).case.papers.get(kind="referral_order").pk
