"""Chains for the staff of a place: the board, one chain, and asking offices."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from doudi.web.audit import record
from doudi.web.cases.errors import CaseError, told
from doudi.web.cases.selectors.folders import Folder, case
from doudi.web.chain.drawing import draw
from doudi.web.chain.forms import BeginForm, BoardFilter, ReferForm
from doudi.web.chain.selectors.chains import Chain, board
from doudi.web.chain.services.one_door import KIND, begin
from doudi.web.chain.services.referring import refer
from doudi.web.registry.selectors.files import household
from doudi.web.registry.templatetags.registry import language

PAGE = 20


def referral_board(request: Any) -> HttpResponse:
    """Referrals in scope, the soonest deadline first."""
    form = BoardFilter(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = Paginator(board(wanted), PAGE).get_page(request.GET.get("page"))
    record("case.list", ("chain.referral", ""), details={"shown": len(page.object_list)})
    return render(request, "chain/board.html", {"form": form, "page": page})


def chain(request: Any, number: int) -> HttpResponse:
    """One chain: a column for each office, the waterfall of cost, and what is left."""
    found = _chain(number)
    record("case.view", found.case)
    fall = found.waterfall
    context = {
        "chain": found, "case": found.case, "folder": Folder(found.case, request.user),
        "fall": fall, "drawing": draw(fall, language()) if fall else None,
    }  # fmt: skip
    return render(request, "chain/chain.html", context)


def chain_refer(request: Any, number: int) -> HttpResponse:
    """Choose whom to ask about which programmes; all that is chosen is sent, or nothing."""
    found = _chain(number)
    form = ReferForm(found.proposals, request.POST or None)
    problems: list[str] = []
    if form.is_valid():
        chosen = form.chosen()
        if not chosen:
            problems = [_("没有选择项目。")]
        else:
            try:
                with transaction.atomic():
                    for office, programmes in chosen.items():
                        refer(found.case, office, programmes, request.user)
            except CaseError as error:
                problems = told(error.problems, language())
            else:
                messages.success(request, _("已转办。"))
                return redirect("chain:chain", number)
    record("case.view", found.case)
    context = {"chain": found, "case": found.case, "form": form, "problems": problems}
    return render(request, "chain/refer.html", context)


def chain_begin(request: Any, number: int) -> HttpResponse:
    """Open the one door for a household."""
    home = household(number)
    form = BeginForm(request.POST or None)
    problems: list[str] = []
    if form.is_valid():
        try:
            made = begin(home, request.user, form.inputs())
        except CaseError as error:
            problems = told(error.problems, language())
        else:
            messages.success(request, _("已受理，请选择要转办的部门和项目。"))
            return redirect("chain:chain_refer", made.pk)
    return render(request, "chain/begin.html", {"household": home, "form": form, "problems": problems})


def _chain(number: int) -> Chain:
    found = case(number)
    if found.kind != KIND:
        raise Http404
    return Chain(found)
