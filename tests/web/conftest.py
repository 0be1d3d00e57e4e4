"""A real PostgreSQL for all tests of the web application.

One server serves all workers of a test run. Each worker copies its database from one template; a test works in a
transaction that is rolled back (``rows``), or its module has a database of its own in which it commits (``own_database``).
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest

HOME = (
    Path(tempfile.gettempdir())
    / f"doudi-tests-{os.getuid()}-{os.environ.get('PYTEST_XDIST_TESTRUNUID', os.getpid())}"
)
for _name in [name for name in os.environ if name.startswith(("DOUDI_", "DATABASE_"))]:
    if _name not in ("DOUDI_PG_BIN", "DOUDI_CHROMIUM", "DOUDI_SCREENSHOTS", "DOUDI_THOROUGH"):
        del os.environ[_name]
os.environ |= {"DOUDI_MODE": "test", "DOUDI_HOME": str(HOME), "DJANGO_SETTINGS_MODULE": "doudi.web.settings"}
os.environ["DOUDI_SECRET_KEY"] = "test-" * 12

import django  # noqa: E402

django.setup()

from django.db import connection, connections, transaction  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.utils import translation  # noqa: E402

from doudi.web.database import PrivateServer  # noqa: E402
from doudi.web.database.locks import FileLock  # noqa: E402
from doudi.web.database.roles import OWNER, prepare  # noqa: E402

setup_test_environment()
TEMPLATE = "doudi_template"
UNSAFE = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")
"""What a database does for days to come, which no test lives to see."""
QUICK = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])


@pytest.fixture(scope="session")
def server() -> Iterator[PrivateServer]:
    """The server, shared by all workers; the last one to end removes it."""
    HOME.mkdir(mode=0o711, exist_ok=True)
    with QUICK:
        own = PrivateServer(HOME / "postgres", settings=dict.fromkeys(UNSAFE, "off"))
        with own.in_use():
            with FileLock(HOME / "template.lock").alone():
                _make_template(own)
            yield own
            connections.close_all()
    if own.process() is None:
        shutil.rmtree(HOME, ignore_errors=True)


def _make_template(server: PrivateServer) -> None:
    with server.connect() as superuser:
        if superuser.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone():
            return
        prepare(superuser, f"{TEMPLATE}_new")
    from doudi.web.migration import migrate

    with using(f"{TEMPLATE}_new"):
        migrate()
    with server.connect() as superuser:
        superuser.execute(f"ALTER DATABASE {TEMPLATE}_new RENAME TO {TEMPLATE}")


@contextmanager
def using(name: str) -> Iterator[None]:
    """Let Django use a database of the server."""
    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    connections.close_all()
    for alias in connections:
        connections[alias].settings_dict["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        for alias, earlier in before.items():
            connections[alias].settings_dict["NAME"] = earlier


@contextmanager
def kept(server: PrivateServer, name: str) -> Iterator[str]:
    """A new database, copied from the template and dropped at the end."""
    with server.connect() as superuser:
        superuser.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        superuser.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} OWNER {OWNER}")
    try:
        yield name
    finally:
        with server.connect() as superuser:
            superuser.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def copied(server: PrivateServer, name: str) -> Iterator[str]:
    """A new database, in use until it is dropped."""
    with kept(server, name), using(name):
        yield name


@contextmanager
def taken_back(name: str | None = None) -> Iterator[None]:
    """A transaction of which nothing is kept: in a database, also where the module has one of its own; in the one in use without
    a name."""
    here = name in (None, connection.settings_dict["NAME"])
    with nullcontext() if here else using(str(name)), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def worker_database(server: PrivateServer) -> Iterator[str]:
    """The database of this worker."""
    with copied(server, f"doudi_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}") as name:
        yield name


@pytest.fixture
def rows(worker_database: str) -> Iterator[None]:
    """Work in a transaction that is rolled back."""
    with taken_back(worker_database):
        yield


@pytest.fixture(scope="module")
def own_database(
    server: PrivateServer, worker_database: str, request: pytest.FixtureRequest
) -> Iterator[str]:
    """A database of this module alone, in which its tests commit."""
    name = f"{worker_database}_{request.module.__name__.rpartition('.')[2]}"
    with copied(server, name):
        yield name


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """A test begins in Chinese, whatever language a page was asked for before."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def client(rows: None) -> Client:
    """A browser that nobody is signed in with."""
    return Client()


@pytest.fixture
def sealed() -> Callable[[], None]:
    """Let the database seal the entries of the audit trail now, as at the end of a transaction."""

    def seal() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    return seal


@pytest.fixture
def people(rows: None) -> Any:
    """The people of two counties (``tests.web.people``)."""
    from tests.web.people import People

    return People()
