"""What case work does in the background: late work is told every morning, and many reviewed proposals are confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from doudi.rules.errors import Problem
from doudi.web.cases.errors import CaseError, told
from doudi.web.cases.services.ages import propose_raises
from doudi.web.cases.services.approving import confirm_free, confirm_one
from doudi.web.cases.services.cases import local_now
from doudi.web.cases.services.escalating import escalate
from doudi.web.jobs.bulk import deed
from doudi.web.jobs.calendar import duty
from doudi.web.jobs.work import Work

CONFIRM = "cases.confirm"


@duty("morning.overdue", _("超期办件督办"))
def overdue(work: Work) -> None:
    """Tell of every limit that has run out; each is told once."""
    escalate()


@duty("night.sweep", _("到龄增发建议"))
def ages(work: Work) -> None:
    """Propose more for households in which somebody reached an age; each birthday once."""
    propose_raises(local_now().date())


def _together(items: list[str], actor: Any) -> dict[str, str | None]:
    """Confirm many at once: by the item why not, None where it is confirmed."""
    found = confirm_free([int(item) for item in items], actor)
    return {str(number): _said(reasons) if reasons else None for number, reasons in found.items()}


@deed(CONFIRM, _("批量审核确认"), page="cases:case", together=_together)
def confirm(item: str, actor: Any) -> str | None:
    """Confirm one reviewed proposal; why not, if it cannot be."""
    try:
        confirm_one(int(item), actor)
    except CaseError as error:
        return _said(error.problems)
    return None


def _said(problems: Sequence[Problem]) -> str:
    return " ".join(told(problems, "zh"))
