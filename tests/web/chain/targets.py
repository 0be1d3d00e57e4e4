"""What the pages of the chain show in the walks over all pages."""

from __future__ import annotations

from typing import Any

from doudi.web.accounts.access import Access
from doudi.web.accounts.roles import Role
from doudi.web.cases.models import Case
from doudi.web.chain.models import Referral
from doudi.web.database.scope import acting_as, system
from tests.web.applications.making import family
from tests.web.cases.making import household_of
from tests.web.chain.making import chain_of, referral_of
from tests.web.people import HERE, OFFICES, People


def part(name: str, access: Access, county: str, role: str, people: People) -> Any:
    """One part of the address of a page."""
    if name == "step":
        return "receive_referral"
    if access.view == "chain:my_chain":
        family_here = family(people, county, resident=role == Role.RESIDENT and county == HERE)
        return chain_of(people, county, family_here).pk
    with acting_as(system()):
        if access.view == "chain:chain_begin":
            return household_of(people, county).pk
        chain = Case.objects.filter(kind="one_door", county=county).first()
    chain = chain or chain_of(people, county)
    if not access.view.startswith("chain:referral"):
        return chain.pk
    office = OFFICES.get(role, "medical_insurance")
    with acting_as(system()):
        found = Referral.objects.filter(chain=chain, office=office).first()
    programme = {"medical_insurance": "inpatient_aid", "charity": "hardship_fund"}[office]
    return (found or referral_of(people, chain, office, programme)).pk
