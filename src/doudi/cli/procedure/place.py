"""The place and the day that a command about the procedure looks at."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from doudi.cli.options import day_of
from doudi.rules.parameters import NATIONAL

if TYPE_CHECKING:
    from doudi.procedure import Ground


def ground_of(region: str | None, day: str | None) -> Ground:
    """What holds in the region (the nation when not given) on the day (today when not given).

    Raises:
        RegionError: no such region. LawError: no such day, or a day before all law.
    """
    from doudi.assessment.statute import all_parameters
    from doudi.procedure import ground, procedure

    code = all_parameters().region(region).code if region else NATIONAL
    return ground(procedure(), code, date.today() if day is None else day_of(day))
