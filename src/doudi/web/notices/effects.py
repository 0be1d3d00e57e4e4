"""What follows for public notices when a step is taken: posted, stopped, resumed, ended, always as the case stands."""

from __future__ import annotations

import secrets
from typing import Any

from django.utils import timezone

from doudi import procedure
from doudi.procedure.moves import Taken
from doudi.web.cases.effects import ANY, Followed, after
from doudi.web.cases.models import Case, Step
from doudi.web.cases.papers.announcing import notice_line
from doudi.web.cases.papers.draft import TO_OBJECTOR, Draft
from doudi.web.cases.services.papers import issue
from doudi.web.database.scope import acting_as, system
from doudi.web.notices.models import Objection, Posting

POSTS = {"public_notice": "public_notice", "ending_notice": "ending_notice"}
"""Documents that are public notices, and the clock that each sets running."""
SHOWN = frozenset({"notice", "announced"})
STOPPED = frozenset({"objection", "answered"})
ONCE = frozenset({"temporary_spending", "temporary_urgent"})
_KEY_BYTES = 12


def _announced(steps: list[Followed]) -> set[int]:
    """The cases of which a notice hangs, or is posted by the step."""
    with acting_as(system()):
        hanging = Posting.objects.filter(case__in=[each.case.pk for each in steps], ended_at__isnull=True)
        found = set(hanging.values_list("case_id", flat=True))
    return found | {each.case.pk for each in steps if POSTS.keys() & set(each.taken.event.documents)}


@after(ANY, ANY, among=_announced)
def keep_in_step(case: Case, step: Step, taken: Taken, user: Any) -> None:
    """Post what the step announces; else let the notice that hangs follow the stage of its case.

    Notices are kept for everybody: whoever takes the step, be it the household, need not be able to see them.
    """
    kinds = [name for name in taken.event.documents if name in POSTS]
    with acting_as(system()):
        hanging = Posting.objects.filter(case=case, ended_at__isnull=True).first()
        if kinds and hanging is not None:
            hanging.ended_at = step.at
            hanging.save()
        if kinds:
            _post(case, step, kinds[0])
        elif hanging is not None:
            _follow(hanging, case, step)


def _follow(hanging: Posting, case: Case, step: Step) -> None:
    if case.stage in STOPPED:
        hanging.stopped_at = hanging.stopped_at or step.at
    elif case.stage in SHOWN:
        hanging.stopped_at, hanging.last = None, _last(case, step, hanging.kind)
    else:
        hanging.ended_at = step.at
    hanging.save()


@after(ANY, "answer_objection")
def answer_objectors(case: Case, step: Step, taken: Taken, user: Any) -> None:
    """Everybody who objected since the notice was stopped gets a copy of the answer: what objectors are told."""
    paper = issue(case, step, "objection_answer", user, TO_OBJECTOR)
    Objection.objects.filter(posting__case=case, answer__isnull=True).update(answer=paper)


def _post(case: Case, step: Step, kind: str) -> None:
    line = notice_line(_draft(case, step, kind))
    Posting.objects.create(
        region_id=case.region_id, case=case, step=step, kind=kind, key=secrets.token_urlsafe(_KEY_BYTES), name=line.name,
        members=line.members, amount=line.monthly, is_once=case.kind in ONCE, place=str(step.inputs.get("posted_at", ""))[:200],
        posted_at=step.at, last=_last(case, step, kind),
    )  # fmt: skip


def _last(case: Case, step: Step, kind: str) -> Any:
    """The last day, as the clock of the case has it; where no length is set, the notice is not shown beyond its first day."""
    reading = _draft(case, step, kind).reading(POSTS[kind])
    return reading.due.day if reading and reading.due else timezone.localdate(step.at)


def _draft(case: Case, step: Step, kind: str) -> Draft:
    return Draft.of(case, step, procedure.procedure().documents[kind])
