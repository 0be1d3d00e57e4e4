"""The queue: Procrastinate's tables in our database. A delivery says only the number of a job.

Whether a job is done stands in the job itself; a delivery that comes twice finds it done.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db import InterfaceError, OperationalError
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Job as Delivery
from procrastinate.manager import JobManager

from doudi.web.jobs.errors import Busy, Interrupted

RUN, CALENDAR = "doudi.run", "doudi.calendar"
NAME = "doudi"
_WAITS = {Interrupted: 0, Busy: 3, OperationalError: 5, InterfaceError: 5}
"""Seconds after which a delivery that ended so comes again."""


class Again(BaseRetryStrategy):
    """Deliver again what was interrupted; the number of attempts is limited where the job begins."""

    def get_retry_decision(self, *, exception: BaseException, job: Delivery) -> RetryDecision | None:
        """When, or never."""
        for kind, seconds in _WAITS.items():
            if isinstance(exception, kind):
                return RetryDecision(retry_in={"seconds": seconds})
        return None


@app.task(name=RUN, pass_context=True, retry=Again(), queue=NAME)
def run(context: JobContext, job: int) -> None:
    """Do a job."""
    from doudi.web.jobs.running import run as do

    do(job, context.should_abort)


def deliver(job: int) -> int:
    """Put a job into the queue, in the open transaction; the number of the delivery."""
    delivery = Delivery(
        queue=NAME, task_name=RUN, task_kwargs={"job": job}, lock=None, queueing_lock=None, priority=0
    )
    number = _manager().defer_job(delivery).id
    assert number is not None
    return number


def call_back(number: int) -> bool:
    """Take a delivery out of the queue; False when it has begun or is over."""
    return _manager().cancel_job_by_id(number)


def register_calendar() -> None:
    """Let the worker deliver the entries of the calendar at their times."""
    from doudi.web.jobs.calendar import CALENDAR as ENTRIES
    from doudi.web.jobs.calendar import begin

    @app.task(name=CALENDAR, retry=Again(), queue=NAME)
    def calendar(timestamp: int, entry: str) -> None:
        begin(entry, datetime.fromtimestamp(timestamp, UTC))

    for entry in ENTRIES:
        told: Any = {"task_kwargs": {"entry": entry.name}}
        app.periodic_registry.register_task(calendar, entry.cron, entry.name, told)


def _manager() -> JobManager:
    """The queue over Django's connection, so that a job and its delivery are stored together or not at all."""
    return JobManager(DjangoConnector("default"))
