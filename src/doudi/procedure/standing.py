"""Where a case stands: stage, facts, steps that count, clocks; all folded from its events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from doudi.procedure.case import Case, Event, Plain
from doudi.procedure.ground import ground
from doudi.procedure.model.clocks import Clock
from doudi.procedure.model.stages import Machine, Stage, Step
from doudi.procedure.running import Reading, Run, read
from doudi.rules.errors import LawError, Problem

if TYPE_CHECKING:
    from doudi.procedure.procedure import Procedure


PAUSES = {"papers": "choice.pause_papers", "objection": "choice.pause_objection"}
"""Whether a limit rests for these reasons is a reading that a region can change."""


@dataclass(slots=True)
class Standing:
    """The state of a case after its events.

    ``facts`` are the latest inputs and what steps have set; ``counting`` the last event of each step that has not been
    voided since; ``ever`` all events of each step; ``runs`` all clocks ever started, in order.
    """

    machine: Machine
    stage: Stage
    facts: dict[str, Plain] = field(default_factory=dict)
    counting: dict[str, Event] = field(default_factory=dict)
    ever: dict[str, list[Event]] = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)

    def has(self, step: str) -> bool:
        """Whether the step has been taken and still counts."""
        return step in self.counting

    def run(self, clock: str) -> Run | None:
        """The last run of a clock."""
        return next((run for run in reversed(self.runs) if run.clock.name == clock), None)


def standing(procedure: Procedure, case: Case) -> Standing:
    """Fold the events of a case.

    Raises:
        LawError: the kind of case, or a step of it, is not known on the day of the event.
    """
    machine = procedure.machine(case.machine)
    now = Standing(machine, machine.stages[machine.begins])
    for event in case.events:
        step = machine.step(event.step, event.at.date())
        if step is None:
            raise LawError([_unknown_step(machine, event)])
        _take(procedure, case.region, now, step, event)
    return now


def _take(procedure: Procedure, region: str, now: Standing, step: Step, event: Event) -> None:
    for voided in step.voids:
        now.counting.pop(voided, None)
    now.counting[step.name] = event
    now.ever.setdefault(step.name, []).append(event)
    now.facts.update(event.inputs)
    now.facts.update(step.sets)
    now.stage = now.machine.stages[event.after]
    runs = [run.stop(event.at) if run.clock.name in (*step.stops, *step.starts) else run for run in now.runs]
    for reason in _pauses_here(procedure, region, step, event):
        runs = [run.paused(reason, event.at) for run in runs]
    for reason in step.resumes:
        runs = [run.resumed(reason, event.at) for run in runs]
    if now.stage.final:
        runs = [run if run.clock.outlives else run.stop(event.at) for run in runs]
    now.runs = runs + [run for name in step.starts for run in _started(procedure.clocks[name], now, event)]


def _pauses_here(procedure: Procedure, region: str, step: Step, event: Event) -> list[str]:
    """The reasons of a step for which clocks rest in the place; some are a local choice."""
    if not step.pauses:
        return []
    here = ground(procedure, region, event.at.date())
    return [reason for reason in step.pauses if reason not in PAUSES or here.flag(PAUSES[reason])]


def _started(clock: Clock, now: Standing, event: Event) -> list[Run]:
    """The clock set running, if it applies to the case; from the day that a fact names where the clock says so."""
    if clock.applies and _word(now.facts.get(clock.applies.fact, "")) != clock.applies.value:
        return []
    day = str(now.facts.get(clock.from_fact, "")) if clock.from_fact else ""
    started = datetime.fromisoformat(day) if day else event.at
    return [Run(clock, started, set_on=event.at.date())]


def readings(procedure: Procedure, case: Case, at: datetime) -> list[Reading]:
    """What every clock of the case shows at a moment, each under the limit in force on the day it was set running."""
    now = standing(procedure, case)
    return [read_run(procedure, case.region, run, now.facts, at) for run in now.runs]


def read_run(
    procedure: Procedure, region: str, run: Run, facts: Mapping[str, Plain], at: datetime
) -> Reading:
    """What one clock shows."""
    here = ground(procedure, region, run.set_on or run.started.date())
    words = {name: _word(value) for name, value in facts.items()}
    words["delegated"] = _word(here.delegated)
    name, length = here.length(run.clock, words)
    rolls = here.flag(run.clock.rolls_by) if run.clock.rolls_by else None
    return read(run, length, here.unit(name), at, procedure.calendar, rolls)


def _word(value: Plain) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _unknown_step(machine: Machine, event: Event) -> Problem:
    return Problem(
        "case.unknown_step",
        f"{machine.zh}在 {event.at.date()} 没有这个环节",
        f"{machine.en} has no such step on {event.at.date()}",
        "核对环节名称和日期",
        "check the name of the step and the day",
        row=event.number,
        value=event.step,
    )
