"""Taking in a visit: once, however often it is sent; each warning gets its own answer; two visits at once are shown to both."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from doudi.monitoring.entries import LEVELS
from doudi.web.audit import record
from doudi.web.cases.models import Case
from doudi.web.cases.services.moving import take
from doudi.web.cases.services.opening import running_review
from doudi.web.registry.models import Household
from doudi.web.registry.sensitive import seal
from doudi.web.warnings.answering import EVIDENCE, OPENS
from doudi.web.warnings.models import Photo, Round, Visit, Warning
from doudi.web.warnings.models.photo import PURPOSE as PHOTO
from doudi.web.warnings.models.visit import PURPOSE
from doudi.web.warnings.services.photos import Picture
from doudi.web.warnings.services.surveying import visited
from doudi.web.warnings.words import indicator_word

ANSWER, TO_ANSWER = "answer_warning", "dispatched"
PROVIDED = "in_order"
REVIEW = "review"
_GRAVE = {level: place for place, level in enumerate(LEVELS)}


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found of one warning: a result of the procedure, kinds of ``EVIDENCE``, text, and the department of a referral."""

    warning: int
    result: str
    evidence: tuple[str, ...]
    findings: str
    department: str = ""

    def data(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "warning": self.warning, "result": self.result, "evidence": list(self.evidence), "findings": self.findings,
            "department": self.department,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """A filled form. ``seen``: the number of the newest visit that the device knew of, 0 for none; ``place``: latitude, longitude and
    accuracy in metres, if the phone told."""

    token: uuid.UUID
    seen: int
    visited_at: datetime
    at_home: bool
    replies: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    answers: Sequence[Answer] = ()
    place: Mapping[str, float] | None = None
    device: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a visit. ``taken``: the warnings that it answered; ``late``: those that somebody had answered before."""

    visit: Visit
    taken: tuple[int, ...] = ()
    late: tuple[int, ...] = ()
    again: bool = False


@transaction.atomic
def receive(
    household: Household,
    sheet: Sheet,
    user: Any,
    pictures: Sequence[Picture] = (),
    at: datetime | None = None,
) -> Received:
    """Take in a visit to a household, with the answers to its warnings.

    A visit that overtook another is kept and marked: ``conflicts_with`` names the newest that its device did not know. Answers to
    warnings that were answered meanwhile are kept in the visit and not taken.

    Args:
        at: when it is received, local and naive; now, if not given.

    Raises:
        CaseError: the procedure refuses an answer; then nothing is stored.
    """
    Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    earlier = Visit.objects.filter(token=sheet.token).first()
    if earlier is not None:
        return Received(earlier, again=True)
    newest = Visit.objects.filter(household=household).order_by("-pk").first()
    overtaken = newest is not None and newest.pk > sheet.seen
    content = {
        "form": {**sheet.replies, "note": sheet.note}, "answers": [one.data() for one in sheet.answers],
        "place": dict(sheet.place) if sheet.place else None,
    }  # fmt: skip
    visit: Visit = Visit.objects.create(
        region_id=household.region_id, token=sheet.token, household=household, by=user, device=sheet.device[:40],
        warnings=[one.warning for one in sheet.answers], visited_at=sheet.visited_at, at_home=sheet.at_home,
        seen=sheet.seen, conflicts_with=newest if overtaken else None,
        sealed=seal(json.dumps(content, ensure_ascii=False).encode(), PURPOSE, str(sheet.token)),
    )  # fmt: skip
    _keep(visit, pictures)
    visited(visit)
    taken, late = _answer(household, visit, sheet.answers, user, at)
    record("visit.send", visit, details={
        "household": household.pk, "answers": len(taken), "late": len(late), "photos": len(pictures), "conflict": overtaken,
    })  # fmt: skip
    return Received(visit, taken, late)


@transaction.atomic
def settle(visit: Visit, user: Any) -> None:
    """Say that a visit that overtook another has been looked at; the answers that were taken first stand."""
    if visit.settled_at is None and visit.conflicts_with_id is not None:
        visit.settled_at, visit.settled_by = timezone.now(), user
        visit.save(update_fields=["settled_at", "settled_by"])
        record("visit.settle", visit, details={"by": user.pk})


def _keep(visit: Visit, pictures: Sequence[Picture]) -> None:
    known = set(
        Photo.objects.filter(token__in=[one.token for one in pictures]).values_list("token", flat=True)
    )
    for one in pictures:
        if one.token in known:
            continue
        about = json.dumps(one.about).encode()
        Photo.objects.create(
            region_id=visit.region_id, visit=visit, token=one.token, taken_at=one.taken_at,
            about=seal(about, PHOTO, f"{one.token}/about"), sealed=seal(one.jpeg, PHOTO, str(one.token)),
        )  # fmt: skip


def _answer(
    household: Household, visit: Visit, answers: Sequence[Answer], user: Any, at: datetime | None
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Answer the cases of the warnings, the gravest first."""
    told = {one.warning: one for one in answers}
    warnings = Warning.objects.filter(pk__in=told, household=household).select_related("case")
    opened = _running(household)
    taken, late = [], []
    for warning in sorted(warnings, key=lambda one: (_GRAVE[one.level], one.pk)):
        if warning.case is None or warning.case.stage != TO_ANSWER:
            late.append(warning.pk)
            continue
        answer = told[warning.pk]
        take(warning.case_id, ANSWER, user, _inputs(answer, opened), at=at)
        Round.objects.filter(case_id=warning.case_id).update(result=answer.result, visit=visit)
        if answer.result in OPENS:
            opened.setdefault(OPENS[answer.result], indicator_word(warning.indicator, "zh"))
        taken.append(warning.pk)
    return tuple(taken), tuple(late)


def _running(household: Household) -> dict[str, str]:
    """What need not be opened again: the kinds of case that run for the household, with their numbers."""
    kinds = frozenset(OPENS.values()) - {REVIEW}
    rows = Case.objects.filter(household=household, kind__in=kinds, closed_at__isnull=True)
    found = dict(rows.values_list("kind", "number"))
    review = running_review(household)
    if review is not None:
        found[REVIEW] = review.number
    return {kind: f"办件 {number}" for kind, number in found.items()}


def _inputs(answer: Answer, opened: Mapping[str, str]) -> dict[str, Any]:
    """The answer as the procedure takes it. What another case of the household opens already is told as provided for; urgent aid is
    never held up by an application that runs."""
    result, findings = answer.result, answer.findings
    handled = opened.get(OPENS.get(result, ""))
    if handled is not None and not (result == "urgent" and handled.startswith("办件")):
        result, findings = PROVIDED, f"{findings}（与{handled}一并办理）"
    found: dict[str, Any] = {
        "result": result, "evidence": tuple(EVIDENCE[kind][0] for kind in answer.evidence), "findings": findings,
    }  # fmt: skip
    return found | ({"department": answer.department} if answer.department else {})
