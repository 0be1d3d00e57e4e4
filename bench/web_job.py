"""A job of the web application done by a worker process of its own, and what that took."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.measure import ROOT

PAUSE = 0.5


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock, seconds of processor time of the worker, and the most memory that it held, in bytes; 0 where the system does
    not tell."""

    seconds: float
    processor: float
    peak: int


def work(job: int) -> Spent:
    """Let a worker process do a job to its end."""
    command = [sys.executable, "-m", "doudi.web.jobs.process", "--threads", "1"]
    before, start = os.times(), time.perf_counter()
    worker = subprocess.Popen(command, cwd=ROOT)
    try:
        while worker.poll() is None and stored(job).open:
            time.sleep(PAUSE)
        taken, peak = time.perf_counter() - start, _held(worker.pid)
    finally:
        worker.terminate()
        worker.wait()
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return Spent(taken, processor, peak)


def _held(pid: int) -> int:
    """What a living process held at most, by itself: ``ru_maxrss`` of a child would count what its parent held."""
    try:
        told = Path(f"/proc/{pid}/status").read_text("utf-8")
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in told.splitlines() if line.startswith("VmHWM")), 0)


def stored(number: int) -> Any:
    """The job as it is now."""
    from django.db import transaction

    from doudi.web.database.scope import acting_as, system
    from doudi.web.jobs.models import Job

    with acting_as(system()), transaction.atomic():
        return Job.objects.get(pk=number)
