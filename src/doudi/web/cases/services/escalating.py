"""Telling whoever is to be told of work that is late (督办): once for each limit, as often as it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from doudi import procedure
from doudi.procedure.moves import Taken
from doudi.web.audit import record
from doudi.web.cases.effects import ANY, Followed, after
from doudi.web.cases.models import Case, Escalation, Step
from doudi.web.cases.services.cases import as_procedures, local_now
from doudi.web.database.scope import acting_as, system

BLOCK = 200


class Escalated(NamedTuple):
    """How many late cases were looked at, and how many limits were told now."""

    looked_at: int
    told: int


def escalate(now: datetime | None = None) -> Escalated:
    """Tell of every limit in scope that has run out by ``now`` (local and naive) and has not been told of yet.

    Can be called at any time and again after it was broken off: each limit is told once.
    """
    at = now or local_now()
    late = Case.objects.filter(due__lt=timezone.make_aware(at), closed_at__isnull=True).order_by("pk")
    looked_at = told = 0
    for numbers in _blocks(late):
        with transaction.atomic():
            looked_at += len(numbers)
            told += _tell(list(Case.objects.filter(pk__in=numbers)), at)
    return Escalated(looked_at, told)


def _blocks(late: Any) -> Iterator[list[int]]:
    """The numbers of the cases, ``BLOCK`` at a time."""
    numbers = list(late.values_list("pk", flat=True))
    for start in range(0, len(numbers), BLOCK):
        yield numbers[start : start + BLOCK]


def _tell(cases: list[Case], at: datetime) -> int:
    rows = {case.pk: case for case in cases}
    known = {str(number): case for number, case in as_procedures(cases).items()}
    found = [
        Escalation(
            region_id=rows[int(each.case)].region_id, case_id=int(each.case), clock=each.reading.run.clock.name,
            started=timezone.make_aware(each.reading.run.started), due=timezone.make_aware(each.reading.due.at),
            bound=each.bound, told=each.told, at=timezone.make_aware(at),
        )
        for each in procedure.overdue(known, at)
        if each.reading.due is not None
    ]  # fmt: skip
    before = set(Escalation.objects.filter(case__in=rows).values_list("case_id", "clock", "started"))
    new = [row for row in found if (row.case_id, row.clock, row.started) not in before]
    Escalation.objects.bulk_create(new, ignore_conflicts=True)
    for row in new:
        record("case.escalate", rows[row.case_id], details={"clock": row.clock, "told": row.told})
    return len(new)


def _told_of(steps: list[Followed]) -> set[int]:
    """The cases of which somebody was told."""
    with acting_as(system()):
        told = Escalation.objects.filter(case__in=[each.case.pk for each in steps], ended_at__isnull=True)
        return set(told.values_list("case_id", flat=True))


@after(ANY, ANY, among=_told_of)
def settle(case: Case, step: Step, taken: Taken, user: Any) -> None:
    """What was done is late no more: its escalations end, whoever did it."""
    readings = procedure.readings(procedure.procedure(), taken.case, taken.event.at)
    running = {each.run.clock.name for each in readings if each.run.stopped is None}
    with acting_as(system()):
        open_ones = Escalation.objects.filter(case=case.pk, ended_at__isnull=True)
        open_ones.exclude(clock__in=running).update(ended_at=step.at)
