"""Making a report: on the authorisations, frozen under a number, named by the step that makes it."""

from __future__ import annotations

import uuid
import zlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from doudi.procedure.case import Plain
from doudi.procedure.moves import Taken
from doudi.rules.errors import DoudiError
from doudi.verification import MeansError, Objection, Report, Request, examine, frozen, request_of
from doudi.web.applications.checking import check_request
from doudi.web.audit import record
from doudi.web.cases.effects import ANY, after
from doudi.web.cases.errors import CaseError, refused
from doudi.web.cases.models import Case, Step
from doudi.web.cases.numbers import draw
from doudi.web.cases.services.carrying import Done
from doudi.web.cases.services.cases import local_now
from doudi.web.cases.services.moving import take
from doudi.web.means.findings import found_of
from doudi.web.means.models import PURPOSE, Check
from doudi.web.registry.selectors.files import File
from doudi.web.registry.sensitive import seal

SERIES = "核"
STEPS = ("report_check", "recheck")
FITS, DIFFERS, UNCLEAR = "fits", "does_not_fit", "unclear"
PROPOSED = {"agrees": FITS, "agrees_open": UNCLEAR, "differs": DIFFERS, "differs_open": DIFFERS}
"""The result that each conclusion proposes; a person decides."""


def request_for(case: Case, day: date) -> Request:
    """What may be asked about the household of a case on a day.

    Raises:
        CaseError: nobody has signed an authorisation, or the declaration cannot be read.
    """
    data = check_request(case, day)
    if data is None:
        raise CaseError(refused(
            "means.unsigned", "没有人签署核对授权，不得核对（《社会救助法》第四十条）", "nobody has signed an authorisation: no check is made",
            "请家庭成员签署核对授权书", "have the members sign the authorisation",
        ))  # fmt: skip
    try:
        return request_of(data, case.number)
    except MeansError as error:
        raise CaseError(error.problems) from error


def examined(case: Case, day: date, by: Any) -> dict[str, Any]:
    """The content of the report that would be made on a day: declared against found.

    Raises:
        CaseError: the authorisation does not allow a check; every reason.
    """
    request = request_for(case, day)
    assert case.household is not None
    try:
        return examine(request, found_of(File(case.household)), by.username)
    except DoudiError as error:
        raise CaseError(error.problems) from error


@transaction.atomic
def report(
    case: Case, step: str, user: Any, inputs: Mapping[str, Plain], *, seen: int | None = None,
    token: uuid.UUID | None = None, at: datetime | None = None,
) -> Done:  # fmt: skip
    """Make the report and take ``report_check`` or ``recheck``, which names it; both or neither. A form sent twice makes one.

    Raises:
        CaseError: the authorisation does not allow it, or the step is refused; every reason.
    """
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if token is not None and Step.objects.filter(token=token).exists():
        return take(case, step, user, inputs, seen=seen, token=token, at=at)
    now = at or local_now()
    row = _freeze(case, user, now)
    return take(case, step, user, {**inputs, "check_number": row.number}, seen=seen, token=token, at=now)


def _freeze(case: Case, user: Any, now: datetime) -> Check:
    content = examined(case, now.date(), user)
    number = f"{case.county}-{now.year}-{SERIES}{draw(case.county, now.year, SERIES):06}"
    earlier = case.checks.order_by("-pk").first()
    before = earlier.report() if earlier else None
    made = frozen(content, number, before, objections_of(case, before) if before else ())
    row = Check.objects.create(
        region_id=case.region_id, case=case, earlier=earlier, number=number, made_on=made.made_on,
        valid_until=made.valid_until, conclusion=made.data["conclusion"], digest=made.sha256, by=user,
        sealed=seal(zlib.compress(made.text().encode()), PURPOSE, number),
    )  # fmt: skip
    record("means.report", case, details={"number": number, "members": len(made.data["members"])})
    return row


def objections_of(case: Case, report: Report) -> list[Objection]:
    """What the household has objected to a report, as the steps after it tell."""
    found: list[Objection] = []
    after_it = False
    for row in case.taken.select_related("by__person").order_by("number"):
        if row.step in STEPS:
            after_it = row.inputs.get("check_number") == report.number
        elif row.step == "object_to_check" and after_it:
            found.append(_objection(row, report, len(found) + 1))
    return found


def _objection(row: Step, report: Report, place: int) -> Objection:
    """The step as an objection to the whole report, by the household or whoever spoke for it."""
    person = getattr(row.by, "person", None) if row.by else None
    head = str(report.data["members"][0]["person_id"])
    return Objection(
        report.number, report.sha256, place, person.number if person else head, timezone.localtime(row.at).date(), (),
        str(row.inputs.get("objection", "")), row.by.username if row.by else "",
    )  # fmt: skip


def check_named(case: Case, inputs: Mapping[str, Plain]) -> Check:
    """The report that a step names.

    Raises:
        CaseError: it names none of the case.
    """
    found = Check.objects.filter(case=case, number=str(inputs.get("check_number", ""))).first()
    if found is None:
        raise CaseError(refused(
            "means.no_report", "核对结果须来自本办件的核对报告", "the result of a check rests on a report of the case",
            "在“核对”页出具核对报告", "make the report on the page of the check",
        ))  # fmt: skip
    return found


@after(ANY, "report_check")
@after(ANY, "recheck")
def rests_on_its_report(case: Case, step: Step, taken: Taken, user: Any) -> None:
    """A step names a report of its own; whoever concludes against the report writes why.

    Raises:
        CaseError: it names none, one that an earlier step has named, or departs from it without a reason.
    """
    inputs = taken.event.inputs
    row = check_named(case, inputs)
    earlier = [each.inputs.get("check_number") for each in taken.case.events[:-1] if each.step in STEPS]
    if row.number in earlier:
        raise CaseError(refused(
            "means.named_before", "这份核对报告已经用过", "an earlier step has named this report", "重新出具", "make a new one",
        ))  # fmt: skip
    if (
        _departs(row.conclusion, str(inputs.get("check_result")))
        and not str(inputs.get("findings", "")).strip()
    ):
        raise CaseError(refused(
            "means.departs", "结果与核对报告的结论不同，须写明理由", "the result departs from the report: write why",
            "在“情况”一栏写明", "write it among the findings",
        ))  # fmt: skip


def _departs(conclusion: str, result: str) -> bool:
    """Whether a result is against a conclusion; with sources open it may be taken as fitting or to be looked into."""
    if conclusion == "agrees_open":
        return result == DIFFERS
    return result != PROPOSED[conclusion]
