"""Cases made at once, and walked through their steps."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from doudi.web.accounts.models import User
from doudi.web.accounts.roles import Role
from doudi.web.cases.models import Case
from doudi.web.cases.services.calculating import Chosen, calculate
from doudi.web.cases.services.carrying import Done
from doudi.web.cases.services.moving import take
from doudi.web.cases.services.opening import open_case
from doudi.web.database.scope import acting_as
from doudi.web.registry.models import Household
from tests.web.means.making import checked as reported
from tests.web.people import HERE, People
from tests.web.registry.making import member_of

SUBMISSION = {"source": "self", "authorised": True, "check_authorised": True}
START = datetime(2026, 9, 1, 9)
CHOSEN = Chosen("dibao", 2, 56000, "按入户核实的情况")
REMEDIES = ("reconsideration", "litigation")


def household_of(people: People, county: str = HERE) -> Household:
    """The household in the village of a county."""
    return member_of(people.regions[f"{county}101201"]).household


def application(
    people: People, county: str = HERE, household: Household | None = None, at: Any = None
) -> Case:
    """An application that has been submitted by the township clerk on behalf of the household."""
    clerk = people.user(Role.TOWNSHIP_CLERK, county)
    with acting_as(clerk.scope):
        case = open_case("application", household or household_of(people, county), clerk)
        return take(case, "submit", clerk, {**SUBMISSION, "source": "on_behalf"}, at=at).case


def moved(case: Case, step: str, user: Any, at: datetime | None = None, **inputs: Any) -> Done:
    """A step taken by somebody within the own scope."""
    with acting_as(user.scope):
        return take(case, step, user, inputs, at=at)


def another(people: People, role: str, name: str, county: str = HERE) -> User:
    """One more account of a role."""
    return User.objects.get_or_create(
        username=f"{role}.{name}.{county}", defaults={"name": name, "role": role, "region": people.region_of(role, county)}
    )[0]  # fmt: skip


def visited(case: Case, people: People, at: datetime, step: str = "visit", by: Any = None) -> Done:
    """A visit by two investigators, signed."""
    clerk = by or people.user(Role.TOWNSHIP_CLERK)
    two = (str(clerk.pk), str(another(people, Role.VILLAGE_ASSISTANT, "调查员").pk))
    told = {"investigators": two, "manner": "on_site", "signed_by_both": True, "findings": "属实"}
    return moved(case, step, clerk, at, **told)


def checked(case: Case, people: People, at: datetime, result: str = "fits") -> Case:
    """The means check, asked for, begun and reported."""
    clerk, county = people.user(Role.TOWNSHIP_CLERK), people.user(Role.COUNTY_CLERK)
    moved(case, "request_check", clerk, at)
    moved(case, "start_check", county, at)
    with acting_as(county.scope):
        return reported(case, "report_check", county, at, check_result=result).case


def calculated(case: Case, people: People, at: datetime, chosen: Chosen | None = None) -> Case:
    """The calculation, frozen by the township clerk."""
    clerk = people.user(Role.TOWNSHIP_CLERK)
    with acting_as(clerk.scope):
        return calculate(case, clerk, chosen, at=at).case


def inquired(people: People, household: Household | None = None, chosen: Chosen | None = None) -> Case:
    """An application of a household, submitted on the first of September, looked into."""
    return looked_into(people, application(people, household=household, at=START), chosen)


def looked_into(
    people: People, case: Case, chosen: Chosen | None = None, at: datetime = START + timedelta(days=2)
) -> Case:
    """A submitted application accepted, checked, visited and calculated, on the third of September if not told otherwise."""
    case = moved(case, "accept", people.user(Role.TOWNSHIP_CLERK), at, papers_complete=True).case
    case = checked(case, people, at)
    case = visited(case, people, at).case
    return calculated(case, people, at, chosen)


def proposed(people: People, case: Case, reviewed: bool = True) -> Case:
    """What was calculated proposed, signed, announced, reported and reviewed: it waits for the head of the county."""
    clerk, head = people.user(Role.TOWNSHIP_CLERK), people.user(Role.TOWNSHIP_HEAD)
    with acting_as(clerk.scope):
        facts = dict(case.taken.get(step="calculate").inputs)
    at = START + timedelta(days=3)
    told = {name: facts[name] for name in ("programme", "members_counted", "amount")}
    case = moved(case, "propose", clerk, at, opinion="grant", reason="符合规定", **told).case
    case = moved(case, "sign_opinion", head, at).case
    case = moved(case, "post_notice", clerk, at, posted_at="村务公开栏").case
    case = moved(case, "report", clerk, at + timedelta(days=9)).case
    if reviewed:
        county, day = people.user(Role.COUNTY_CLERK), at + timedelta(days=10)
        case = moved(case, "county_review", county, day, opinion="grant", reason="材料齐全", **told).case
    return case


def deciding(
    people: People, household: Household | None = None, chosen: Chosen | None = None, reviewed: bool = True
) -> Case:
    """An application of a household that waits for the head of the county."""
    return proposed(people, inquired(people, household, chosen), reviewed)


def month(text: str) -> date:
    """The first day of a month."""
    return date.fromisoformat(f"{text}-01")
