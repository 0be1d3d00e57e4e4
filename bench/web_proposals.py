"""Very many reviewed proposals: one confirmed case of the demonstration as it was before, copied to other households.

A copy has steps, texts and determination of its own, sealed for it; what is determined is that of the household copied.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import cycle, islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from doudi.assessment.determination import Determination
from doudi.assessment.discretion import discretion
from doudi.web.cases.errors import CaseError
from doudi.web.cases.models import Case, Frozen, Step
from doudi.web.cases.models.frozen import PURPOSE as DETERMINATION
from doudi.web.cases.models.step import PURPOSE as STEP
from doudi.web.cases.models.step import seal_owner
from doudi.web.cases.numbers import case_numbers, draw
from doudi.web.cases.selectors.calculating import determination_of, proposal_of
from doudi.web.cases.services.calculating import SERIES, freeze_for
from doudi.web.cases.services.cases import as_procedure, local_now, summarise
from doudi.web.database.scope import acting_as, system
from doudi.web.demonstration.accounts import TOWNSHIP
from doudi.web.demonstration.cases import _walk, users
from doudi.web.demonstration.county import COUNTY
from doudi.web.demonstration.histories import History, histories
from doudi.web.registry.models import Household
from doudi.web.registry.sensitive import open_sealed, seal

AT_ONCE = 2_000


@dataclass(frozen=True)
class Pattern:
    """The case that is copied, with its steps and its determinations as they are when open."""

    case: Case
    steps: list[Step]
    frozen: list[Frozen]

    @staticmethod
    def found() -> Pattern:
        """The newest application that was just confirmed, as it waited for that."""
        case = Case.objects.filter(kind="application", stage="confirmed").order_by("-pk")[0]
        *steps, confirmed = case.taken.order_by("number")
        frozen = list(case.determinations.order_by("pk"))
        known = as_procedure(case)
        summarise(case, replace(known, events=known.events[:-1]), timezone.make_naive(confirmed.at))
        for step in steps:
            step.sealed = step.sealed and open_sealed(step.sealed, STEP, seal_owner(case.pk, step.number))
        for each in frozen:
            each.sealed = open_sealed(each.sealed, DETERMINATION, each.number)
        return Pattern(case, steps, frozen)


def confirm_first() -> None:
    """Walk one application of the demonstration to its confirmation, unless there is one; of a household that can be walked.

    Raises:
        RuntimeError: there is none.
    """
    with acting_as(system()), transaction.atomic():
        if Case.objects.filter(kind="application", stage="confirmed").exists():
            return
        played, story = users(), next(each for each in histories(local_now()) if _is_confirmed(each))
        homes = Household.objects.filter(county=COUNTY, head__isnull=False, tier=story.input("programme"))
        for home in homes.filter(region__code__startswith=TOWNSHIP[:9]).order_by("size", "pk"):
            with suppress(CaseError), transaction.atomic():
                _walk(story, home, played)
                _freeze(Case.objects.filter(household=home, stage="confirmed").order_by("-pk")[0])
                return
    raise RuntimeError("no household of the county can be walked to the confirmation")


def _freeze(case: Case) -> None:
    """Store the determination, as the calculation of a case does."""
    found = determination_of(case, local_now().date())
    assert isinstance(found, Determination)
    freeze_for(case, found, proposal_of(found, discretion(found)), None, local_now())


def _is_confirmed(history: History) -> bool:
    return (history.kind, history.stage) == ("application", "confirmed")


def propose(count: int) -> list[int]:
    """Make so many proposals; their numbers."""
    with acting_as(system()), transaction.atomic():
        pattern = Pattern.found()
        homes = Household.objects.filter(county=pattern.case.county, head__isnull=False, size__gt=0).order_by(
            "pk"
        )
        chosen = list(islice(cycle(homes.only("pk", "region_id")), count))
        parts = [chosen[start : start + AT_ONCE] for start in range(0, count, AT_ONCE)]
        return [case.pk for part in parts for case in _copies(pattern, part)]


def _copies(pattern: Pattern, homes: list[Household]) -> list[Case]:
    """One case for each of these households."""
    case, year = pattern.case, timezone.localdate().year
    numbers = case_numbers(case.county, year, len(homes))
    cases = Case.objects.bulk_create(
        _copy(
            case, number=number, household_id=home.pk, region_id=home.region_id, accounts=[], assigned_to=None
        )
        for number, home in zip(numbers, homes, strict=True)
    )
    count = len(cases) * len(pattern.frozen)
    last = draw(case.county, year, SERIES, count)
    names = iter(f"{case.county}-{year}-{SERIES}{number:06}" for number in range(last + 1 - count, last + 1))
    frozen: list[Frozen] = []
    steps: list[Step] = []
    for each in cases:
        renamed = {old.number: next(names) for old in pattern.frozen}
        frozen += [_frozen(old, each, renamed[old.number]) for old in pattern.frozen]
        steps += [_step(old, each, renamed) for old in pattern.steps]
    Frozen.objects.bulk_create(frozen)
    Step.objects.bulk_create(steps)
    return cases


def _frozen(old: Frozen, case: Case, number: str) -> Frozen:
    return _copy(
        old,
        case=case,
        region_id=case.region_id,
        number=number,
        sealed=seal(old.sealed, DETERMINATION, number),
    )


def _step(old: Step, case: Case, renamed: dict[str, str]) -> Step:
    sealed = old.sealed and seal(old.sealed, STEP, seal_owner(case.pk, old.number))
    plain = {
        name: renamed.get(value, value) if isinstance(value, str) else value
        for name, value in old.plain.items()
    }
    return _copy(old, case=case, region_id=case.region_id, plain=plain, sealed=sealed, token=None)


def _copy(row: Any, **other: Any) -> Any:
    """A row that is not stored yet, with other values in some columns."""
    kept = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    for name in other:
        kept.pop(name if name in kept else f"{name}_id", None)
    return type(row)(**kept, **other)
