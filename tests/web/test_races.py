"""Many at once, in a database in which they commit."""

from __future__ import annotations

import threading

from django.db import connections, transaction
from django.test import Client

from doudi.web.accounts.models import Lockout
from doudi.web.accounts.roles import Role
from doudi.web.audit import record
from doudi.web.audit.verification import verify
from doudi.web.database.scope import acting_as, system
from tests.web.people import PASSWORD, People


def _enter(username: str, password: str) -> int:
    return Client().post("/login/", {"username": username, "password": password}).status_code


def test_twenty_guesses_at_once_are_all_counted(own_database: str):
    with acting_as(system()), transaction.atomic():
        people = People()
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
