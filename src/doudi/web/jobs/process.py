"""A worker process: takes jobs from the queue and does several at a time. Stopped, it lets each finish its present step.

While it lives its heart beats in the database. Every worker looks for jobs of workers whose heart has stopped, and puts
them back into the queue; that a job is never done by two at once is seen to where it begins.

    python -m doudi.web.jobs.process --threads 2 --until-eof
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import sys
from dataclasses import dataclass
from typing import Any

from doudi.rules.errors import DoudiError
from doudi.web.outliving import at_end_of_input
from doudi.web.start import ready

_log = logging.getLogger("doudi.web.jobs")
HOPELESS = 2
"""The exit code that says: starting again would not help."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: how often the heart beats, after how long a silence a worker is taken for dead, and how often one looks."""

    beat: float = 10.0
    silence: float = 30.0
    look: float = 15.0
    patience: float = 2.0


def main(words: list[str] | None = None) -> int:
    """Work until stopped; the exit code."""
    parser = argparse.ArgumentParser(prog="doudi web worker")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--until-eof", action="store_true")
    told = parser.parse_args(words)
    try:
        with ready():
            from doudi.web.migration import must_be_current

            must_be_current()
            if told.until_eof:
                at_end_of_input(_stop)
            asyncio.run(work(told.threads, Pace()))
    except DoudiError as error:
        print(*(problem.sentence("en") for problem in error.problems), sep="\n", file=sys.stderr)
        return HOPELESS
    return 0


async def work(threads: int, pace: Pace) -> None:
    """Take jobs from the queue until the process is told to stop."""
    from procrastinate.contrib.django import app

    from doudi.web.jobs.queue import NAME, register_calendar

    register_calendar()
    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
        async with app.open_async():
            looking = asyncio.create_task(_look(app, pace))
            try:
                await app.run_worker_async(
                    queues=[NAME], name="doudi", concurrency=threads, delete_jobs="never",
                    shutdown_graceful_timeout=pace.patience, update_heartbeat_interval=pace.beat,
                    stalled_worker_timeout=pace.silence, fetch_job_polling_interval=min(5.0, pace.look),
                )  # fmt: skip
            finally:
                looking.cancel()


async def _look(app: Any, pace: Pace) -> None:
    """Put back what dead workers left, again and again."""
    while True:
        try:
            for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=pace.silence):
                _log.warning("the worker of delivery %s is dead; it is delivered again", job.id)
                await app.job_manager.retry_job(job)
        except Exception:
            _log.exception("looking for dead workers failed")
        await asyncio.sleep(pace.look)


def _stop() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
