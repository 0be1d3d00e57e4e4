"""Steps of a gradual exit (渐退) as the law of the place has them: months and shares of ``law/amounts/grace.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from doudi.assessment.statute import all_parameters
from doudi.procedure.calendar import add_months
from doudi.procedure.ground import Ground
from doudi.rules.errors import RegionError
from doudi.rules.parameters import NATIONAL, Resolved

WHOLE = 10_000
LONGEST = 36


@dataclass(frozen=True, slots=True)
class GraceRule:
    """What the place has set: the most months, and the share of each grace month in 1/10000 (None: not set)."""

    months: int | None
    shares: tuple[int | None, ...]

    def sum_in(self, number: int, before: int) -> int | None:
        """The sum of a grace month (1 is the first), half a fen up; None where no share is set for it."""
        share = self.shares[number - 1] if 1 <= number <= len(self.shares) else None
        return None if share is None else (2 * before * share + WHOLE) // (2 * WHOLE)


def grace_rule(here: Ground) -> GraceRule:
    """The grace months and shares of a place; the months of ``choice.grace_months`` where its law has none."""
    law = _law_of(here)
    months = law.at("grace.months")
    shares = tuple(law.at("grace.share", f"m{number}") for number in range(1, LONGEST + 1))
    return GraceRule(here.value("choice.grace_months") if months is None else months, shares)


def grace_number(month: date, planned_on: date, grace_from: date | None) -> int:
    """Which grace month a month is: counted from the first for which income passed the line, else from the month after the
    plan."""
    first = grace_from.replace(day=1) if grace_from else add_months(planned_on.replace(day=1), 1)
    return (month.year - first.year) * 12 + month.month - first.month + 1


def planned_steps(
    here: Ground, before: int, planned_on: date, grace_from: date | None = None
) -> tuple[tuple[str, int], ...]:
    """The steps that the law of the place gives, from the month after the plan: (month, sum in fen).

    Where no share is set the former sum is paid in full. Empty when no grace months are set, or none are left.
    """
    rule, steps = grace_rule(here), []
    month = add_months(planned_on.replace(day=1), 1)
    while grace_number(month, planned_on, grace_from) <= (rule.months or 0):
        amount = rule.sum_in(grace_number(month, planned_on, grace_from), before)
        steps.append((f"{month:%Y-%m}", before if amount is None else amount))
        month = add_months(month, 1)
    return tuple(steps)


def _law_of(here: Ground) -> Resolved:
    """The parameters of the law for the region, or for the nearest one above it that has any."""
    parameters, code = all_parameters(), here.asked
    for region in (code, f"{code[:4]}00", f"{code[:2]}0000"):
        try:
            return parameters.resolve(region, here.day)
        except RegionError:
            continue
    return parameters.resolve(NATIONAL, here.day)
