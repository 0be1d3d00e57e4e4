"""Work that is late, and who is to be told (督办)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from doudi.procedure.case import Case
from doudi.procedure.procedure import Procedure, procedure
from doudi.procedure.running import Reading
from doudi.procedure.standing import readings


@dataclass(frozen=True, slots=True)
class Overdue:
    """One clock of one case that has run out: who is bound, and who is to be told."""

    case: str
    reading: Reading
    bound: str
    told: str


def overdue(cases: Mapping[str, Case], at: datetime, rules: Procedure | None = None) -> list[Overdue]:
    """Every clock that is running and late at a moment, the latest first; clocks at rest or stopped are not late.

    Raises:
        LawError: an unknown kind of case or step.
    """
    rules = rules or procedure()
    found = [
        Overdue(number, reading, reading.run.clock.bound, reading.run.clock.overdue_to)
        for number, case in cases.items()
        for reading in readings(rules, case, at)
        if reading.is_overdue and reading.state == "over" and reading.run.stopped is None
    ]
    return sorted(found, key=lambda each: (-each.reading.late, each.case, each.reading.run.clock.name))
