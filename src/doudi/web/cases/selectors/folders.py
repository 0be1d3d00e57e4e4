"""One case and all that its page shows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404

from doudi import procedure
from doudi.procedure.moves import Move
from doudi.procedure.standing import Standing
from doudi.web.cases.models import Case, Step
from doudi.web.cases.roles import acting_roles
from doudi.web.cases.services.cases import as_procedure, local_now, rows_of


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
