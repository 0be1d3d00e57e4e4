"""Chains made at once."""

from __future__ import annotations

from doudi.web.accounts.roles import Role
from doudi.web.cases.models import Case
from doudi.web.chain.models import Referral
from doudi.web.chain.services.one_door import begin
from doudi.web.chain.services.referring import refer
from doudi.web.database.scope import acting_as
from doudi.web.registry.models import Household
from tests.web.cases.making import household_of
from tests.web.people import HERE, People

SUBMISSION = {"source": "on_behalf", "authorised": True, "check_authorised": True, "cause": "白血病治疗费用"}


def chain_of(people: People, county: str = HERE, household: Household | None = None) -> Case:
    """A chain that the township clerk opened."""
    clerk = people.user(Role.TOWNSHIP_CLERK, county)
    with acting_as(clerk.scope):
        return begin(household or household_of(people, county), clerk, SUBMISSION)


def referral_of(
    people: People, chain: Case, office: str = "medical_insurance", programme: str = "inpatient_aid"
) -> Referral:
    """A referral of a chain."""
    clerk = people.user(Role.TOWNSHIP_CLERK, chain.county)
    with acting_as(clerk.scope):
        return refer(chain, office, [programme], clerk)
