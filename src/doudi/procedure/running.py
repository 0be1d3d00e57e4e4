"""A running clock (计时): computed from events alone, so that the same events always tell the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from doudi.procedure.calendar import Calendar, Due, Unit, due_day
from doudi.procedure.calendar.counting import counted
from doudi.procedure.model.clocks import Clock

State = Literal["running", "paused", "stopped", "over"]


@dataclass(frozen=True, slots=True)
class Pause:
    """A rest of a clock: why, since when, and until when (None: it still rests)."""

    reason: str
    begun: datetime
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One clock set running by an event; ``stopped`` when what it asks for was done.

    ``set_on`` is the day of the event, whose law gives the length; None: the day on which it started.
    """

    clock: Clock
    started: datetime
    pauses: tuple[Pause, ...] = ()
    stopped: datetime | None = None
    set_on: date | None = None

    def paused(self, reason: str, at: datetime) -> Run:
        """The clock at rest for one more reason; unchanged where the reason does not touch it, or it does already."""
        open_reasons = {pause.reason for pause in self.pauses if pause.ended is None}
        if self.stopped or reason not in self.clock.pauses or reason in open_reasons:
            return self
        return replace(self, pauses=(*self.pauses, Pause(reason, at)))

    def resumed(self, reason: str, at: datetime) -> Run:
        """The clock without that reason to rest."""
        if self.stopped:
            return self
        ended = tuple(
            replace(pause, ended=at) if pause.reason == reason and pause.ended is None else pause
            for pause in self.pauses
        )
        return replace(self, pauses=ended)

    def stop(self, at: datetime) -> Run:
        """The clock stopped, with every rest ended."""
        if self.stopped:
            return self
        ended = tuple(replace(pause, ended=pause.ended or at) for pause in self.pauses)
        return replace(self, pauses=ended, stopped=at)

    def rests(self, now: datetime) -> tuple[tuple[datetime, datetime], ...]:
        """The rests up to ``now``, joined where they overlap."""
        spans = sorted((pause.begun, pause.ended or max(now, pause.begun)) for pause in self.pauses)
        joined: list[tuple[datetime, datetime]] = []
        for begun, ended in spans:
            if joined and begun <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(joined[-1][1], ended))
            else:
                joined.append((begun, ended))
        return tuple(joined)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a clock shows at a moment.

    ``due`` is the last moment; of a clock at rest the one if it went on now; None where no limit is set here. ``left`` are
    the units that remain, ``late`` those that have passed since ``due`` (hours, working days or calendar days; months
    count in days); neither is ever negative. ``passed``: the last moment lies behind, be it only by a rest day.
    """

    run: Run
    length: int | None
    unit: Unit
    due: Due | None
    state: State
    left: int
    late: int
    passed: bool

    @property
    def is_overdue(self) -> bool:
        """Whether the end has passed without the clock being stopped in time; never so of a period that has to pass."""
        return self.passed and self.run.clock.nature != "period"


def read(
    run: Run, length: int | None, unit: Unit, now: datetime, calendar: Calendar, rolls: bool | None = None
) -> Reading:
    """What the clock shows at ``now`` when its limit is ``length``; ``rolls`` as the clock itself says when not given."""
    until = run.stopped or now
    rolls = run.clock.rolls if rolls is None else rolls
    rests = run.rests(until)
    is_resting = run.stopped is None and any(pause.ended is None for pause in run.pauses)
    if length is None:
        return Reading(
            run,
            None,
            unit,
            None,
            "stopped" if run.stopped else "paused" if is_resting else "running",
            0,
            0,
            False,
        )
    due = due_day(calendar, run.started, length, unit, rests, rolls, run.clock.month_end)
    state: State = (
        "stopped" if run.stopped else "paused" if is_resting else "over" if until > due.at else "running"
    )
    if unit == "hours":
        left, late = _hours(due.at - until), _hours(until - due.at)
    else:
        left = counted(calendar, max(until, run.started).date(), due.day, unit, rests)
        late = counted(calendar, due.day, until.date(), unit, rests)
    return Reading(run, length, unit, due, state, left, late, until > due.at)


def _hours(span: timedelta) -> int:
    return max(0, -(-span // timedelta(hours=1)))
