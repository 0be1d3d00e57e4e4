"""Somebody who asks for jobs, in a database in which they are stored."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction

import tests.web.jobs.deeds  # noqa: F401
from doudi.web.accounts.models import User
from doudi.web.accounts.roles import Role
from doudi.web.audit.models import Entry
from doudi.web.database.scope import acting_as, system
from doudi.web.jobs.models import Job
from tests.web.people import People


@pytest.fixture(scope="module")
def clerk(own_database: str) -> User:
    """The clerk of the county, stored."""
    with acting_as(system()), transaction.atomic():
        return People().user(Role.COUNTY_CLERK)


@pytest.fixture
def all_seen() -> Iterator[None]:
    """Look with the eyes of the system."""
    with acting_as(system("auditor")):
        yield


def job(number: int) -> Job:
    """A job as it is stored now."""
    with acting_as(system()), transaction.atomic():
        found: Job = Job.objects.get(pk=number)
        return found


def recorded(action: str) -> list[str]:
    """What was recorded under an action: the targets, in their order."""
    with acting_as(system("auditor")), transaction.atomic():
        return list(Entry.objects.filter(action=action).order_by("pk").values_list("target", flat=True))


def until(true: Callable[[], Any], what: str, patience: float = 300) -> Any:
    """Wait for something that another process does."""
    deadline = time.monotonic() + patience
    while not (found := true()):
        assert time.monotonic() < deadline, what
        time.sleep(0.05)
    return found
