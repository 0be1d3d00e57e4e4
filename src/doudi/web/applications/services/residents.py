"""What a household does itself about its cases: bring papers, withdraw, report a change, ask for a correction."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from doudi.procedure.case import Plain
from doudi.web.applications.errors import ApplyError
from doudi.web.applications.models import Report
from doudi.web.applications.models.report import PURPOSE, Changed
from doudi.web.applications.selectors.dossiers import signed
from doudi.web.audit import record
from doudi.web.cases.models import Case
from doudi.web.cases.services.moving import take
from doudi.web.cases.services.opening import open_case
from doudi.web.registry.models import Household
from doudi.web.registry.sensitive import seal

BRING = {"papers": "bring_papers", "supplement": "supply_papers"}


@transaction.atomic
def bring(case: Case, by: Any) -> Case:
    """Say that all missing papers are there.

    Raises:
        ApplyError: nothing was asked for.
        CaseError: the procedure does not allow it.
    """
    step = BRING.get(case.stage)
    if step is None:
        raise ApplyError(_("现在没有要补的材料。"))
    inputs: dict[str, Plain] = {}
    if step == "bring_papers" and _everybody_signed(case.household):
        inputs["check_authorised"] = True
    return take(case, step, by, inputs).case


def _everybody_signed(household: Household) -> bool:
    people = list(household.memberships.filter(until__isnull=True).values_list("person", flat=True))
    return len(signed(household, people)) == len(people)


@transaction.atomic
def report(household: Household, what: str, on: date, text: str, by: Any) -> Report:
    """Report a change: a review begins, or the report is added to the one that is going on.

    Raises:
        ApplyError: the household receives nothing that could be reviewed.
        CaseError: the procedure does not allow it.
    """
    locked = Household.objects.filter(pk=household.pk).first()
    if locked is None or not (locked.held or _granted(household)):
        raise ApplyError(_("您家现在没有在享的救助，不用报告；需要帮助的，请直接申请。"))
    case = (
        Case.objects.filter(household=household, kind="review", closed_at__isnull=True)
        .order_by("-pk")
        .first()
    )
    if case is None:
        case = open_case("review", household, by)
    if case.stage in ("due", "noted"):
        inputs: dict[str, Plain] = {
            "review_cause": "death" if what == Changed.DEATH else "reported",
            "check_authorised": _everybody_signed(household),
        }
        if what == Changed.DEATH:
            inputs["died_on"] = on.isoformat()
        case = take(case, "open_review", by, inputs).case
    made = Report(region_id=household.region_id, household=household, case=case, what=what, on=on, by=by)
    made.sealed = seal(text.encode(), PURPOSE, made.seal_owner)
    made.save()
    record("household.report", household, details={"report": made.pk, "what": what, "case": case.pk})
    return made


def _granted(household: Household) -> bool:
    return Case.objects.filter(
        household=household, stage__in=("in_payment", "in_register", "confirmed", "recognised")
    ).exists()


@transaction.atomic
def complain(household: Household, claims: str, by: Any) -> Case:
    """Ask for a correction, or complain; it is looked into and answered.

    Raises:
        CaseError: the procedure does not allow it.
    """
    case = open_case("complaint", household, by)
    return take(case, "make_complaint", by, {"claims": claims, "named": True}).case
