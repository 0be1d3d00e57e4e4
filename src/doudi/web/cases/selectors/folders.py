"""One case and all that its page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import Http404

from doudi import procedure
from doudi.procedure.moves import Move
from doudi.procedure.standing import Standing
from doudi.web.accounts.models import User
from doudi.web.cases import road
from doudi.web.cases.fields import ACCOUNTS
from doudi.web.cases.models import Case, Frozen, StandingReading, Step
from doudi.web.cases.roles import acting_roles
from doudi.web.cases.services.cases import as_procedure, local_now, rows_of


@dataclass(frozen=True, slots=True)
class BarPhase:
    """One phase as the stage bar shows it; ``limit``: the clock that runs in it."""

    phase: road.Phase
    over: bool
    here: bool
    limit: procedure.Reading | None


@dataclass
class Folder:
    """A case as whoever looks at it may see and move it."""

    case: Case
    user: Any

    @cached_property
    def known(self) -> procedure.Case:
        """The case as the procedure knows it."""
        return as_procedure(self.case)

    @cached_property
    def standing(self) -> Standing:
        """Stage, facts and steps that count."""
        return procedure.standing(procedure.procedure(), self.known)

    @cached_property
    def rows(self) -> list[Step]:
        """The steps that were taken, the newest first."""
        return rows_of(self.case)[::-1]

    @cached_property
    def readings(self) -> list[procedure.Reading]:
        """Every clock that still runs or rests."""
        found = procedure.readings(procedure.procedure(), self.known, local_now())
        return [each for each in found if each.state != "stopped"]

    @cached_property
    def moves(self) -> list[Move]:
        """The steps that are for this person's role, those that can be taken now first, each once."""
        now = local_now()
        found: dict[str, Move] = {}
        for role in acting_roles(self.user):
            if role not in procedure.procedure().roles:
                continue
            actor = procedure.Actor(str(self.user.pk), role)
            for move in procedure.possible(self.known, actor, now):
                if role in move.step.roles and (
                    move.step.name not in found or not found[move.step.name].allowed
                ):
                    found[move.step.name] = move
        return sorted(found.values(), key=lambda move: not move.allowed)

    @cached_property
    def bar(self) -> list[BarPhase]:
        """The stage bar: each phase with whether it is over, is the present one, and the limit that runs in it."""
        phases = road.PHASES.get(self.case.kind, ())
        over = [any(self.standing.has(step) for step in phase.ends) for phase in phases]
        here = next((place for place, done in enumerate(over) if not done), None)
        open_now = here is not None and not self.standing.stage.final
        return [
            BarPhase(phase, over[place], open_now and place == here, self._limit_of(phase))
            for place, phase in enumerate(phases)
        ]

    def _limit_of(self, phase: road.Phase) -> procedure.Reading | None:
        """The soonest running limit that a step of the phase stops."""
        stops = {
            name
            for step in phase.ends
            for version in self.standing.machine.steps.get(step, ())
            for name in version.stops
        }
        found = [each for each in self.limits if each.run.clock.name in stops]
        return min(found, key=lambda each: each.due.at if each.due else datetime.max, default=None)

    @property
    def limits(self) -> list[procedure.Reading]:
        """The clocks that bind somebody; periods that only have to pass are left out."""
        return [each for each in self.readings if each.run.clock.nature != "period"]

    @cached_property
    def frozen(self) -> Frozen | None:
        """The determination of the calculation that counts; None before one."""
        calculated = self.standing.counting.get("calculate")
        number = str(calculated.inputs.get("determination", "")) if calculated else ""
        return self.case.determinations.filter(number=number).first() if number else None

    @cached_property
    def turning(self) -> list[str]:
        """The elastic parameters on which the outcome turns and that nothing settles yet."""
        calculated = self.standing.counting.get("calculate")
        words = calculated.inputs.get("turns_on", ()) if calculated else ()
        paths = [str(word) for word in words] if isinstance(words, tuple) else []
        mine = {self.case.number: self.known}
        return [
            path
            for path in paths
            if any(each.settled_by == "open" for each in procedure.decisions_turning_on(mine, path))
        ]

    @cached_property
    def on_record(self) -> list[StandingReading]:
        """The county's standing readings of what the outcome turns on."""
        if not self.turning:
            return []
        return list(StandingReading.objects.filter(county=self.case.county, settles__overlap=self.turning))

    @property
    def first(self) -> Move | None:
        """The one step to offer first."""
        return road.first((move for move in self.allowed if self._is_due(move.step.name)), self.standing)

    def _is_due(self, step: str) -> bool:
        """Whether a step that settles discretion has something to settle."""
        if step == "apply_reading":
            return bool(self.on_record)
        if step == "call_conference" and self.case.kind != "reading":
            return bool(self.turning) and not self.on_record
        return step != "hold_conference" or self.case.kind == "reading" or bool(self.turning)

    @property
    def others(self) -> list[Move]:
        """The other steps of the road."""
        return [move for move in road.on_road(self.allowed) if move is not self.first]

    @property
    def aside(self) -> list[Move]:
        """What can be done beside the road."""
        return road.off_road(self.allowed)

    @property
    def aside_count(self) -> int:
        """How many there are."""
        return len(self.aside)

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of the accounts that steps name."""
        found: set[str] = set()
        for row in self.rows:
            for name, value in row.inputs.items():
                if name in ACCOUNTS:
                    found |= set(value) if isinstance(value, tuple) else {str(value)}  # type: ignore[arg-type]
        users = User.objects.filter(pk__in=[each for each in found if each.isdigit()])
        return {str(user.pk): user.name for user in users}

    def taken(self, *steps: str) -> list[Step]:
        """The rows of some steps, the newest first."""
        return [row for row in self.rows if row.step in steps]

    @property
    def allowed(self) -> list[Move]:
        """What this person can do now."""
        return [move for move in self.moves if move.allowed]

    @property
    def barred(self) -> list[Move]:
        """What this person's role does, but not as things stand."""
        return [move for move in self.moves if not move.allowed]


def case(number: int) -> Case:
    """A case in scope.

    Raises:
        Http404: there is none, or none that may be seen.
    """
    found = (
        Case.objects.select_related("region__parent", "household__head", "household__region", "assigned_to")
        .filter(pk=number)
        .first()
    )
    if found is None:
        raise Http404
    return found
