"""The rules of a place on a day: limits and local choices, with where each comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, cast

from doudi.procedure.calendar import Unit
from doudi.procedure.model.clocks import Clock
from doudi.rules.errors import LawError, Problem
from doudi.rules.parameters import NATIONAL, Resolved, Source

if TYPE_CHECKING:
    from doudi.procedure.procedure import Procedure

DELEGATION = "choice.delegated"
LAW_OF_2026 = date(2026, 7, 1)
"""From this day 社会救助法 art. 44 lets the province alone move confirmation to townships."""
_UNITS = ("working_days", "days", "months", "hours")


@dataclass(frozen=True, slots=True)
class Ground:
    """What holds in a region on a day; ``region`` is the one whose file is followed, ``asked`` the one asked for."""

    region: str
    asked: str
    day: date
    resolved: Resolved

    def value(self, name: str) -> int | None:
        """A limit or choice in engine units (fen, 1/10000, counts); None where nobody has set it."""
        return self.resolved.at(name)

    def flag(self, name: str) -> bool:
        """Whether a choice of yes or no is yes; what nobody has set is no."""
        return bool(self.resolved.at(name))

    def code(self, name: str) -> str | None:
        """The word of a choice among several."""
        choices, value = self.resolved.definition(name).choices, self.resolved.at(name)
        return None if choices is None or value is None else choices.code(value)

    @property
    def delegated(self) -> bool:
        """Whether the township confirms (下放): from 2026-07-01 only where the province itself has provided it."""
        source = self.source(DELEGATION)
        by_province = source is None or source.level.endswith("0000")
        return self.flag(DELEGATION) and (by_province or self.day < LAW_OF_2026)

    def source(self, name: str) -> Source | None:
        """Where the value comes from."""
        return self.resolved.source(name)

    def unit(self, name: str) -> Unit:
        """The unit of a limit.

        Raises:
            LawError: the parameter is no limit of time.
        """
        unit = self.resolved.definition(name).unit.name
        if unit not in _UNITS:
            raise LawError(
                [Problem("limit.unit", "不是时间单位", "not a unit of time", value=f"{name}: {unit}")]
            )
        return cast(Unit, unit)

    def length(self, clock: Clock, facts: dict[str, str]) -> tuple[str, int | None]:
        """The limit that a clock follows for these facts: the parameter, and its value (None where nobody has set it)."""
        instead = (each.limit for each in clock.instead if facts.get(each.fact) == each.value)
        name = next((limit for limit in instead if self.value(limit) is not None), clock.limit)
        return name, self.value(name)


def ground(procedure: Procedure, region: str, day: date) -> Ground:
    """What holds in a region on a day; a region without a file of its own follows the nearest one above it.

    Raises:
        LawError: a day before all law.
    """
    return _ground(procedure, region, day)


@cache
def _ground(procedure: Procedure, region: str, day: date) -> Ground:
    known = known_region(procedure, region)
    asked = region if region.isdigit() else known
    return Ground(known, asked, day, procedure.parameters.resolve(known, day))


def known_region(procedure: Procedure, region: str) -> str:
    """The region itself when it has a file, else the nearest above it that has one, else the nation."""
    code = region if region.isdigit() else procedure.parameters.region(region).code
    above = (code, f"{code[:4]}00", f"{code[:2]}0000")
    return next((each for each in above if each in procedure.regions), NATIONAL)
