"""The calculation of a case: the law applied now, line by line; freezing it; and computing a frozen one again."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from doudi.assessment.determination import Determination
from doudi.assessment.discretion import discretion
from doudi.assessment.explanation import explain
from doudi.rules.errors import ReplayError
from doudi.web.audit import record
from doudi.web.cases.errors import CaseError, told
from doudi.web.cases.forms import ChosenForm, FreezeForm
from doudi.web.cases.models import Frozen
from doudi.web.cases.selectors.calculating import Proposal, determination_of, lines, proposal_of
from doudi.web.cases.selectors.folders import Folder, case
from doudi.web.cases.services.calculating import calculate, replayed
from doudi.web.registry.templatetags.registry import language
from doudi.web.registry.views.otherwise import answer


def calculation(request: Any, number: int) -> HttpResponse:
    """The calculation as it would be frozen now, and freezing it."""
    found = Folder(case(number), request.user)
    if found.case.household is None:
        raise Http404
    determined = determination_of(found.case)
    later = reverse("cases:otherwise", args=[number])
    context = {"folder": found, "case": found.case, "later": later, **_shown(determined)}
    proposal = context.get("proposal")
    needs_choice = proposal is not None and _is_open(found, proposal)
    freeze = FreezeForm(request.POST or None, initial={"seen": found.case.steps, "token": uuid.uuid4()})
    chosen = ChosenForm(request.POST or None, initial=_guess(found, proposal)) if needs_choice else None
    problems: list[str] = []
    if request.method == "POST" and freeze.is_valid() and (chosen is None or chosen.is_valid()):
        try:
            return _freeze(request, found, freeze, chosen)
        except CaseError as error:
            problems = told(error.problems, language())
    move = next((each for each in found.moves if each.step.name == "calculate"), None)
    context |= {"freeze": freeze, "chosen": chosen, "problems": problems, "move": move}
    record("case.calculation", found.case)
    return render(request, "cases/calculation.html", context)


def _freeze(request: Any, found: Folder, freeze: FreezeForm, chosen: ChosenForm | None) -> HttpResponse:
    done = calculate(
        found.case, request.user, chosen.chosen() if chosen else None,
        seen=freeze.cleaned_data["seen"], token=freeze.cleaned_data["token"],
    )  # fmt: skip
    if not done.again:
        messages.success(request, _("测算已冻结，编号记入办件。"))
    return redirect("cases:case_tab", found.case.pk, "calculation")


def _shown(determined: Any) -> dict[str, Any]:
    """What is shown of a determination; why there is none."""
    if not isinstance(determined, Determination):
        return {"reason": determined.zh if language() == "zh" else determined.en}
    explained = explain(determined, language(), parameters=False)
    turning = discretion(determined, language())
    entries = [entry for entry in explained.tiers if entry.holds is not False or entry.row is None]
    return {
        "told": explained, "entries": entries, "discretion": turning,
        "lines": lines(determined, language()), "proposal": proposal_of(determined, turning),
    }  # fmt: skip


def _is_open(found: Folder, proposal: Proposal) -> bool:
    """Whether an officer has to write the proposal: the law leaves it open, or the case is about aid of another kind."""
    return proposal.programme is None or proposal.amount is None or found.case.kind == "temporary_spending"


def _guess(found: Folder, proposal: Any) -> dict[str, Any]:
    programme = (
        "temporary_aid" if found.case.kind == "temporary_spending" else proposal.programme if proposal else ""
    )
    return {"programme": programme, "members_counted": proposal.counted if proposal else 0}


def otherwise(request: Any, number: int) -> HttpResponse:
    """What would change the calculation as it would be frozen now."""
    found = Folder(case(number), request.user)
    if found.case.household is None:
        raise Http404
    record("case.calculation", found.case)
    context = {"folder": found, "case": found.case, "whence": reverse("cases:calculation", args=[number])}
    return answer(request, determination_of(found.case), "cases/otherwise.html", context)


def frozen_otherwise(request: Any, number: int, frozen: int) -> HttpResponse:
    """What would change a frozen calculation."""
    found = Folder(case(number), request.user)
    row = _frozen(found, frozen)
    try:
        determined = replayed(row).determination
    except ReplayError as error:
        raise Http404 from error
    record("case.calculation", found.case)
    whence = reverse("cases:frozen", args=[number, frozen])
    context = {"folder": found, "case": found.case, "frozen": row, "whence": whence}
    return answer(request, determined, "cases/otherwise.html", context)


def _frozen(found: Folder, number: int) -> Frozen:
    row = Frozen.objects.select_related("by", "case").filter(pk=number, case=found.case).first()
    if row is None:
        raise Http404
    return row


def frozen(request: Any, number: int, frozen: int) -> HttpResponse:
    """A frozen calculation; asked by POST it is computed again and compared."""
    found = Folder(case(number), request.user)
    row = _frozen(found, frozen)
    outcome, broken = None, []
    try:
        outcome = replayed(row)
    except ReplayError as error:
        broken = told(error.problems, language())
    context = {"folder": found, "case": found.case, "frozen": row, "replay": outcome, "broken": broken}
    if outcome is not None:
        context |= {"later": reverse("cases:frozen_otherwise", args=[number, frozen])}
        context |= _shown(outcome.determination)
    return render(request, "cases/frozen.html", context | {"asked": request.method == "POST"})
