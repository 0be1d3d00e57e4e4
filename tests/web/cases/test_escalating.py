"""Work that is late is told once to whom it is to be told, and no more once it is done."""

from __future__ import annotations

from datetime import timedelta

from doudi.web.accounts.roles import Role
from doudi.web.audit.models import Entry
from doudi.web.cases.models import Escalation
from doudi.web.cases.services.escalating import escalate
from doudi.web.database.scope import acting_as, system
from tests.web.cases.making import START, application, moved
from tests.web.people import People

LATE = START + timedelta(days=30)


def test_a_limit_that_ran_out_is_told_once_and_ends_with_the_work(people: People):
    case = application(people, at=START)
    with acting_as(system()):
        assert escalate(START + timedelta(hours=1)).told == 0
        first, second = escalate(LATE), escalate(LATE + timedelta(days=1))
        assert (first.looked_at, first.told, second.told) == (1, 1, 0)
        row = Escalation.objects.get()
    assert (row.clock, row.bound, row.told) == ("accept", "township_clerk", "township_head")
    page = people.signed_in(Role.TOWNSHIP_HEAD).get("/cases/late/")
    assert case.number in page.content.decode()
    moved(case, "accept", people.user(Role.TOWNSHIP_CLERK), LATE, papers_complete=True)
    with acting_as(system()):
        assert Escalation.objects.get().ended_at is not None


def test_nobody_is_told_who_is_not_to_be(people: People):
    application(people, at=START)
    with acting_as(system()):
        escalate(LATE)
    page = people.signed_in(Role.TOWNSHIP_CLERK).get("/cases/late/")
    assert page.context["page"].paginator.count == 0


def test_the_audit_trail_says_that_it_was_told(people: People):
    application(people, at=START)
    with acting_as(system()):
        escalate(LATE)
    with acting_as(system("auditor")):
        assert Entry.objects.filter(action="case.escalate").count() == 1
