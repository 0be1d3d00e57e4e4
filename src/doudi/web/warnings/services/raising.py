"""Opening the cases of many warnings at once: the procedure is asked once for each indicator and level."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from doudi import procedure
from doudi.procedure.moves import Taken
from doudi.web.cases.models import Case, Step
from doudi.web.cases.models.step import PURPOSE, seal_owner
from doudi.web.cases.numbers import case_numbers
from doudi.web.cases.services.cases import summarise
from doudi.web.registry.models import Person
from doudi.web.registry.sensitive import seal
from doudi.web.warnings.models import Round, Warning
from doudi.web.warnings.words import indicator_word

KIND, RAISE = "warning", "raise_warning"
_COLUMNS = (
    "stage", "owner", "steps", "source", "programme", "opinion", "amount", "moved_at", "closed_at", "due", "due_clock", "bound",
)  # fmt: skip
_BATCH = 1000
_POINT = """
UPDATE warnings_warning SET case_id = r.case_id FROM warnings_round r
WHERE r.warning_id = warnings_warning.id AND r.case_id = ANY(%s)"""
"""Lets each warning point to its new case."""


def raise_cases(warnings: Sequence[Warning], at: datetime, by: Any = None) -> list[Round]:
    """Open a case for each of these stored warnings, as ``open_case`` and ``take`` with ``raise_warning`` would, and begin its round.

    Args:
        at: the moment, local and naive.
        by: who raises them; None: the system.

    Raises:
        MoveError: the procedure refuses it.
    """
    if not warnings:
        return []
    patterns = {
        key: _Pattern(*key, at, by) for key in {(one.county, one.indicator, one.level) for one in warnings}
    }
    accounts = _accounts({one.household_id for one in warnings})
    numbers = iter(_numbers(warnings, at.year))
    pairs = [(one, patterns[one.county, one.indicator, one.level]) for one in warnings]
    cases = [pattern.case(one, next(numbers), accounts.get(one.household_id, [])) for one, pattern in pairs]
    Case.objects.bulk_create(cases, batch_size=_BATCH)
    Step.objects.bulk_create(
        [pattern.step(case) for case, (_one, pattern) in zip(cases, pairs, strict=True)], batch_size=_BATCH
    )
    for one, case in zip(warnings, cases, strict=True):
        one.case = case
    rounds = [
        Round(
            region_id=one.region_id, warning=one, case=case, indicator=one.indicator, level=one.level,
            raised_at=case.opened_at,
        )
        for one, case in zip(warnings, cases, strict=True)
    ]  # fmt: skip
    Round.objects.bulk_create(rounds, batch_size=_BATCH)
    with connection.cursor() as cursor:
        cursor.execute(_POINT, [[case.pk for case in cases]])
    return rounds


class _Pattern:
    """What raising a warning of an indicator and level comes to, in a county."""

    def __init__(self, county: str, indicator: str, level: str, at: datetime, by: Any) -> None:
        actor = procedure.Actor(str(by.pk), by.role) if by else procedure.Actor("system", "system")
        inputs = {"indicator": indicator_word(indicator, "zh"), "level": level}
        self.taken: Taken = procedure.apply(procedure.Case(KIND, county), RAISE, actor, at, inputs)
        self.by, self.at = by, timezone.make_aware(at)
        found = Case()
        summarise(found, self.taken.case, at)
        self.columns = {name: getattr(found, name) for name in _COLUMNS}

    def case(self, one: Warning, number: str, accounts: list[str]) -> Case:
        """The case of a warning."""
        return Case(
            region_id=one.region_id, county=one.county, kind=KIND, household_id=one.household_id, accounts=accounts,
            opened_at=self.at, number=number, **self.columns,
        )  # fmt: skip

    def step(self, case: Case) -> Step:
        """The step by which a case was raised."""
        event = self.taken.event
        text = json.dumps({"indicator": event.inputs["indicator"]}, ensure_ascii=False).encode()
        return Step(
            region_id=case.region_id, case=case, number=event.number, step=event.step, at=self.at, by=self.by,
            role=event.actor.role, before=event.before, after=event.after, documents=list(event.documents),
            plain={"level": event.inputs["level"]}, sealed=seal(text, PURPOSE, seal_owner(case.pk, event.number)),
        )  # fmt: skip


def _numbers(warnings: Sequence[Warning], year: int) -> list[str]:
    """Numbers in the order of the warnings, which are all of one county."""
    return case_numbers(warnings[0].county, year, len(warnings))


def _accounts(households: set[int]) -> dict[int, list[str]]:
    """The accounts of those who live in the households."""
    rows = Person.objects.filter(
        memberships__household__in=households, memberships__until__isnull=True, login__isnull=False
    ).values_list("memberships__household_id", "login_id")
    found: dict[int, set[str]] = {}
    for household, login in rows:
        found.setdefault(household, set()).add(str(login))
    return {household: sorted(logins) for household, logins in found.items()}
