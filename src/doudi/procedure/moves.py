"""What a case may do next, for whom, and why not; and taking a step.

    case = Case("application", "999901")
    for move in possible(case, Actor("clerk1", "township_clerk"), now):
        print(move.step.zh, move.allowed, [problem.zh for problem in move.reasons])
    case = apply(case, "accept", actor, now, {"papers_complete": True}).case

``possible`` judges all that can be judged before anything is filled in; ``apply`` judges everything and tells every reason
at once. Neither changes a case: ``apply`` returns a longer one.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from doudi.procedure.case import Actor, Case, Event, Inputs
from doudi.procedure.errors import MoveError
from doudi.procedure.model.stages import Step
from doudi.procedure.procedure import Procedure, procedure
from doudi.procedure.reasons import NOTHING, reasons
from doudi.procedure.standing import Standing, standing
from doudi.rules.errors import Problem, nearest


@dataclass(frozen=True, slots=True)
class Move:
    """One step seen from a case: allowed, or every reason against it."""

    step: Step
    reasons: tuple[Problem, ...]

    @property
    def allowed(self) -> bool:
        """Whether nothing speaks against it before the inputs are known."""
        return not self.reasons


@dataclass(frozen=True, slots=True)
class Taken:
    """What a step brought about: the longer case, the event, the documents to issue, the cases to open, the next owner."""

    case: Case
    event: Event
    opens: tuple[str, ...]
    owner: str


def possible(
    case: Case, actor: Actor, at: datetime, rules: Procedure | None = None, only: Collection[str] = ()
) -> list[Move]:
    """Every step that leaves the present stage, with the reasons against each; those allowed come first.

    ``only``: of the steps with these names, where some are given.

    Raises:
        LawError: an unknown kind of case or step, or a moment before all law.
    """
    rules = rules or procedure()
    now = standing(rules, case)
    steps = [
        step
        for step in now.machine.steps_on(at.date())
        if now.stage.name in step.origins and (not only or step.name in only)
    ]
    moves = [Move(step, tuple(reasons(rules, case, now, step, actor, at, None))) for step in steps]
    return sorted(moves, key=lambda move: not move.allowed)


def apply(
    case: Case,
    step: str,
    actor: Actor,
    at: datetime,
    inputs: Inputs = NOTHING,
    rules: Procedure | None = None,
) -> Taken:
    """Take a step.

    Raises:
        MoveError: every reason against it, each with its remedy.
        LawError: an unknown kind of case, or a moment before all law.
    """
    rules = rules or procedure()
    now = standing(rules, case)
    found = now.machine.step(step, at.date())
    if found is None:
        raise MoveError([_no_step(now, step, at)])
    against = reasons(rules, case, now, found, actor, at, inputs)
    if against:
        raise MoveError(against)
    after = found.to or now.stage.name
    event = Event(
        len(case.events) + 1, step, at, actor, Event.frozen(inputs), now.stage.name, after, found.documents
    )
    return Taken(case.with_event(event), event, found.opens, now.machine.stages[after].owner)


def _no_step(now: Standing, step: str, at: datetime) -> Problem:
    known = [each.name for each in now.machine.steps_on(at.date())]
    near = nearest(step, known) or "、".join(known)
    return Problem(
        "move.unknown", f"{now.machine.zh}没有这个环节", f"no such step in {now.machine.en}",
        f"可用：{near}", f"use {near}", value=step,
    )  # fmt: skip
