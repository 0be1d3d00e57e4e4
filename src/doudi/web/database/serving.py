"""Which database the application uses."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from doudi.web.database.roles import APPLICATION, DATABASE, OWNER, prepare
from doudi.web.database.server import PrivateServer
from doudi.web.database.unprivileged import runner
from doudi.web.database.url import over_socket
from doudi.web.home import home

_FALLBACK = Path("/var/lib/doudi")


class Urls(NamedTuple):
    """The database as the application sees it, and as the owner of the tables does."""

    application: str
    owner: str


def private() -> PrivateServer | None:
    """The private server under ``DOUDI_HOME``; None when ``DATABASE_URL`` names a database."""
    return None if os.environ.get("DATABASE_URL") else PrivateServer(_folder())


def urls() -> Urls:
    """``DATABASE_URL`` and ``DATABASE_OWNER_URL`` (the first for both when the second is not set), else the private ones.

    Nothing is started.
    """
    named = os.environ.get("DATABASE_URL")
    if named:
        return Urls(named, os.environ.get("DATABASE_OWNER_URL") or named)
    socket = str(PrivateServer(_folder()).socket)
    return Urls(over_socket(socket, APPLICATION, DATABASE), over_socket(socket, OWNER, DATABASE))


@contextmanager
def serving() -> Iterator[PrivateServer | None]:
    """See to it that the database can be reached while the block runs.

    Raises:
        DatabaseError: the private server cannot be started.
    """
    server = private()
    if server is None:
        yield None
        return
    with server.in_use():
        with server.connect() as superuser:
            prepare(superuser)
        yield server


def _folder() -> Path:
    """``DOUDI_HOME/postgres``; a link to a folder elsewhere where root's user of the database cannot reach it."""
    folder = home() / "postgres"
    if folder.is_symlink() or folder.is_dir() or runner().may_reach(folder):
        return folder.resolve()
    elsewhere = _FALLBACK / sha256(str(folder).encode()).hexdigest()[:16]
    elsewhere.mkdir(parents=True, exist_ok=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.symlink_to(elsewhere, target_is_directory=True)
    return elsewhere
