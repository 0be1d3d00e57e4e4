"""Many at once, in a database in which they commit."""

from __future__ import annotations

import threading

import pytest
from django.db import connections, transaction
from django.test import Client

from doudi.web.accounts.models import Lockout
from doudi.web.accounts.roles import Role
from doudi.web.audit import record
from doudi.web.audit.verification import verify
from doudi.web.cases.models import Case
from doudi.web.database.scope import acting_as, system
from tests.web.applications.making import answers, family
from tests.web.applications.test_tasks import filled
from tests.web.people import PASSWORD, THERE, People


def _enter(username: str, password: str) -> int:
    return Client().post("/login/", {"username": username, "password": password}).status_code


@pytest.fixture(scope="module")
def people(own_database: str) -> People:
    """Accounts of both counties."""
    with acting_as(system()), transaction.atomic():
        made = People()
        assert made.regions
    return made


def test_twenty_guesses_at_once_are_all_counted(people: People):
    with acting_as(system()), transaction.atomic():
        user = people.user(Role.RESIDENT)
    codes: list[int] = []

    def guess(number: int) -> None:
        try:
            password = PASSWORD if number == 19 else "not this one"
            codes.append(_enter(user.username, password))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=guess, args=[number]) for number in range(19)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == [200] * 19
    guess(19)
    assert codes[-1] == 200, "locked, although the password was right"
    assert max(Lockout.objects.values_list("failures", flat=True)) == 20


def test_a_draft_that_is_sent_by_many_at_once_becomes_one_case(people: People):
    with acting_as(system()), transaction.atomic():
        household = family(people, THERE)
    client = people.signed_in(Role.RESIDENT, THERE)
    number = int(client.post("/apply/", {"kind": "application"}).url.split("/")[2])
    filled(client, number, answers(household))
    sent: list[str] = []
    gate = threading.Barrier(20)

    def send() -> None:
        try:
            mine = Client()
            mine.cookies = client.cookies
            gate.wait()
            sent.append(mine.post(f"/apply/{number}/review/", {"true": "on"}).url)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with acting_as(system()), transaction.atomic():
        case = Case.objects.get(household=household)
    assert sent == [f"/submitted/{case.pk}/"] * 20
    assert case.steps == 1


def test_writers_at_once_leave_one_chain_without_gaps(own_database: str):
    before = verify().links

    def write(writer: int) -> None:
        try:
            for number in range(15):
                try:
                    with transaction.atomic():
                        record("test.race", ("writer", writer))
                        record("test.race", ("writer", writer))
                        if number % 5 == 4:
                            raise RuntimeError("rolled back")
                except RuntimeError:
                    pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=[writer]) for writer in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = verify()
    assert whole.faults == []
    assert whole.links - before == 6 * 12 * 2
    assert whole.number == whole.links
