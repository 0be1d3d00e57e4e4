"""What a visitor should know before knocking: why, what to look at, what is not known yet, what the household may have at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from doudi.assessment.determination import Determination
from doudi.assessment.outreach import ALWAYS
from doudi.assessment.outreach_asks import Ask, asks, by_fact
from doudi.web.registry.models import Household
from doudi.web.registry.selectors.files import File
from doudi.web.warnings.models import Warning
from doudi.web.warnings.words import SILENT, indicator_of

MAY_APPLY = frozenset({"urgent", "need"})
"""The classes of indicators after which a household may apply."""


@dataclass(frozen=True, slots=True)
class Preparation:
    """``questions``: what no source tells and a visit settles. Nothing is brought that a department holds."""

    warnings: Sequence[Warning]
    look: Sequence[Any]
    questions: Sequence[Ask]

    @property
    def bring(self) -> list[Ask]:
        """The questions for which the household may have something at hand."""
        return [ask for ask in self.questions if ask.bring_zh and not ask.held]


def preparation(household: Household, warnings: Sequence[Warning]) -> Preparation:
    """For a visit that answers these warnings."""
    entries = [entry for entry in (indicator_of(one.indicator) for one in warnings) if entry is not None]
    look = list(dict.fromkeys(line for entry in entries for line in entry.visit))
    pointed = [one for one in warnings if one.indicator == SILENT]
    names: set[str] = {name for one in pointed for name in one.sides().get("asks", ())}
    if not pointed and any(entry.group in MAY_APPLY for entry in entries):
        names = _open(household)
    return Preparation(warnings, look, [ask for name, ask in asks().items() if name in names])


def _open(household: Household) -> set[str]:
    """The questions that settle what the tier of a household rests on and no source tells."""
    found = File(household).determination
    missing = found.missing if isinstance(found, Determination) else ()
    return {*ALWAYS, *(by_fact()[fact] for fact in missing if fact in by_fact())}
