"""The worker beside the server of pages, as at the console: started with it, started again when killed, gone with it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from doudi.web.database import PrivateServer
from doudi.web.jobs.keeping import Keeper
from doudi.web.jobs.process import HOPELESS
from tests.web.jobs.conftest import until
from tests.web.test_commands import environment, fetch, free_port


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder for a demonstration."""
    place = Path(tempfile.mkdtemp(prefix="doudi-beside-"))
    place.chmod(0o711)
    yield place
    PrivateServer(place / "postgres").stop()
    shutil.rmtree(place)


def workers(home: Path) -> list[int]:
    """The workers of this home that are alive."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
            told = (entry / "environ").read_bytes()
        except (OSError, ValueError):
            continue
        if b"doudi.web.jobs.process" in words and f"DOUDI_HOME={home}".encode() in told.split(b"\0"):
            found.append(int(entry.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="the system does not tell of processes")
def test_a_worker_lives_beside_the_server_comes_back_when_killed_and_goes_with_it(home: Path):
    bind = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "doudi.cli", "web", "demo", "--bind", bind, "--workers", "1"]
    serving = subprocess.Popen(
        command, env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )  # fmt: skip
    try:
        fetch(f"http://{bind}/login/", patience=600).close()
        (first,) = until(lambda: workers(home), "a worker starts")
        os.kill(first, signal.SIGKILL)
        (second,) = until(lambda: [each for each in workers(home) if each != first], "another one starts")
        assert second != first
    finally:
        serving.send_signal(signal.SIGTERM)
        serving.wait(60)
    assert workers(home) == []
    assert PrivateServer(home / "postgres").process() is None


def test_a_keeper_does_not_start_again_what_cannot_start():
    keeper = Keeper([sys.executable, "-c", f"raise SystemExit({HOPELESS})"])
    assert keeper.keep() == HOPELESS


def test_a_keeper_that_is_stopped_ends_its_worker():
    keeper = Keeper([sys.executable, "-c", "import time; time.sleep(600)"])
    thread = threading.Thread(target=keeper.keep)
    thread.start()
    until(lambda: keeper.worker, "the worker starts")
    keeper.stop()
    thread.join()
    assert keeper.worker is not None
    assert keeper.worker.poll() == -signal.SIGTERM
