"""Decisions that turn on a reading: when a county writes down how it reads a rule, the past ones are listed (story 19)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from doudi.procedure.case import Case


@dataclass(frozen=True, slots=True)
class TurningDecision:
    """A case that turned on a reading: how it was settled (``conference``, ``reading`` or ``open``) and by which record."""

    case: str
    calculated: date
    settled_by: str
    record: str
    chosen: str


def decisions_turning_on(cases: Mapping[str, Case], reading: str) -> list[TurningDecision]:
    """The cases, by their number, whose last calculation turned on ``reading``, oldest first."""
    found = [decision for number, case in cases.items() for decision in _turning(number, case, reading)]
    return sorted(found, key=lambda each: (each.calculated, each.case))


def _turning(number: str, case: Case, reading: str) -> Iterable[TurningDecision]:
    calculated = [event for event in case.events if event.step == "calculate"]
    if not calculated or reading not in _words(calculated[-1].inputs.get("turns_on")):
        return
    since = calculated[-1].number
    for event in reversed(case.events):
        if event.number > since and reading in _words(event.inputs.get("settles")):
            by, key = {"hold_conference": ("conference", "minutes")}.get(
                event.step, ("reading", "reading_record")
            )
            record, chosen = str(event.inputs.get(key, "")), str(event.inputs.get("chosen", ""))
            yield TurningDecision(number, calculated[-1].at.date(), by, record, chosen)
            return
    yield TurningDecision(number, calculated[-1].at.date(), "open", "", "")


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(word) for word in value) if isinstance(value, tuple) else ()
