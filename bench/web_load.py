"""Clerks at work on the web application, all at once: how long pages and deeds take, and how often they fail."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from bench.measure import ROOT, in_child
from bench.result import Result, at_least, at_most

HOME = ROOT / "build" / "bench"
BIND = "127.0.0.1:8765"
WORKERS, THREADS = 2, 4
USERS, SPAWN, SECONDS = 50, 2, 120
THINKS = "4-12"
"""A clerk reads for so many seconds before the next step."""
READS, WRITES, ERRORS, RATE = 150, 300, 0.1, 50_000 / 15
_READY = 120.0


def load(persons: int, users: int = USERS, run: int = SECONDS) -> Iterator[Result]:
    """The bars of entering a county (when it is entered now) and of ``users`` clerks at once."""
    folder = Path(os.environ.get("DOUDI_BENCH_HOME") or HOME / f"web-{persons}")
    told = in_child("web-prepare", folder, persons)
    if told["seconds"]:
        yield at_least("web.load_entering", told["persons"] / told["seconds"], "persons/s", RATE)
    found = work(folder, users, run)
    report(found)
    yield at_most("web.load_reads", percentile(found, "read", 0.95), "ms", READS)
    yield at_most("web.load_writes", percentile(found, "write", 0.95), "ms", WRITES)
    asked = sum(sum(each["times"].values()) for each in found)
    yield at_most("web.load_errors", 100 * sum(each["errors"] for each in found) / asked, "%", ERRORS)


def work(folder: Path, users: int, run: int) -> list[dict[str, Any]]:
    """Serve the application and let clerks work; of each kind of request the times in milliseconds."""
    result = folder / "result.json"
    environment = {
        **os.environ, "DOUDI_BENCH_CLERKS": str(folder / "clerks.json"), "DOUDI_BENCH_RESULT": str(result),
        "DOUDI_BENCH_THINKS": os.environ.get("DOUDI_BENCH_THINKS") or THINKS,
    }  # fmt: skip
    command = [
        sys.executable, "-m", "locust", "-f", str(ROOT / "bench" / "web_clerk.py"), "--headless", "--users", str(users),
        "--spawn-rate", str(SPAWN), "--run-time", f"{run}s", "--host", f"http://{BIND}", "--only-summary",
        "--reset-stats", "--exit-code-on-error", "0", "--loglevel", "WARNING",
    ]  # fmt: skip
    with served(folder):
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    found: list[dict[str, Any]] = json.loads(result.read_text("utf-8"))
    return found


@contextmanager
def served(folder: Path) -> Iterator[None]:
    """The application under gunicorn while the block runs."""
    from bench.web_prepare import ENVIRONMENT

    environment = {
        **os.environ,
        **ENVIRONMENT,
        "DOUDI_HOME": str(folder / "home"),
        "DOUDI_THREADS": str(THREADS),
    }
    command = [sys.executable, "-m", "doudi.cli", "web", "run", "--bind", BIND, "--workers", str(WORKERS)]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _wait(server)
        yield
    finally:
        server.terminate()
        server.wait()


def _wait(server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _READY
    while time.monotonic() < deadline and server.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"http://{BIND}/health/") as answer:
            if answer.status == 200:
                return
        time.sleep(0.2)
    raise subprocess.CalledProcessError(server.poll() or 1, "doudi web run")


def percentile(found: list[dict[str, Any]], kind: str, share: float) -> float:
    """The time within which so large a share of the requests of a kind was answered."""
    times = sum((Counter(_times(each)) for each in found if each["name"].startswith(kind)), Counter())
    wanted, passed = share * sum(times.values()), 0
    for taken in sorted(times):
        passed += times[taken]
        if passed >= wanted:
            return taken
    return 0.0


def report(found: list[dict[str, Any]]) -> None:
    """One line for each kind of request."""
    for each in sorted(found, key=lambda each: str(each["name"])):
        middle, late = (percentile([each], each["name"], share) for share in (0.5, 0.95))
        count = sum(each["times"].values())
        print(
            f"  {each['name']:<22} {count:>6} p50 {middle:>5.0f} p95 {late:>5.0f} ms, {each['errors']} errors"
        )


def _times(each: dict[str, Any]) -> dict[float, int]:
    return {float(taken): count for taken, count in each["times"].items()}
