"""The clock of case work, which tests set, and households that the law can be applied to, loaded once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import transaction
from django.utils import timezone

from doudi.web.cases.services import cases
from doudi.web.database import PrivateServer
from doudi.web.database.scope import acting_as, system
from tests.web.cases.homes import Homes, load_homes, loaded_homes
from tests.web.cases.making import START
from tests.web.conftest import kept, taken_back, using
from tests.web.people import People


class Clock:
    """What case work takes for now, local and naive; in place of Django's clock."""

    make_aware, make_naive = staticmethod(timezone.make_aware), staticmethod(timezone.make_naive)

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The moment, as Django tells it."""
        return timezone.make_aware(self.moment)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Twenty days after the beginning, until a test sets it."""
    found = Clock(START.replace(day=21))
    monkeypatch.setattr(cases, "timezone", found)
    return found


@pytest.fixture(scope="session")
def settled(server: PrivateServer, worker_database: str) -> Iterator[str]:
    """A database in which the households lie."""
    with kept(server, f"{worker_database}_homes") as name:
        with using(name):
            with acting_as(system()), transaction.atomic():
                assert People().regions
            load_homes()
        yield name


@pytest.fixture
def rows(request: pytest.FixtureRequest, worker_database: str) -> Iterator[None]:
    """Work in a transaction that is rolled back: where the households lie if a test asks for them, else with nothing."""
    asked = "homes" in request.fixturenames
    with taken_back(request.getfixturevalue("settled") if asked else worker_database):
        yield


@pytest.fixture
def homes(rows: None) -> Homes:
    """The households, by their numbers."""
    with acting_as(system()):
        return loaded_homes()
