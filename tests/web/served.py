"""The application under gunicorn, in processes of its own, on a database of the tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection


@contextmanager
def gunicorn(database: dict[str, Any], workers: int = 1) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The application as it is served, on the database that these settings of a connection name: its address, its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"postgresql://{database['USER']}:{database['PASSWORD'] or ''}@/{database['NAME']}?host={database['HOST']}"
    if database["PORT"]:
        url += f"&port={database['PORT']}"
    told = {**os.environ, "DATABASE_URL": url, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [
        sys.executable, "-m", "gunicorn", "doudi.web.wsgi", "-b", f"127.0.0.1:{port}", "-w", str(workers), "--threads", "4",
    ]  # fmt: skip
    process = subprocess.Popen(command, env=told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(lambda: answers(port))
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.terminate()
        process.wait()


def until(true: Callable[[], Any], patience: float = 300) -> Any:
    """Wait for something that another process does."""
    deadline = time.monotonic() + patience
    while not (found := true()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return found


def answers(port: int) -> bool:
    """Whether somebody listens."""
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def children_of(process: subprocess.Popen[bytes]) -> list[int]:
    """The workers of a server."""
    return [
        int(each)
        for each in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("utf-8").split()
    ]


def lock_waits() -> list[int]:
    """The sessions of the database that wait for another, by the numbers of their processes.

    A transaction sees the sessions that it saw when it first asked, so it is told to look again.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT pid FROM pg_locks WHERE NOT granted AND pid IN"
            " (SELECT pid FROM pg_stat_activity WHERE datname = current_database())"
        )
        return [pid for (pid,) in cursor.fetchall()]
