"""Commitments (先承诺后核实): what was found of earlier ones is taken from the record, whatever the form says."""

from __future__ import annotations

from typing import Any

from doudi.procedure.moves import Taken
from doudi.web.cases.effects import after
from doudi.web.cases.errors import CaseError, refused
from doudi.web.cases.models import Case, Step
from doudi.web.cases.services.cases import as_procedures

NONE = "none"
_WORST_FIRST = ("broken_serious", "broken_minor", "kept")


def earlier_grade(case: Case) -> str:
    """The worst grade of the commitments that the household of a case has made before; ``none`` without one."""
    earlier = list(Case.objects.filter(household=case.household, kind="commitment").exclude(pk=case.pk))
    grades = {
        str(event.inputs["grade"])
        for known in as_procedures(earlier).values()
        for event in known.events
        if "grade" in event.inputs
    }
    return next((grade for grade in _WORST_FIRST if grade in grades), NONE)


@after("commitment", "sign_commitment")
def grade_is_that_on_record(case: Case, step: Step, taken: Taken, user: Any) -> None:
    """Refuse a commitment whose form tells another grade than the record.

    Raises:
        CaseError: it does.
    """
    if taken.event.inputs.get("earlier_grade") != earlier_grade(case):
        raise CaseError(refused(
            "commitment.grade", "以往承诺的核实结果与记录不符", "what was found of earlier commitments is not as recorded",
            "按记录填写；有严重失信的，按一般程序办理", "fill in what is on record; after a serious breach the ordinary procedure applies",
        ))  # fmt: skip
