"""From the cost of illness to what is left to the family: basic insurance, major-illness insurance, other insurance, aid, charity.

All amounts are in fen for the calendar year, of all members together. What a step pays is never more than what is left when
its turn comes, so that the steps and the rest always add up to the cost.
"""

from __future__ import annotations

from dataclasses import dataclass

from doudi.programmes.entries import STAGES, Programme
from doudi.programmes.standing import Standings

OTHER = "other"
AFTER = "major"
"""What supplementary and commercial insurance pays stands after major-illness insurance."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the programmes of a stage with what each pays; ``paid`` is their sum, None when open; ``left`` what remains."""

    stage: str
    programmes: tuple[tuple[Programme, int | None], ...]
    paid: int | None
    left: int | None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The cost, each step that pays something or is open, and what is left to the family (None when a step is open)."""

    cost: int | None
    steps: tuple[Step, ...]
    left: int | None


def waterfall(of: Standings) -> Waterfall:
    """The waterfall of a household on the day of its standings."""
    persons = of.household.facts["person"]
    cost = _total([row[name] for row in persons for name in ("inpatient_cost", "outpatient_cost")])
    other = _total([row["other_medical_paid"] for row in persons])
    left, steps = cost, []
    for stage in STAGES:
        step = _step(of, stage, left)
        if step.paid != 0:
            steps.append(step)
            left = step.left
        if stage == AFTER and other != 0:
            paid = None if other is None or left is None else min(other, left)
            left = None if paid is None or left is None else left - paid
            steps.append(Step(OTHER, (), paid, left))
    return Waterfall(cost, tuple(steps), left)


def _step(of: Standings, stage: str, left: int | None) -> Step:
    paying: dict[str, tuple[Programme, int | None]] = {}
    missing: dict[str, None] = {}
    rest = left
    for one in of.standings:
        if one.programme.stage != stage:
            continue
        missing.update(dict.fromkeys(one.missing))
        amount = None if one.due is None or rest is None else min(one.due, rest)
        rest = None if amount is None or rest is None else rest - amount
        before = paying.get(one.programme.id, (one.programme, 0))[1]
        paying[one.programme.id] = (
            one.programme,
            None if before is None or amount is None else before + amount,
        )
    found = tuple(each for each in paying.values() if each[1] != 0)
    paid = _total([amount for _, amount in found])
    return Step(stage, found, paid, rest, tuple(missing))


def _total(amounts: list[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if len(known) == len(amounts) else None
