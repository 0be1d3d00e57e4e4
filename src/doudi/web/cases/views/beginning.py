"""Beginning a case of a household: which kinds there are for whoever asks, and the form of the first step."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from doudi import procedure
from doudi.procedure.moves import Move
from doudi.web.audit import record
from doudi.web.cases.errors import CaseError, told
from doudi.web.cases.forms import StepForm
from doudi.web.cases.models import Case
from doudi.web.cases.prefilling import initial
from doudi.web.cases.roles import acting_roles
from doudi.web.cases.selectors.folders import Folder
from doudi.web.cases.services.cases import local_now
from doudi.web.cases.services.moving import take
from doudi.web.cases.services.opening import household_accounts, open_case
from doudi.web.registry.models import Household
from doudi.web.registry.selectors.files import household as household_of
from doudi.web.registry.templatetags.registry import language

KINDS = (
    "application", "tekun", "temporary_urgent", "temporary_spending", "review", "cut", "grace", "tekun_end", "ability",
)  # fmt: skip
"""What the staff begin for a household, the most frequent first."""
TO_BE_SIGNED = "commitment"
"""What the staff open and the household begins, by signing."""


def choose(request: Any, number: int) -> HttpResponse:
    """The kinds of case that can be begun for a household."""
    household = household_of(number)
    if request.method == "POST":
        case = open_case(TO_BE_SIGNED, household, request.user)
        messages.success(request, _("已建立，等家庭签署承诺。"))
        return redirect("cases:case", case.pk)
    offered = [
        (kind, move)
        for kind in KINDS
        for move in _moves(kind, household.county, request.user)
        if move.allowed
    ]
    running = Case.objects.filter(household=household, closed_at__isnull=True).order_by("-pk")
    record("household.view", household, details={"tab": "cases"})
    context = {
        "household": household,
        "offered": offered,
        "running": running,
        "commitments": _commitments(household),
    }
    return render(request, "cases/choose.html", context)


def begin(request: Any, number: int, kind: str, step: str) -> HttpResponse:
    """The form of the first step; sent, the case is opened and the step taken, both or neither."""
    household = household_of(number)
    if kind not in KINDS:
        raise Http404
    return first_step(request, kind, step, household)


def first_step(
    request: Any, kind: str, step: str, household: Household | None, region: Any = None
) -> HttpResponse:
    """The same for a case of a household or of the county."""
    county = household.county if household else region.code[:6]
    move = next((each for each in _moves(kind, county, request.user) if each.step.name == step), None)
    if move is None:
        raise Http404
    blank = Case(
        kind=kind, household=household, county=county, region_id=household.region_id if household else region.code,
        accounts=household_accounts(household),
    )  # fmt: skip
    folder = Folder(blank, request.user)
    form = StepForm(move.step, blank, request.POST or None, initial=initial(folder, move.step))
    problems = told(move.reasons, language())
    if form.is_valid():
        try:
            case = _open(kind, step, household, region, request.user, form)
        except CaseError as error:
            problems = told(error.problems, language())
        else:
            messages.success(request, _("已办理。"))
            return redirect("cases:case", case.pk)
    context = {"household": household, "step": move.step, "form": form, "problems": problems, "kind": kind}
    return render(request, "cases/begin.html", context)


def _open(kind: str, step: str, household: Household | None, region: Any, user: Any, form: Any) -> Case:
    """Open the case and take its first step; the same form sent twice opens one."""
    token = form.cleaned_data["token"]
    earlier = Case.objects.filter(taken__token=token).first()
    if earlier is not None:
        return earlier
    with transaction.atomic():
        case = open_case(kind, household, user, region=region)
        return take(case, step, user, form.inputs(), token=token).case


def _moves(kind: str, county: str, user: Any) -> list[Move]:
    """The first steps of a kind that are for somebody's roles."""
    case, now = procedure.Case(kind, county), local_now()
    roles = [role for role in acting_roles(user) if role in procedure.procedure().roles]
    moves = [
        move
        for role in roles
        for move in procedure.possible(case, procedure.Actor(str(user.pk), role), now)
        if role in move.step.roles and move.step.name != "declare_kin"
    ]
    return list({move.step.name: move for move in moves}.values())


def _commitments(household: Household) -> bool:
    """Whether the place practises aid on a commitment."""
    here = procedure.ground(procedure.procedure(), household.county, local_now().date())
    return here.flag("choice.commitment_first")
