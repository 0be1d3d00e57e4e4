"""Many proposals confirmed by a job whose worker is killed: each is decided once, with one document and one entry."""

from __future__ import annotations

import signal
from collections import Counter

from bench.web_proposals import propose
from django.db import transaction
from django.db.models import Count

from doudi.web.accounts.roles import Role
from doudi.web.audit.models import Entry
from doudi.web.cases.background import CONFIRM
from doudi.web.cases.models import Case
from doudi.web.cases.services.approving import confirm_one
from doudi.web.database.scope import acting_as, system
from doudi.web.jobs import bulk
from doudi.web.jobs.models import Job
from tests.web.cases.homes import POOR, load_homes
from tests.web.cases.making import deciding
from tests.web.jobs.conftest import job, until
from tests.web.jobs.worker import worker
from tests.web.people import People

MANY = 150
"""More than are done together."""


def begin() -> tuple[list[int], Job]:
    """So many reviewed proposals, and the job that confirms them."""
    with acting_as(system()), transaction.atomic():
        people = People()
        assert people.regions
        head = people.user(Role.COUNTY_HEAD)
        case = deciding(people, load_homes()[POOR])
        with acting_as(head.scope):
            confirm_one(case, head)
        numbers = propose(MANY)
        with acting_as(head.scope):
            return numbers, bulk.start(CONFIRM, numbers, head)


def test_a_worker_killed_among_confirmations_leaves_none_undone_and_does_none_twice(own_database: str):
    numbers, asked = begin()
    with worker(own_database) as first:
        until(lambda: confirmed(numbers) >= 3, "the first worker begins")
        first.send_signal(signal.SIGKILL)
        first.wait()
    with worker(own_database):
        until(lambda: not job(asked.pk).open, "the second ends it")
    assert job(asked.pk).counts == {"done": MANY}
    with acting_as(system("auditor")), transaction.atomic():
        cases = Case.objects.filter(pk__in=numbers).annotate(
            ends=Count("taken", distinct=True), letters=Count("papers", distinct=True)
        )
        assert Counter(cases.values_list("stage", "letters")) == {("confirmed", 1): MANY}
        assert {case.ends for case in cases} == {cases[0].steps}
        entries = Entry.objects.filter(action="case.step", target__in=[str(number) for number in numbers])
        assert entries.count() == MANY


def confirmed(numbers: list[int]) -> int:
    """How many are."""
    with acting_as(system()), transaction.atomic():
        return Case.objects.filter(pk__in=numbers, stage="confirmed").count()
