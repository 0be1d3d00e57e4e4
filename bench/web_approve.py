"""Very many reviewed proposals confirmed in one action: how many a second, each decided once and counted."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.measure import in_child
from bench.result import Result, shown
from bench.web_county import made_once
from bench.web_job import stored, work
from bench.web_load import HOME

MANY = 100_000
"""How many the issue speaks of; the time for so many is told beside the rate."""
HEAD = "county.head"


def approve(proposals: int) -> Iterator[Result]:
    """Confirm so many proposals by one job of a worker process."""
    folder = Path(os.environ.get("DOUDI_BENCH_HOME") or HOME / "web-approve")
    told = in_child("web-approve", folder, proposals)
    print(
        f"  {told['done']} confirmed in {told['seconds']:.0f} s; {MANY} at this rate take {MANY * told['each']:.0f} s,"
        f" processor {1000 * told['processor']:.1f} ms each in the worker, at most {told['peak'] / 2**20:.0f} MiB"
    )
    yield shown("web.approve_rate", 1 / told["each"], "proposals/s")


def confirmed(folder: Path, proposals: int) -> dict[str, Any]:
    """Make the proposals, let a worker confirm them, and see that the counts add up."""
    from bench.web_prepare import entered

    with entered(folder, made_once(folder / "county")):
        from bench.web_proposals import confirm_first, propose

        confirm_first()
        numbers = propose(proposals)
        job = _asked(numbers)
        spent = work(job)
        _must_add_up(numbers, job)
    return {
        "done": proposals, "seconds": spent.seconds, "each": spent.seconds / proposals,
        "processor": spent.processor / proposals, "peak": spent.peak,
    }  # fmt: skip


def _asked(numbers: list[int]) -> int:
    """The one action of the head of the county: the job."""
    from django.db import transaction

    from doudi.web.accounts.models import User
    from doudi.web.cases.background import CONFIRM
    from doudi.web.database.scope import acting_as, system
    from doudi.web.jobs import bulk

    with acting_as(system()), transaction.atomic():
        head = User.objects.get(username=HEAD)
        with acting_as(head.scope):
            return bulk.start(CONFIRM, numbers, head).pk


def _must_add_up(numbers: list[int], job: int) -> None:
    """Every proposal is confirmed, with one letter more and one entry of its step, and the job says so.

    Raises:
        RuntimeError: it is not so.
    """
    from django.db import transaction

    from doudi.web.audit.models import Entry
    from doudi.web.cases.models import Case, Paper
    from doudi.web.database.scope import acting_as, system

    with acting_as(system("auditor")), transaction.atomic():
        found = {
            "counted": stored(job).counts,
            "confirmed": Case.objects.filter(pk__in=numbers, stage="confirmed").count(),
            "letters": Paper.objects.filter(case__in=numbers, kind="grant_decision").values("case").distinct().count(),
            "entries": Entry.objects.filter(
                action="case.step", request=f"job-{job}", target__in=[str(number) for number in numbers]
            ).count(),
        }  # fmt: skip
    many = len(numbers)
    if found != {"counted": {"done": many}, "confirmed": many, "letters": many, "entries": many}:
        raise RuntimeError(f"of {many} proposals: {found}")
