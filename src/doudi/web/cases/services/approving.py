"""Confirming reviewed proposals, one or many: judged by the procedure each, and done once each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from doudi import procedure
from doudi.procedure.moves import Move
from doudi.rules.errors import Problem
from doudi.web.cases.errors import CaseError, refused
from doudi.web.cases.models import Case, Step
from doudi.web.cases.papers.once import lookups_kept
from doudi.web.cases.roles import acting_roles
from doudi.web.cases.services.cases import as_procedures, local_now, steps_read_ahead
from doudi.web.cases.services.moving import Done, as_known, locked, take_known

CONFIRMING = (
    "confirm", "recognise", "confirm_delegated", "recognise_delegated", "confirm_small", "confirm_raise",
    "confirm_raise_delegated",
)  # fmt: skip
"""The steps by which a proposal to grant is confirmed; the procedure says which of them a case allows."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether a proposal can be confirmed by somebody now: the step, or every reason against it. ``done``: it was already."""

    case: Case
    step: str
    reasons: tuple[Problem, ...] = ()
    done: bool = False

    @property
    def allowed(self) -> bool:
        """Whether it can be confirmed."""
        return not self.reasons and not self.done


def judge(cases: Iterable[Case], actor: Any) -> list[Judged]:
    """What confirming each of these cases would come to; nothing is changed. Two queries for all."""
    rows = list(cases)
    known = as_procedures(rows)
    return [_judge(case, known[case.pk], actor) for case in rows]


@contextmanager
def many_confirmed(cases: Collection[int]) -> Iterator[None]:
    """Around the confirmation of many cases by one account: what they share, and their steps, are read once for all."""
    with steps_read_ahead(cases), lookups_kept():
        yield


@transaction.atomic
def confirm_one(case: Case | int, actor: Any) -> Done:
    """Confirm one reviewed proposal; a case that was confirmed before stays as it is (``again``).

    Raises:
        CaseError: every reason against it.
    """
    found = locked(case, "household__head", "region__parent")
    known = as_known(found)
    judged = _judge(found, known, actor)
    if judged.done:
        step = Step.objects.filter(case=found, step__in=CONFIRMING).order_by("-number")[0]
        return Done(found, step, again=True)
    if judged.reasons:
        raise CaseError(judged.reasons)
    return take_known(found, known, judged.step, actor)


def _judge(case: Case, known: procedure.Case, actor: Any) -> Judged:
    standing = procedure.standing(procedure.procedure(), known)
    confirmed = next((name for name in CONFIRMING if standing.has(name)), None)
    if confirmed:
        return Judged(case, confirmed, done=True)
    now = local_now()
    moves: list[Move] = []
    for role in acting_roles(actor):
        if role in procedure.procedure().roles:
            found = procedure.possible(known, procedure.Actor(str(actor.pk), role), now)
            moves += [move for move in found if move.step.name in CONFIRMING]
    if not moves:
        stage = standing.stage
        return Judged(
            case,
            "",
            tuple(
                refused(
                    "approve.stage", f"“{stage.zh}”阶段不能确认", f"not possible in the stage '{stage.en}'"
                )
            ),
        )
    best = min(moves, key=lambda move: len(move.reasons))
    return Judged(case, best.step.name, best.reasons)
