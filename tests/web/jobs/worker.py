"""A worker process that knows the kinds and deeds of the tests: what a real one does, faster."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from doudi.web.jobs.process import Pace, work

PACE = Pace(beat=0.2, silence=1.0, look=0.2, patience=0.5)


@contextmanager
def worker(database: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker process on a database of the test server; killed at the end if it still lives."""
    environment = os.environ | {"DOUDI_TEST_DATABASE": database, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen([sys.executable, "-m", __name__], env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def main() -> None:
    """Work until stopped."""
    import django

    django.setup()
    from django.db import connections

    import tests.web.jobs.deeds  # noqa: F401

    for alias in connections:
        connections[alias].settings_dict["NAME"] = os.environ["DOUDI_TEST_DATABASE"]
    asyncio.run(work(2, PACE))


if __name__ == "__main__":
    main()
