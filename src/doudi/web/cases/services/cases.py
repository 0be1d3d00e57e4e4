"""A stored case as the procedure knows it, and the columns that follow from its steps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from doudi import procedure
from doudi.procedure.standing import Standing
from doudi.web.cases.marks import marks_of
from doudi.web.cases.models import Case, Kinship, Step

_WORDS = ("source", "programme", "opinion")
COLUMNS = (
    "accounts", "stage", "owner", "steps", *_WORDS, "amount", "marks", "moved_at", "closed_at", "due", "due_clock", "bound",
)  # fmt: skip
"""The columns that a step may change."""


def as_procedure(case: Case) -> procedure.Case:
    """The case with its steps, the accounts of its household and its declared kin."""
    return as_procedures([case])[case.pk]


def as_procedures(cases: Iterable[Case]) -> dict[int, procedure.Case]:
    """The same for many cases, by their rows, in two queries."""
    wanted = {case.pk: case for case in cases}
    events = events_of(wanted.keys())
    kin: dict[int, set[str]] = defaultdict(set)
    households = {case.household_id for case in wanted.values() if case.household_id is not None}
    for row in Kinship.objects.filter(household__in=households, until__isnull=True):
        kin[row.household_id].add(str(row.user_id))
    return {
        number: procedure.Case(
            case.kind, case.county, events[number], frozenset(case.accounts),
            frozenset(kin[case.household_id] if case.household_id else ()),
        )
        for number, case in wanted.items()
    }  # fmt: skip


def events_of(cases: Collection[int]) -> dict[int, tuple[procedure.Event, ...]]:
    """The steps of cases as the procedure knows them, in one query; none is asked where there is no case."""
    found: dict[int, list[procedure.Event]] = {number: [] for number in cases}
    for step in Step.objects.filter(case__in=found).order_by("case_id", "number"):
        found[step.case_id].append(step.event())
    return {number: tuple(events) for number, events in found.items()}


def summarise(case: Case, known: procedure.Case, now: datetime) -> Standing:
    """Fill the columns of a case from its steps; the caller saves it. ``now`` is local and naive."""
    rules = procedure.procedure()
    found = procedure.standing(rules, known)
    case.stage, case.owner, case.steps = found.stage.name, found.stage.owner, len(known.events)
    for name in _WORDS:
        setattr(case, name, str(found.facts.get(name, "")))
    amount = found.facts.get("amount")
    case.amount = amount if isinstance(amount, int) else None
    case.marks = marks_of(found, known)
    last = known.events[-1].at if known.events else now
    case.moved_at = timezone.make_aware(last)
    case.closed_at = case.moved_at if found.stage.final else None
    _deadline(case, procedure.readings(rules, known, now))
    return found


def _deadline(case: Case, readings: list[procedure.Reading]) -> None:
    """The soonest end of a limit that still runs; periods that merely have to pass bind nobody."""
    running = [
        each
        for each in readings
        if each.state in ("running", "over") and each.due is not None and each.run.clock.nature != "period"
    ]
    soonest: Any = min(running, key=lambda each: each.due.at if each.due else datetime.max, default=None)
    case.due = timezone.make_aware(soonest.due.at) if soonest else None
    case.due_clock = soonest.run.clock.name if soonest else ""
    case.bound = soonest.run.clock.bound if soonest else ""


def aware_now() -> datetime:
    """The moment. All of case work asks here, so that tests can set the clock in one place."""
    return timezone.now()


def local_now() -> datetime:
    """The moment, local and naive as the procedure counts."""
    return timezone.make_naive(aware_now())


def rows_of(case: Case) -> list[Step]:
    """The steps of a case with whoever took them."""
    return list(case.taken.select_related("by").order_by("number"))
