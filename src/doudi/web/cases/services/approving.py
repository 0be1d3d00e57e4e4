"""Confirming reviewed proposals, one or many: judged by the procedure each, and done once each."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Prefetch

from doudi import procedure
from doudi.rules.errors import Problem
from doudi.web.cases.errors import CaseError, refused
from doudi.web.cases.models import Case, Frozen, Step
from doudi.web.cases.papers.once import lookups_kept
from doudi.web.cases.roles import acting_roles
from doudi.web.cases.services.carrying import Done, Move, carry
from doudi.web.cases.services.cases import as_procedures, local_now
from doudi.web.cases.services.moving import all_known, applied, as_known, locked

BESIDE = ("household__head", "region__parent")
"""What is read with a case that is confirmed: its letter tells of them."""
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
    known, now = as_procedures(rows), local_now()
    return [_judge(case, known[case.pk], actor, now) for case in rows]


@transaction.atomic
def confirm_one(case: Case | int, actor: Any) -> Done:
    """Confirm one reviewed proposal; a case that was confirmed before stays as it is (``again``).

    Raises:
        CaseError: every reason against it.
    """
    found = locked(case, *BESIDE)
    known, now = as_known(found), local_now()
    judged = _judge(found, known, actor, now)
    if judged.done:
        step = Step.objects.filter(case=found, step__in=CONFIRMING).order_by("-number")[0]
        return Done(found, step, again=True)
    return carry([_move(judged, known, actor, now)], actor, now)[0]


@transaction.atomic
def confirm_free(cases: Collection[int], actor: Any) -> dict[int, tuple[Problem, ...]]:
    """Confirm those of many proposals that nobody else is at; by their numbers the reasons against each, none where it is confirmed.

    What is left out is in the hands of somebody else now, or not in scope; see :func:`confirm_one`. All are judged and stored
    together: the locks are held for as long as that takes, and no lock is waited for.
    """
    free = Case.objects.select_for_update(of=("self",), skip_locked=True).filter(pk__in=cases).order_by("pk")
    calculated = Prefetch("determinations", Frozen.objects.defer("sealed"))
    found = list(free.select_related(*BESIDE).prefetch_related(calculated))
    known, now = all_known(found), local_now()
    against: dict[int, tuple[Problem, ...]] = {}
    moves: list[Move] = []
    for case in found:
        judged = _judge(case, known[case.pk], actor, now)
        try:
            moves += [] if judged.done else [_move(judged, known[case.pk], actor, now)]
        except CaseError as error:
            against[case.pk] = tuple(error.problems)
    with lookups_kept():
        carry(moves, actor, now)
    return {case.pk: against.get(case.pk, ()) for case in found}


def _move(judged: Judged, known: procedure.Case, actor: Any, now: datetime) -> Move:
    """The confirmation of a case that was judged.

    Raises:
        CaseError: every reason against it.
    """
    if judged.reasons:
        raise CaseError(judged.reasons)
    return applied(judged.case, known, judged.step, actor, now)


def _judge(case: Case, known: procedure.Case, actor: Any, now: datetime) -> Judged:
    standing = procedure.standing(procedure.procedure(), known)
    confirmed = next((name for name in CONFIRMING if standing.has(name)), None)
    if confirmed:
        return Judged(case, confirmed, done=True)
    moves: list[procedure.Move] = []
    for role in acting_roles(actor):
        if role in procedure.procedure().roles and not any(move.allowed for move in moves):
            moves += procedure.possible(known, procedure.Actor(str(actor.pk), role), now, only=CONFIRMING)
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
