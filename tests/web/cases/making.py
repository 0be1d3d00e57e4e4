"""Cases made at once, and walked through their steps."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from doudi.web.accounts.roles import Role
from doudi.web.cases.models import Case
from doudi.web.cases.services.moving import Done, take
from doudi.web.cases.services.opening import open_case
from doudi.web.database.scope import acting_as
from doudi.web.registry.models import Household
from tests.web.people import HERE, People
from tests.web.registry.making import member_of

SUBMISSION = {"source": "self", "authorised": True, "check_authorised": True}


def household_of(people: People, county: str = HERE) -> Household:
    """The household in the village of a county."""
    return member_of(people.regions[f"{county}101201"]).household


def application(people: People, county: str = HERE) -> Case:
    """An application that has been submitted by the township clerk on behalf of the household."""
    clerk = people.user(Role.TOWNSHIP_CLERK, county)
    with acting_as(clerk.scope):
        case = open_case("application", household_of(people, county), clerk)
        return take(case, "submit", clerk, {**SUBMISSION, "source": "on_behalf"}).case


def moved(case: Case, step: str, user: Any, at: datetime | None = None, **inputs: Any) -> Done:
    """A step taken by somebody within the own scope."""
    with acting_as(user.scope):
        return take(case, step, user, inputs, at=at)
