"""What the steps of a case of a warning change in its round."""

from __future__ import annotations

from typing import Any

from doudi.web.cases.effects import ANY, after
from doudi.web.warnings.models import Round

USELESS = frozenset({"false_alarm", "not_eligible"})
"""Results by which it was not right to raise a warning."""


@after("warning", "dispatch_warning")
def dispatched(case: Any, step: Any, taken: Any, user: Any) -> None:
    """It reached the village."""
    Round.objects.filter(case=case).update(dispatched_at=step.at)


@after("warning", "answer_warning")
def answered(case: Any, step: Any, taken: Any, user: Any) -> None:
    """Somebody looked."""
    Round.objects.filter(case=case).update(answered_at=step.at, result=step.plain["result"])


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
