"""What an appeal changes (申诉复核的执行): the sum from the right month, or the case reopened where it was decided."""

from __future__ import annotations

from datetime import date
from typing import Any

from doudi import procedure
from doudi.assessment.determination import Determination
from doudi.assessment.discretion import discretion
from doudi.procedure.moves import Taken
from doudi.web.cases.effects import after
from doudi.web.cases.errors import CaseError, refused
from doudi.web.cases.models import Case, Entitlement, Paper, Step
from doudi.web.cases.selectors.calculating import determination_of, proposal_of
from doudi.web.cases.services.calculating import freeze_for
from doudi.web.cases.services.entitling import (
    contested_programme,
    enter_once,
    first_unpaid,
    month_of,
    replace_from,
)
from doudi.web.cases.services.moving import take

REOPENING = ("reopen", "reopen_here")
"""Steps that bring a case back to where it was decided, at the county or in the township."""
ENDING = ("cut", "tekun_end")
"""Kinds of case that take away what is paid."""
PAID = "paid"


def contested(appeal: Case) -> Paper:
    """The decision that an appeal is against.

    Raises:
        CaseError: the number is that of no decision of the case that is contested.
    """
    filed = appeal.taken.get(step="file_appeal")
    found = Paper.objects.filter(case=appeal.parent_id, number=filed.inputs["decision_number"]).first()
    if found is None or found.step is None:
        raise CaseError(refused(
            "appeal.decision", "申诉所指的决定不在原办件中", "the contested decision is none of the earlier case",
            "核对原决定文号", "check the number of the decision",
        ))  # fmt: skip
    return found


@after("appeal", "change_decision")
@after("appeal", "revoke_decision")
def amend(case: Case, step: Step, taken: Taken, user: Any) -> None:
    """Another sum from the month that the reviewer names; the calculation of the day is frozen beside it.

    Raises:
        CaseError: nothing that is paid follows from the contested decision.
    """
    original = contested(case).case
    inputs = taken.event.inputs
    programme, persons = contested_programme(original)
    if step.step == "revoke_decision" and not changed_what_is_paid(original):
        raise CaseError(refused(
            "appeal.nothing_to_restore", "原决定没有改变已有的待遇，撤销以后没有可以恢复的", "the decision changed nothing that was received",
            "改为“撤销并重新作出”，或者“变更”金额", "have it decided again, or change the sum",
        ))  # fmt: skip
    since = month_of(date.fromisoformat(str(inputs["effective_from"])))
    _freeze(case, step, user)
    replace_from(case, step, programme, since, int(str(inputs["amount"])), persons)


def changed_what_is_paid(original: Case) -> bool:
    """Whether a case has granted, changed or ended something."""
    return original.kind in ENDING or Entitlement.objects.filter(case=original).exists()


def _freeze(case: Case, step: Step, user: Any) -> None:
    """Keep what the law says of what is known now, where it can be applied."""
    found = determination_of(case, step.at.date())
    if isinstance(found, Determination):
        freeze_for(case, found, proposal_of(found, discretion(found)), user, step.event().at)


@after("appeal", "redo_decision")
def reopen(case: Case, step: Step, taken: Taken, user: Any) -> None:
    """The earlier case goes back to the stage in which it was decided. What a cut has taken is paid again until then.

    Raises:
        CaseError: the case cannot be decided again where it stands.
    """
    paper = contested(case)
    assert paper.step is not None
    original, stage = paper.case, paper.step.before
    name = _reopening(original, stage)
    if name is None:
        raise CaseError(refused(
            "appeal.not_reopened", "原办件不能退回作出决定的环节", "the earlier case cannot go back to where it was decided",
            "改为“变更”或者“撤销”", "change or revoke the decision",
        ))  # fmt: skip
    if original.kind == "cut":
        _restore(original, step)
    take(original, name, None, {"decision_number": paper.number}, at=taken.event.at)


def _reopening(original: Case, stage: str) -> str | None:
    steps = procedure.procedure().machine(original.kind).steps
    found = (
        name for name in REOPENING for version in steps.get(name, ())
        if version.to == stage and original.stage in version.origins
    )  # fmt: skip
    return next(found, None)


def _restore(original: Case, step: Step) -> None:
    """What was paid before a cut, from the month of the cut; nothing where it never took effect."""
    effected = original.taken.filter(step="put_into_effect").exists()
    facts: dict[str, Any] = {}
    for row in original.taken.order_by("number"):
        facts |= row.inputs
    if effected and facts.get("amount_before"):
        since = month_of(date.fromisoformat(str(facts["effective_from"])))
        programme, persons = contested_programme(original)
        replace_from(original, step, programme, since, int(facts["amount_before"]), persons)


@after("appeal", "settle_difference")
def pay_difference(case: Case, step: Step, taken: Taken, user: Any) -> None:
    """What was paid too little is paid with the next month; what was paid too much is recorded as decided."""
    inputs = taken.event.inputs
    amount = int(str(inputs["difference"]))
    if inputs["settlement"] == PAID and amount:
        programme, _persons = contested_programme(contested(case).case)
        enter_once(case, step, programme, amount, first_unpaid(case.county, taken.event.at.date()))
