"""What the steps of a case of a warning change in its round."""

from __future__ import annotations

from typing import Any

from django.db.models.functions import Coalesce

from doudi.rules.errors import Problem
from doudi.web.cases.effects import ANY, after
from doudi.web.warnings.errors import WarningError
from doudi.web.warnings.models import Round

USELESS = frozenset({"false_alarm", "not_eligible"})
"""Results by which it was not right to raise a warning."""


@after("warning", "dispatch_warning")
def dispatched(case: Any, step: Any, taken: Any, user: Any) -> None:
    """It reached the village."""
    Round.objects.filter(case=case).update(dispatched_at=step.at)


@after("warning", "recall_dispatch")
def recalled(case: Any, step: Any, taken: Any, user: Any) -> None:
    """The village has it no more.

    Raises:
        WarningError: the village has opened it.
    """
    one = Round.objects.select_for_update().filter(case=case).first()
    if one is not None and one.opened_at is not None:
        raise WarningError([Problem(
            "warning.opened", "村里已经打开，不能撤回", "the village has opened it", "请与村里联系，由村里答复", "let the village answer",
        )])  # fmt: skip
    Round.objects.filter(case=case).update(dispatched_at=None, sending=None)
    if case.assigned_to_id is not None:
        case.assigned_to = None
        case.save(update_fields=["assigned_to"])


@after("warning", "answer_warning")
def answered(case: Any, step: Any, taken: Any, user: Any) -> None:
    """Somebody looked."""
    rounds = Round.objects.filter(case=case)
    rounds.update(answered_at=step.at, result=step.plain["result"], opened_at=Coalesce("opened_at", step.at))


@after("warning", "return_answer")
def returned(case: Any, step: Any, taken: Any, user: Any) -> None:
    """The answer does not count."""
    Round.objects.filter(case=case).update(answered_at=None, result="", visit=None)


@after("warning", ANY)
def closed(case: Any, step: Any, taken: Any, user: Any) -> None:
    """It is over; its result says whether it was right to raise it."""
    if case.closed_at is None:
        return
    one = Round.objects.filter(case=case).first()
    if one is not None and one.result:
        one.closed_at, one.useful = case.closed_at, one.result not in USELESS
        one.save(update_fields=["closed_at", "useful"])
