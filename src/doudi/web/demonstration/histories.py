"""What happened to a case, for every stage that a case can be in: taken from the cases by which the procedure is tested, and
moved towards today by whole weeks as far as the procedure allows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from doudi.procedure import Case, MoveError, apply
from doudi.procedure.case import Inputs, Plain
from doudi.procedure.cases import ProcedureCase, read_cases
from doudi.procedure.cases.model import Done
from doudi.procedure.procedure import procedure

COUNTY = "999901"
LAW_OF_2026 = datetime(2026, 7, 1)
RESIDENT = "resident"
_OFFICE_HOUR = timedelta(hours=9, minutes=30)


@dataclass(frozen=True, slots=True)
class History:
    """The steps after which a case of ``kind`` is in ``stage``."""

    kind: str
    stage: str
    steps: tuple[Done, ...]

    def input(self, name: str) -> Plain | None:
        """The last value that was filled in under a name."""
        return next((each.inputs[name] for each in reversed(self.steps) if name in each.inputs), None)


def histories(now: datetime) -> list[History]:
    """The shortest history for each kind and stage, ending as near before ``now`` as it can."""
    found: dict[tuple[str, str], History] = {}
    for case in read_cases():
        if case.clock is None and case.region == COUNTY and not case.kin:
            for history in _beginnings(case):
                key = history.kind, history.stage
                if key not in found or len(history.steps) < len(found[key].steps):
                    found[key] = history
    return [_moved(found[key], now) for key in sorted(found)]


def _beginnings(case: ProcedureCase) -> Iterator[History]:
    """Each beginning of a case, with the stage that it leads to."""
    now = Case(case.kind, case.region, (), frozenset({RESIDENT}))
    for number, done in enumerate(case.events, start=1):
        try:
            now = apply(now, done.step, done.actor, done.at, done.inputs).case
        except MoveError:
            return
        if done.at >= LAW_OF_2026:
            yield History(case.kind, now.events[-1].after, case.events[:number])


def _moved(history: History, now: datetime) -> History:
    """The history with its last step in the week before ``now``, or in the nearest earlier week in which it is lawful."""
    weeks = max(0, (now - history.steps[-1].at - _OFFICE_HOUR) // timedelta(weeks=1))
    for fewer in range(weeks, -1, -1):
        steps = tuple(_later(step, timedelta(weeks=fewer)) for step in history.steps)
        if _lawful(history.kind, steps):
            return replace(history, steps=steps)
    return history


def _lawful(kind: str, steps: Iterable[Done]) -> bool:
    now = Case(kind, COUNTY, (), frozenset({RESIDENT}))
    try:
        for step in steps:
            now = apply(now, step.step, step.actor, step.at, step.inputs).case
    except MoveError:
        return False
    return True


def _later(step: Done, span: timedelta) -> Done:
    at = step.at + span
    at = at + _OFFICE_HOUR if at.time() == datetime.min.time() else at
    months = (at.year - step.at.year) * 12 + at.month - step.at.month
    return replace(step, at=at, inputs=_inputs_later(step.inputs, span, months))


def _inputs_later(inputs: Inputs, span: timedelta, months: int) -> Inputs:
    """Days move with the step; the first of a month, and steps of an exit, by whole months."""
    kinds = procedure().inputs
    found: dict[str, Plain] = dict(inputs)
    for name, value in inputs.items():
        if kinds[name].kind == "day":
            day = date.fromisoformat(str(value))
            found[name] = (_month(day, months) if day.day == 1 else day + span).isoformat()
        elif kinds[name].kind == "steps" and isinstance(value, tuple):
            found[name] = tuple((_later_month(str(each[0]), months), int(each[1])) for each in value)
    return found


def _later_month(month: str, months: int) -> str:
    return _month(date.fromisoformat(f"{month}-01"), months).isoformat()[:7]


def _month(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)
