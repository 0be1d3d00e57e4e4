"""A web server that is killed in the middle of a form which the browser sends again: the step is taken once."""

from __future__ import annotations

import os
import re
import signal
import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import connection, transaction

from doudi.web.accounts.roles import Role
from doudi.web.audit.verification import verify
from doudi.web.cases.models import Case
from doudi.web.database.scope import acting_as, system
from tests.web.cases.crashing import AUDIT_CHAIN, confirmed, state, waiting_cases
from tests.web.cases.homes import POOR, SECOND
from tests.web.people import People
from tests.web.served import children_of, gunicorn, lock_waits, until

FIELD = re.compile(r'name="(csrfmiddlewaretoken|seen|token)" value="([^"]+)"')


@pytest.fixture(scope="module")
def served(own_database: str) -> Iterator[tuple[str, Any]]:
    """The application under gunicorn."""
    with gunicorn(connection.settings_dict) as found:
        yield found


@pytest.fixture(scope="module")
def waiting(own_database: str) -> tuple[Any, list[int]]:
    """A browser of the head of the county, and two cases that wait for him."""
    people = People()
    cases = waiting_cases(people, POOR, SECOND)
    with acting_as(system()), transaction.atomic():
        return people.signed_in(Role.COUNTY_HEAD), cases


class Form:
    """The form by which a case is confirmed, as a browser has it open; it can be sent again and again."""

    def __init__(self, browser: Any, address: str, case: int) -> None:
        self.place, self.path = urlsplit(address).netloc, f"/cases/{case}/steps/confirm/"
        with transaction.atomic():
            page = browser.get(self.path).content.decode()
        self.fields = urlencode(dict(FIELD.findall(page)))
        self.cookies = "; ".join(f"{name}={each.value}" for name, each in browser.cookies.items())

    def send(self) -> int:
        """The status of the answer; 0 where the connection broke off."""
        wire = HTTPConnection(self.place)
        head = {"Cookie": self.cookies, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            wire.request("POST", self.path, self.fields, head)
            return wire.getresponse().status
        except (OSError, HTTPException):
            return 0
        finally:
            wire.close()


def test_a_form_sent_again_after_its_server_was_killed_takes_the_step_once(
    served: tuple[str, Any], waiting: tuple[Any, list[int]]
):
    """The first form is killed before anything is written, the second in its commit, which the database ends alone."""
    (address, process), (browser, cases) = served, waiting
    before = [state(case) for case in cases]
    forms, answers = [Form(browser, address, case) for case in cases], []
    sending = [threading.Thread(target=lambda form=form: answers.append(form.send())) for form in forms]
    with acting_as(system()), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {Case._meta.db_table} WHERE id = %s FOR UPDATE", [cases[0]])
        cursor.execute(AUDIT_CHAIN)
        for thread in sending:
            thread.start()
        until(lambda: len(lock_waits()) == len(forms) or answers)
        assert answers == [], "both wait"
        for worker in children_of(process):
            os.kill(worker, signal.SIGKILL)
        for thread in sending:
            thread.join()
    assert answers == [0, 0]
    until(lambda: not open_elsewhere())
    after = [confirmed(each) for each in before]
    assert [state(case) for case in cases] == [before[0], after[1]]
    for _again in range(2):
        assert [form.send() for form in forms] == [302, 302]
        assert [state(case) for case in cases] == after
    assert verify().faults == []


def open_elsewhere() -> bool:
    """Whether a transaction of another process is still open: that of a web server that is dead."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND xact_start IS NOT NULL"
        )
        return bool(cursor.fetchone()[0])
