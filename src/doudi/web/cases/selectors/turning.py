"""Decisions that turn on a reading: what the county looks through again when it has written one down (story 19)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from doudi import procedure
from doudi.procedure.turning import TurningDecision
from doudi.web.cases.models import Case, Frozen
from doudi.web.cases.services.cases import as_procedures

MOST = 200


@dataclass(frozen=True, slots=True)
class Turned:
    """One case whose last calculation turned on elastic parameters, and how they were settled."""

    case: Case
    decision: TurningDecision


def decisions(county: str, paths: Collection[str]) -> list[Turned]:
    """The decisions in scope that turn on these parameters, the oldest first, each way of settling a case once; of more than
    ``MOST`` cases the newest."""
    numbers: Any = Frozen.objects.filter(turns_on__overlap=list(paths)).values("case_id")
    cases = list(
        Case.objects.filter(pk__in=numbers, county=county)
        .select_related("region", "household__head")
        .order_by("-pk")[:MOST]
    )
    by_number = {case.number: case for case in cases}
    known = as_procedures(cases)
    told = {case.number: known[case.pk] for case in cases}
    found = dict.fromkeys(
        decision for path in paths for decision in procedure.decisions_turning_on(told, path)
    )
    ordered = sorted(found, key=lambda each: (each.calculated, each.case))
    return [Turned(by_number[decision.case], decision) for decision in ordered]
