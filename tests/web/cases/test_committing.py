"""Commit first, help fast, verify later (先承诺后核实), walked through the pages by the roles in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from doudi.web.accounts.roles import Role
from doudi.web.cases.errors import CaseError
from doudi.web.cases.models import Case, Entitlement
from doudi.web.cases.services.escalating import escalate
from doudi.web.cases.services.moving import take
from doudi.web.cases.services.opening import open_case
from doudi.web.database.scope import acting_as, system
from doudi.web.means.models import Check
from doudi.web.registry.models import Person
from tests.web.cases.conftest import Clock
from tests.web.cases.homes import POOR, Homes
from tests.web.cases.making import REMEDIES, another
from tests.web.means.making import signed
from tests.web.people import People

MONDAY = datetime(2026, 9, 7, 9)
PROMISES = {
    "promises": "收入、财产如实",
    "committed": "on",
    "check_authorised": "on",
    "cause": "父亲突发重病",
}


class Walk:
    """One case, worked on through its pages."""

    def __init__(self, people: People, clock: Clock) -> None:
        self.people, self.clock, self.number = people, clock, 0

    def take(self, role: str, step: str, at: datetime, page: str = "", **filled: Any) -> None:
        """Open the form of a step, send it filled in, and be led back to the case."""
        self.clock.moment = at
        client = self.people.signed_in(role)
        address = page or f"/cases/{self.number}/steps/{step}/"
        form = client.get(address).context["form"]
        shown = {name: form[name].value() for name in form.fields if form[name].value() is not None}
        answer = client.post(address, shown | filled)
        assert answer.status_code == 302, answer.context["problems"] or answer.context["form"].errors


@pytest.fixture
def walk(people: People, clock: Clock, homes: Homes) -> Walk:
    """A household of the registry whose head has an account, and a commitment that waits for his signature."""
    assert people.regions
    home = homes[POOR]
    with acting_as(system()):
        Person.objects.filter(pk=home.head_id).update(login=people.user(Role.RESIDENT))
    made = Walk(people, clock)
    people.signed_in(Role.TOWNSHIP_CLERK).post(f"/cases/of/{home.pk}/")
    with acting_as(system()):
        made.number = Case.objects.get(household=home, kind="commitment").pk
    return made


def test_a_commitment_is_helped_at_once_checked_in_its_days_graded_and_recovered_when_it_was_broken(
    walk: Walk, people: People
):
    walk.take(Role.RESIDENT, "sign_commitment", MONDAY, **PROMISES)
    walk.take(Role.TOWNSHIP_HEAD, "aid_on_commitment", MONDAY + timedelta(hours=2), amount="600.00")
    with acting_as(system()):
        case = Case.objects.get(pk=walk.number)
        aid = Entitlement.objects.get(case=case)
        signed(case.household, people.user(Role.TOWNSHIP_CLERK), MONDAY)
    assert (aid.amount, aid.once, f"{aid.since:%Y-%m}") == (60_000, True, "2026-09")
    assert case.due_clock == "commitment_check"

    later = MONDAY + timedelta(days=2)
    walk.take(Role.TOWNSHIP_CLERK, "request_check", later)
    walk.take(Role.COUNTY_CLERK, "start_check", later)
    walk.take(Role.COUNTY_CLERK, "report_check", later, page=f"/cases/{walk.number}/means/")
    two = [people.user(Role.TOWNSHIP_CLERK).pk, another(people, Role.VILLAGE_ASSISTANT, "调查员").pk]
    walk.take(
        Role.TOWNSHIP_CLERK,
        "visit",
        later,
        investigators=two,
        manner="on_site",
        signed_by_both="on",
        findings="有固定工资",
    )
    walk.take(Role.TOWNSHIP_CLERK, "grade_commitment", later, grade="broken_serious", findings="隐瞒工资")
    with acting_as(system()):
        assert Check.objects.get(case=walk.number).conclusion == "agrees_open"
        assert escalate(later + timedelta(days=30)).told == 0, "checked in its days"

    told: dict[str, Any] = {"amount": "600.00", "reason": "隐瞒收入", "remedies": list(REMEDIES)}
    walk.take(Role.COUNTY_HEAD, "order_recovery", later + timedelta(days=1), **told)
    walk.take(Role.COUNTY_CLERK, "record_recovery", later + timedelta(days=9), recovered="600.00")
    with acting_as(system()):
        case = Case.objects.get(pk=walk.number)
        assert (case.stage, case.closed_at is not None) == ("recovered", True)
        assert {paper.kind for paper in case.papers.all()} >= {
            "commitment", "aid_record", "check_report", "visit_form", "commitment_result", "recovery_order",
        }  # fmt: skip
        again = open_case("commitment", case.household, people.user(Role.TOWNSHIP_CLERK))
    resident = people.user(Role.RESIDENT)
    for grade, reason in (("broken_serious", "seriously broken"), ("none", "not as recorded")):
        inputs = {
            "promises": ("如实",),
            "committed": True,
            "check_authorised": True,
            "earlier_grade": grade,
            "cause": "x",
        }
        with acting_as(resident.scope), pytest.raises(CaseError, match=reason):
            take(again, "sign_commitment", resident, inputs, at=later + timedelta(days=10))


def test_a_check_that_is_not_made_in_its_days_is_told_to_the_head(walk: Walk):
    walk.take(Role.RESIDENT, "sign_commitment", MONDAY, **PROMISES)
    walk.take(Role.TOWNSHIP_HEAD, "aid_on_commitment", MONDAY, amount="600.00")
    with acting_as(system()):
        assert escalate(MONDAY + timedelta(days=30)).told == 1
