"""What the function of a job works with: its parameters, where it stands, and its steps.

for piece in pieces:
    if piece.number < work.step.get("piece", 0):
        continue
    with work.batch():
        …
        work.step["piece"] = piece.number + 1
        work.count("read", piece.rows)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from doudi.web.accounts.models import User
from doudi.web.jobs.errors import Cancelled, Interrupted
from doudi.web.jobs.models import Job, State


class Work:
    """One run of a job. ``actor`` is whoever asked for it, None for the system itself."""

    def __init__(self, job: Job, actor: User | None, interrupted: Callable[[], bool]) -> None:
        self.job, self.actor = job, actor
        self.step: dict[str, Any] = dict(job.step)
        self.counts: dict[str, int] = dict(job.counts)
        self.total = job.total
        self._interrupted = interrupted

    @property
    def params(self) -> dict[str, Any]:
        """What was asked for."""
        found: dict[str, Any] = self.job.params
        return found

    def count(self, name: str, number: int = 1) -> None:
        """Count so many as ended in this way; stored with the batch."""
        self.counts[name] = self.counts.get(name, 0) + number

    @contextmanager
    def batch(self) -> Iterator[None]:
        """One transaction, in which ``step``, ``counts`` and ``total`` are stored with what was done.

        Raises:
            Cancelled: after the batch, when somebody asked the job to stop.
            Interrupted: after the batch, when the worker is stopping.
        """
        with transaction.atomic():
            yield
            stop = self._store()
        if stop:
            raise Cancelled
        if self._interrupted():
            raise Interrupted

    def _store(self) -> bool:
        rows = Job.objects.filter(pk=self.job.pk, state=State.RUNNING)
        rows.update(step=self.step, counts=self.counts, total=self.total, moved_at=timezone.now())
        stop = rows.values_list("stop", flat=True).first()
        if stop is None:
            raise Cancelled
        return bool(stop)
