"""Writing down a standing reading (统一口径) when the county records it, and seeing to it that only such are applied."""

from __future__ import annotations

from typing import Any

from doudi.procedure.moves import Taken
from doudi.web.audit import record
from doudi.web.cases.effects import after
from doudi.web.cases.errors import CaseError, refused
from doudi.web.cases.models import Case, StandingReading, Step


@after("reading", "record_reading")
def write_down(case: Case, step: Step, taken: Taken, user: Any) -> None:
    """Make the reading known to every office of the county."""
    facts: dict[str, Any] = {}
    for event in taken.case.events:
        facts |= dict(event.inputs)
    number = str(facts["reading_record"])
    if StandingReading.objects.filter(number=number).exists():
        raise CaseError(
            refused(
                "reading.number",
                "这个统一口径编号已经用过",
                "this number is taken",
                "换一个编号",
                "take another number",
            )
        )
    StandingReading.objects.create(
        county=case.county, number=number, case=case, question=str(facts["agenda"]),
        settles=[str(path) for path in facts["settles"]], chosen=str(facts["chosen"]), minutes=str(facts["minutes"]),
        recorded_on=taken.event.at.date(),
    )  # fmt: skip
    record("reading.record", case, details={"number": number})
