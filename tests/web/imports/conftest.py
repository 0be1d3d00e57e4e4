"""Two clerks of one county, who import and review, in a database in which it is stored."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.db import transaction

from doudi.web.accounts.models import User
from doudi.web.accounts.roles import Role
from doudi.web.audit.context import Actor, deeds_of
from doudi.web.database.scope import acting_as, system
from doudi.web.imports import services
from doudi.web.imports.models import Batch, Home
from doudi.web.jobs.running import run
from tests.web.people import People


class Office:
    """Who imports, who reviews, and what they do."""

    def __init__(self) -> None:
        people = People()
        assert people.regions
        self.clerk: User = people.user(Role.COUNTY_CLERK)
        self.head: User = people.user(Role.COUNTY_HEAD)
        self.township: User = people.user(Role.TOWNSHIP_CLERK)
        self.villager_region = people.regions["999901101201"]

    def bring(self, file: io.BytesIO, by: User | None = None, name: str = "名册.xlsx") -> Batch:
        """Upload a file; it is not checked yet."""
        who = by or self.clerk
        with acting_as(who.scope), deeds_of(Actor(str(who.pk))), transaction.atomic():
            return services.take(file, name, len(file.getbuffer()), who)

    def checked(self, file: io.BytesIO, by: User | None = None, name: str = "名册.xlsx") -> Batch:
        """Upload a file and have it checked."""
        batch = self.bring(file, by, name)
        run(batch.job_id)
        return stored(batch)

    def merged(self, batch: Batch) -> Batch:
        """Have it merged by the head."""
        with acting_as(self.head.scope), deeds_of(Actor(str(self.head.pk))):
            asked = services.agree(batch.pk, self.head, "同意")
        run(asked.job_id)
        return stored(batch)


def stored(batch: Batch) -> Batch:
    """An import as it is stored now."""
    with acting_as(system()), transaction.atomic():
        found: Batch = Batch.objects.select_related("job").get(pk=batch.pk)
        return found


def homes_of(batch: Batch) -> dict[str, Home]:
    """The households of an import by their number, members with them."""
    with acting_as(system()), transaction.atomic():
        return {
            home.key: home
            for home in Home.objects.filter(batch=batch).prefetch_related("members").order_by("place")
        }


def faults_of(home: Any) -> list[str]:
    """What is wrong with a household and its members."""
    return [*home.faults, *(fault for member in home.members.all() for fault in member.faults)]


@pytest.fixture(scope="module")
def office(own_database: str) -> Office:
    """The office of the module."""
    with acting_as(system()), transaction.atomic():
        return Office()
