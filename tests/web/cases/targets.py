"""What the pages of case work show in the walks over all pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from doudi.assessment.determination import Determination
from doudi.assessment.discretion import discretion
from doudi.web.accounts.access import Access, access_to
from doudi.web.accounts.roles import Role
from doudi.web.cases.models import Case, Frozen, SavedView, StandingReading
from doudi.web.cases.selectors.calculating import determination_of, proposal_of
from doudi.web.cases.services.calculating import freeze_for
from doudi.web.cases.services.cases import local_now
from doudi.web.cases.services.opening import open_case
from doudi.web.chain.models import Referral
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.models import Person
from tests.web.cases.making import application, household_of
from tests.web.chain.targets import part as of_chain
from tests.web.people import HERE, OFFICES, People

WORDS = {"form": "html", "kind": "temporary_urgent"}
OF_HOUSEHOLDS = ("cases:choose", "cases:begin")


def part(name: str, access: Access, county: str, role: str, people: People) -> Any:
    """One part of the address of a page."""
    if name in WORDS:
        return WORDS[name]
    if name == "step":
        return _step(access, role)
    if name == "tab":
        return "papers" if role == Role.RESIDENT else "opinion"
    if name == "view":
        return SavedView.objects.get_or_create(user=people.user(role, county), name="x", query="state=open")[
            0
        ].pk
    if access.view == "cases:reading":
        return _reading(county, people)
    if access.view == "cases:paper" and role in OFFICES:
        return _paper_of_referral(county, people, role)
    case = _case(county, people, role)
    if name == "frozen":
        return _frozen(case, people.user(Role.TOWNSHIP_CLERK, county))
    if access.view in OF_HOUSEHOLDS:
        return case.household_id
    if access.view == "cases:paper":
        with acting_as(system()):
            return case.papers.order_by("pk").values_list("pk", flat=True)[0]
    return case.pk


def _step(access: Access, role: str) -> str:
    if access.view == "cases:begin":
        return "report_need"
    return "withdraw" if role == Role.RESIDENT else "declare_kin"


def _case(county: str, people: People, role: str) -> Case:
    """A submitted application; to a resident that of the own household in one's own county."""
    with acting_as(system()):
        household = household_of(people, county)
        if role == Role.RESIDENT and county == HERE:
            Person.objects.filter(pk=household.head_id).update(login=people.user(role, HERE))
        found = Case.objects.filter(household=household, kind="application").first()
        return found or application(people, county)


def _frozen(case: Case, by: Any) -> int:
    """A frozen calculation of a case."""
    with acting_as(system()):
        row = Frozen.objects.filter(case=case).first()
        if row is None:
            found = determination_of(case)
            assert isinstance(found, Determination)
            row = freeze_for(case, found, proposal_of(found, discretion(found)), by, local_now())
        return row.pk


def _reading(county: str, people: People) -> int:
    """A standing reading of a county."""
    with acting_as(system()):
        row = StandingReading.objects.filter(county=county).first()
        if row is None:
            case = open_case(
                "reading", None, people.user(Role.COUNTY_CLERK, county), region=people.regions[county]
            )
            row = StandingReading.objects.create(
                county=county, number=f"{county}-1", case=case, question="车辆", chosen="按六万元掌握", minutes="1",
                settles=["property.vehicle_cap.dibao"], recorded_on=date(2026, 9, 1),
            )  # fmt: skip
        return row.pk


def _paper_of_referral(county: str, people: People, role: str) -> int:
    """The order by which a referral was sent to the office."""
    number = of_chain("number", access_to("chain:referral"), county, role, people)
    with acting_as(system()):
        return Referral.objects.get(pk=number).case.papers.get(kind="referral_order").pk
