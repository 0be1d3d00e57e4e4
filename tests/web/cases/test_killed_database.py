"""A database that is killed while a step is written: the case is as before or as after, and the step is taken once."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, connections

from doudi.web.accounts.models import User
from doudi.web.accounts.roles import Role
from doudi.web.audit.verification import verify
from doudi.web.cases.services import carrying
from doudi.web.database import PrivateServer
from doudi.web.database.binaries import find_binaries
from doudi.web.database.roles import DATABASE, prepare
from doudi.web.database.server import SUPERUSER
from tests.web.cases.crashing import AUDIT_CHAIN, confirm, confirmed, state, waiting_cases
from tests.web.cases.homes import POOR, SECOND
from tests.web.conftest import TEMPLATE, using
from tests.web.people import People
from tests.web.served import lock_waits, until

BROKEN = (OperationalError, InterfaceError)


@pytest.fixture(scope="module")
def cluster(server: PrivateServer) -> Iterator[PrivateServer]:
    """A server of this module alone, which may be killed; it writes as a server does, only the disk need not follow."""
    place = Path(tempfile.mkdtemp(prefix="doudi-crash-"))
    place.chmod(0o711)
    own = PrivateServer(place / "postgres", settings={"fsync": "off"})
    try:
        with own.in_use():
            with own.connect() as superuser:
                prepare(superuser)
            copy_template(server, own)
            with led_to(own), using(DATABASE):
                yield own
    finally:
        own.stop()
        shutil.rmtree(place)


def copy_template(source: PrivateServer, target: PrivateServer) -> None:
    """The tables of the tests' template in the database of another server."""
    program = find_binaries().program
    told = ["-U", SUPERUSER, "--no-password"]
    dump = subprocess.run(
        [program("pg_dump"), *told, "-h", str(source.socket), TEMPLATE], check=True, capture_output=True
    )
    restore = [program("psql"), *told, "-q", "-v", "ON_ERROR_STOP=1", "-h", str(target.socket), DATABASE]
    subprocess.run(restore, input=dump.stdout, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def led_to(server: PrivateServer) -> Iterator[None]:
    """Django's connections led to another server."""
    before = {alias: connections[alias].settings_dict["HOST"] for alias in connections}
    connections.close_all()
    for alias in before:
        connections[alias].settings_dict["HOST"] = str(server.socket)
    try:
        yield
    finally:
        connections.close_all()
        for alias, host in before.items():
            connections[alias].settings_dict["HOST"] = host


@pytest.fixture(scope="module")
def waiting(cluster: PrivateServer) -> tuple[User, list[int]]:
    """The head of the county, and two cases that wait for him."""
    people = People()
    cases = waiting_cases(people, POOR, SECOND)
    return people.user(Role.COUNTY_HEAD), cases


def test_killed_while_a_step_is_written_the_case_is_as_before_and_the_step_is_taken_once(
    cluster: PrivateServer, waiting: tuple[User, list[int]], monkeypatch: pytest.MonkeyPatch
):
    head, (case, _) = waiting
    before = state(case)
    carry_out = carrying.carry_out

    def killed(*about: Any) -> None:
        kill(cluster, connections["default"].connection.info.backend_pid)
        carry_out(*about)

    with monkeypatch.context() as patched:
        patched.setattr(carrying, "carry_out", killed)
        with pytest.raises(BROKEN):
            confirm(case, head)
    connections.close_all()
    cluster.start()
    assert state(case) == before
    for _again in range(2):
        confirm(case, head)
        assert state(case) == confirmed(before)
    assert verify().faults == []


def test_killed_in_its_commit_a_step_is_there_whole_or_not_at_all(
    cluster: PrivateServer, waiting: tuple[User, list[int]]
):
    head, (_, case) = waiting
    before = state(case)
    told: list[BaseException] = []
    with closing(cluster.connect(DATABASE)) as other:
        other.execute("BEGIN")
        other.execute(AUDIT_CHAIN)
        committing = threading.Thread(target=broken, args=(case, head, told))
        committing.start()
        waits = until(lock_waits)
        kill(cluster, *waits)
        committing.join()
    assert isinstance(told[0], BROKEN)
    connections.close_all()
    cluster.start()
    assert state(case) in (before, confirmed(before))
    for _again in range(2):
        confirm(case, head)
        assert state(case) == confirmed(before)
    assert verify().faults == []


def kill(server: PrivateServer, *sessions: int) -> None:
    """The server and these sessions, which would else go on to the end of what they are asked."""
    for process in (server.process() or 0, *sessions):
        os.kill(process, signal.SIGKILL)


def broken(case: int, head: User, told: list[BaseException]) -> None:
    """Confirm, in a thread of its own, and tell what went wrong."""
    try:
        confirm(case, head)
    except BROKEN as error:
        told.append(error)
    finally:
        connections.close_all()
