"""A job of the web application done by a worker process of its own, and what that took."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

from bench.measure import ROOT

PAUSE = 0.5


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock, seconds of processor time of the worker, and the most memory of any worker yet, in bytes."""

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
        taken = time.perf_counter() - start
    finally:
        worker.terminate()
        worker.wait()
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return Spent(taken, processor, peak * (1 if sys.platform == "darwin" else 1024))


def stored(number: int) -> Any:
    """The job as it is now."""
    from django.db import transaction

    from doudi.web.database.scope import acting_as, system
    from doudi.web.jobs.models import Job

    with acting_as(system()), transaction.atomic():
        return Job.objects.get(pk=number)
