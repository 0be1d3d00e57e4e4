"""Storing steps that the procedure allows, with all that follows from them: one statement for each table, however many there are.

The caller holds the transaction and the locks of the cases, each of which stands here once.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from doudi import procedure
from doudi.procedure.moves import Taken
from doudi.web.audit import record_all
from doudi.web.audit.recording import Deed
from doudi.web.cases.effects import Followed, carry_out
from doudi.web.cases.models import Case, Paper, Step
from doudi.web.cases.models.step import PURPOSE, seal_owner
from doudi.web.cases.papers import Draft
from doudi.web.cases.services.cases import COLUMNS, summarise
from doudi.web.cases.services.opening import follow
from doudi.web.cases.services.papers import issue_all
from doudi.web.registry.sensitive import seal

_PERSONAL = frozenset({"text", "list"})
"""Kinds of input that may tell of a person."""


@dataclass(frozen=True, slots=True)
class Move:
    """A step that the procedure allows: a locked case, the case as the procedure knew it, and what the step brings about."""

    case: Case
    known: procedure.Case
    taken: Taken


@dataclass(frozen=True, slots=True)
class Done:
    """What was done: the case as it stands, its new step, the documents issued and the cases begun. ``again``: the same form
    came before, and nothing was done now."""

    case: Case
    step: Step
    papers: tuple[Paper, ...] = ()
    opened: tuple[Case, ...] = ()
    again: bool = False


def carry(moves: Sequence[Move], user: Any, at: datetime, token: uuid.UUID | None = None) -> list[Done]:
    """Store the steps, what the cases now are, the entries and documents; then what rooms do after them.

    ``token`` is that of the form of a single step.
    """
    steps = Step.objects.bulk_create(_row(each, user, token) for each in moves)
    for each in moves:
        summarise(each.case, each.taken.case, at)
    _save([each.case for each in moves])
    record_all("case.step", map(_entry, moves, steps))
    papers = _issue(moves, steps, user)
    opened = [
        tuple(filter(None, (follow(kind, each.case, user, step.at) for kind in each.taken.opens)))
        for each, step in zip(moves, steps, strict=True)
    ]
    carry_out((Followed(each.case, step, each.taken) for each, step in zip(moves, steps, strict=True)), user)
    return [
        Done(each.case, step, tuple(papers.get(step.pk, ())), begun)
        for each, step, begun in zip(moves, steps, opened, strict=True)
    ]


_SAVE = f"""
UPDATE {Case._meta.db_table} AS stored SET {", ".join(f"{name} = n.{name}" for name in COLUMNS)}
FROM json_populate_recordset(NULL::{Case._meta.db_table}, %s) AS n WHERE stored.id = n.id"""


def _save(cases: Sequence[Case]) -> None:
    """Store the columns that steps may change."""
    rows = [{"id": case.pk} | {name: getattr(case, name) for name in COLUMNS} for case in cases]
    with connection.cursor() as cursor:
        cursor.execute(_SAVE, [json.dumps(rows, default=datetime.isoformat)])


def _entry(move: Move, step: Step) -> Deed:
    return Deed(move.case, details={"step": step.step, "number": step.number, "stage": move.case.stage})


def _issue(moves: Sequence[Move], steps: Sequence[Step], user: Any) -> dict[int, list[Paper]]:
    """The documents that the steps ask for, by the number of the step in the database."""
    forms, drafts = procedure.procedure().documents, []
    for move, step in zip(moves, steps, strict=True):
        after = move.known.with_event(step.event())
        drafts += [Draft.of(move.case, step, forms[name], known=after) for name in move.taken.event.documents]
    found: dict[int, list[Paper]] = {}
    for paper in issue_all(drafts, user):
        found.setdefault(paper.step_id, []).append(paper)
    return found


def _row(move: Move, user: Any, token: uuid.UUID | None) -> Step:
    case, event, kinds = move.case, move.taken.event, procedure.procedure().inputs
    personal = {name: value for name, value in event.inputs.items() if kinds[name].kind in _PERSONAL}
    plain = {name: value for name, value in event.inputs.items() if name not in personal}
    text = json.dumps(personal, ensure_ascii=False, sort_keys=True)
    sealed = seal(text.encode(), PURPOSE, seal_owner(case.pk, event.number)) if personal else None
    return Step(
        region_id=case.region_id, case=case, number=event.number, step=event.step, at=timezone.make_aware(event.at),
        by=user, role=event.actor.role, before=event.before, after=event.after, documents=list(event.documents),
        plain=plain, sealed=sealed, token=token,
    )  # fmt: skip
