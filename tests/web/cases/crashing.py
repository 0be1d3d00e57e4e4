"""Cases that wait for the head of the county, what is stored of them, and what has to be once they are confirmed."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from doudi.web.accounts.models import User
from doudi.web.accounts.roles import Role
from doudi.web.audit.models import Entry
from doudi.web.cases.models import Case
from doudi.web.cases.services.approving import confirm_one
from doudi.web.database.scope import acting_as, system
from tests.web.cases.homes import load_homes
from tests.web.cases.making import deciding
from tests.web.people import People

AUDIT_CHAIN = "SELECT pg_advisory_xact_lock(hashtext('doudi audit chain'))"
"""Holding this, one keeps every other transaction in its commit."""


def waiting_cases(people: People, *homes: str) -> list[int]:
    """A case of each of these households, stored."""
    with acting_as(system()), transaction.atomic():
        assert people.regions
        people.user(Role.COUNTY_HEAD)
        known = load_homes()
        return [deciding(people, known[home]).pk for home in homes]


def confirm(case: int, head: User) -> None:
    """Confirm in a transaction of its own, as the web server does."""
    with acting_as(head.scope), transaction.atomic():
        confirm_one(case, head)


def state(case: int) -> dict[str, Any]:
    """What is stored of a case."""
    with acting_as(system("auditor")), transaction.atomic():
        row = Case.objects.get(pk=case)
        entries = Entry.objects.filter(target=str(case), target_kind="cases.case")
        return {
            "stage": row.stage, "steps": row.steps, "taken": row.taken.count(), "letters": row.papers.count(),
            "entries": entries.exclude(action="case.view").count(),
        }  # fmt: skip


def confirmed(before: dict[str, Any]) -> dict[str, Any]:
    """The same once it is confirmed: one step and one letter more, with an entry of each."""
    added = {"steps": 1, "taken": 1, "letters": 1, "entries": 2}
    return {"stage": "confirmed", **{name: before[name] + more for name, more in added.items()}}
