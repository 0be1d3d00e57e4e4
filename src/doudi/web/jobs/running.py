"""One job, from its delivery to its end."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F
from django.utils import timezone

from doudi.web.accounts.models import User
from doudi.web.audit import record
from doudi.web.audit.context import SYSTEM, Actor, deeds_of
from doudi.web.audit.models import Outcome
from doudi.web.database.scope import Scope, acting_as, system
from doudi.web.jobs.errors import ActorError, Busy, Cancelled, Interrupted, JobError
from doudi.web.jobs.kinds import kind_of
from doudi.web.jobs.models import OPEN, Job, State
from doudi.web.jobs.work import Work

MOST_ATTEMPTS = 6
"""How often a job may take its worker down with it before it is given up."""
_log = logging.getLogger("doudi.web.jobs")


def run(number: int, interrupted: Callable[[], bool] = lambda: False) -> None:
    """Do a job, unless it is over.

    Raises:
        Busy: another worker is at it.
        Interrupted, OperationalError, InterfaceError: it has to be delivered again.
    """
    with acting_as(system()), deeds_of(SYSTEM), _alone(number):
        job = _begin(number)
        if job is None:
            return
        try:
            scope, who, user = _actor(job)
            with acting_as(scope), deeds_of(who):
                kind_of(job.kind).run(Work(job, user, interrupted))
        except Cancelled:
            _end(job, State.CANCELLED)
        except Interrupted:
            _set(job, state=State.WAITING, attempts=F("attempts") - 1)
            raise
        except JobError as error:
            _fail(job, error.zh, error.en)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            _log.exception("job %s failed", job.kind)
            place = traceback.extract_tb(error.__traceback__)[-1]
            told = f"{type(error).__name__}, {place.name}:{place.lineno}"
            _fail(job, f"程序错误（{told}）", f"an error in the program ({told})")
        else:
            _end(job, State.DONE)


@contextmanager
def _alone(number: int) -> Iterator[None]:
    """Hold the job for this connection: a worker that was taken for dead and lives keeps it, and one that died lets go."""
    key = [number]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext('doudi job'), %s)", key)
        if not cursor.fetchone()[0]:
            raise Busy
    try:
        yield
    finally:
        if connection.connection is not None and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtext('doudi job'), %s)", key)


@transaction.atomic
def _begin(number: int) -> Job | None:
    job: Job | None = Job.objects.select_for_update().filter(pk=number, state__in=OPEN).first()
    if job is None:
        return None
    if job.stop:
        _end(job, State.CANCELLED)
        return None
    if job.attempts >= MOST_ATTEMPTS:
        _fail(job, "工作进程在这项任务中多次中断", "the worker broke off in this job again and again")
        return None
    job.state, job.attempts = State.RUNNING, job.attempts + 1
    job.started_at = job.started_at or timezone.now()
    job.save(update_fields=["state", "attempts", "started_at"])
    return job


def _actor(job: Job) -> tuple[Scope, Actor, User | None]:
    """With whose eyes and in whose name the job works: those of the account as it is now."""
    if job.by_id is None:
        return system(), SYSTEM, None
    with transaction.atomic():
        user = User.objects.get(pk=job.by_id)
    if not user.is_active or user.role != job.role or user.region_id != job.region_id:
        raise ActorError
    who = Actor(str(user.pk), user.username, user.role, user.region_id or "", "", f"job-{job.pk}")
    return user.scope, who, user


def _fail(job: Job, zh: str, en: str) -> None:
    _end(job, State.FAILED, fault=zh[:300], fault_en=en[:300])


@transaction.atomic
def _end(job: Job, state: State, **more: Any) -> None:
    _set(job, state=state, finished_at=timezone.now(), **more)
    if state == State.FAILED:
        with acting_as(system()), deeds_of(SYSTEM):
            record("job.failed", job, outcome=Outcome.FAILED, reason=more.get("fault", ""))


@transaction.atomic
def _set(job: Job, **values: Any) -> None:
    Job.objects.filter(pk=job.pk).update(**values)
