"""A small county, loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import transaction

from doudi.web.database import PrivateServer
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.loading import Loaded, load
from doudi.web.registry.models import Household, Person
from tests.web.conftest import kept, taken_back, using
from tests.web.people import HERE, THERE, People
from tests.web.registry.county import DAY, Home, Somebody, id_number, write, write_registry

LONG = "阿卜杜拉·" + "买" * 45
RARE = "𠮷䶮㼆"
EVIL = "<b>'; DROP TABLE registry_person; --</b>"


def homes() -> list[Home]:
    """Households of the first county: a farmer's family, an old woman alone, and people with difficult names."""
    village = f"村{HERE}"
    return [
        Home("h000001", village, [
            Somebody("p000001", "单小云", born=date(1980, 2, 3), id_number=id_number(date(1980, 2, 3), 11),
                     facts={"wage": "6000.00", "pension": "0.00"}, also={"wage": "9000.00"}),
            Somebody("p000002", "李红", "spouse", "female", date(1982, 4, 5), id_number(date(1982, 4, 5), 12)),
            Somebody("p000003", "单天", "child", born=date(2015, 6, 7), id_number=id_number(date(2015, 6, 7), 13)),
        ], items=[
            {"entity": "asset", "person_id": "p000001", "kind": "deposit", "value": "3000.00", "purpose": "none",
             "number": "6222000000001234567"},
            {"entity": "expense", "person_id": "p000003", "kind": "education", "amount": "800.00"},
            {"entity": "holding", "programme": "dibao", "monthly": "900.00"},
        ]),
        Home("h000002", village, [
            Somebody("p000004", "王秀英", sex="female", born=date(1940, 1, 2), id_number=id_number(date(1940, 1, 2), 14),
                     facts={"marital": "widowed"}),
        ], items=[
            {"entity": "supporter", "person_id": "p000004", "supporter_id": "s1", "relation": "child", "born": date(1965, 3, 4),
             "family_size": 3, "family_income": "90000.00", "own_income": "50000.00", "property_within_limits": False,
             "status": "none", "disability": "none", "disability_grade": 0, "absence": "none", "no_civil_capacity": False,
             "consents": True, "agreed_fee": "0.00", "supported_persons": 1, "support_ended": False},
        ]),
        Home("h000003", "不在区划表的村", [
            Somebody("p000005", LONG), Somebody("p000006", RARE, "child", born=date(2000, 1, 1)),
            Somebody("p000007", EVIL[:50], "other", born=date(1999, 1, 1)),
            Somebody("p000008", "赵先去", "parent", born=date(1930, 1, 1), state="died", ended_on=date(2026, 6, 1)),
        ]),
    ]  # fmt: skip


def homes_there() -> list[Home]:
    """One household of the second county, with the same numbers as one of the first."""
    person = Somebody("p000001", "单小云", id_number=id_number(date(1980, 2, 3), 21, THERE))
    return [Home("h000001", f"村{THERE}", [person])]


class Stored(NamedTuple):
    """A database in which both counties lie, and what was told when the first was loaded."""

    database: str
    loaded: Loaded


@pytest.fixture(scope="session")
def stored(
    server: PrivateServer, worker_database: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stored]:
    """Both counties, loaded once."""
    folder = tmp_path_factory.mktemp("counties")
    with kept(server, f"{worker_database}_counties") as name:
        with using(name):
            with acting_as(system()), transaction.atomic():
                assert People().regions
            load(write(folder / "there", homes_there()), THERE, DAY)
            registry = write_registry(folder / "registry", homes())
            loaded = load(write(folder / "here", homes()), HERE, DAY, registry=registry)
        yield Stored(name, loaded)


@pytest.fixture
def rows(request: pytest.FixtureRequest, worker_database: str) -> Iterator[None]:
    """Work in a transaction that is rolled back: where both counties lie if a test asks for them, else with nothing."""
    asked = "county" in request.fixturenames
    with taken_back(request.getfixturevalue("stored").database if asked else worker_database):
        yield


@pytest.fixture
def loader(rows: None, people: People, tmp_path: Path) -> Callable[..., Loaded]:
    """Loads households as a build of a day."""
    assert people.regions

    def take(households: list[Home], day: date = DAY, county: str = HERE, **more: Any) -> Loaded:
        name = f"{county}-{day}-{len(list(tmp_path.iterdir()))}"
        return load(write(tmp_path / name, households, day), county, day, **more)

    return take


@pytest.fixture
def county(rows: None, people: People, stored: Stored) -> Loaded:
    """Both counties, loaded."""
    assert people.regions
    return stored.loaded


@pytest.fixture
def everything(county: Loaded) -> Any:
    """Both counties, seen by the system."""
    with acting_as(system()):
        yield


def household(number: str, county: str = HERE) -> Household:
    """A household by its number."""
    return Household.objects.get(county=county, number=number)


def person(number: str, county: str = HERE) -> Person:
    """A person by its number."""
    return Person.objects.get(county=county, number=number)
