"""What came of a simulation, the households that would move, and taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from doudi.simulation.comparison import MOVES
from doudi.web.audit import record
from doudi.web.cases.errors import told
from doudi.web.registry.templatetags.registry import language
from doudi.web.simulation.errors import AskError
from doudi.web.simulation.forms import covered_word
from doudi.web.simulation.models import State
from doudi.web.simulation.selectors import listing
from doudi.web.simulation.selectors.result import COUNTS, result_of
from doudi.web.simulation.services.asking import withdraw as take_back

PAGE = 50


def simulation(request: Any, number: int) -> HttpResponse:
    """How far it has come, or what came of it; asked by a part of the page, that part."""
    found = listing.simulation_of(number)
    if request.headers.get("HX-Request") == "true":
        answer = render(request, "simulation/progress.html", {"simulation": found})
        if not found.busy:
            answer["HX-Refresh"] = "true"
        return answer
    record("simulation.view", found)
    context = {
        "simulation": found, "mine": found.by_id == request.user.pk, "counts": COUNTS,
        "covered": covered_word(found.covered), "faults": [each[language()] for each in found.faults],
        "result": result_of(found, request.user, language()) if found.state == State.DONE else None,
        "changes": [each[language()] for each in found.changes],
    }  # fmt: skip
    return render(request, "simulation/simulation.html", context)


def households(request: Any, number: int) -> HttpResponse:
    """The households that would move, in one way or in any, of one township or of all."""
    found = listing.simulation_of(number)
    move, township = request.GET.get("move", ""), request.GET.get("township", "")
    move = move if move in MOVES else ""
    rows = listing.moves(found, move, township if township.isdecimal() else "")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    record("simulation.households", found, details={"move": move, "shown": len(page.object_list)})
    context = {
        "simulation": found, "page": page, "move": move, "township": township,
        "moves": [(code, words[language() != "zh"]) for code, words in MOVES.items() if code != "same"],
    }  # fmt: skip
    return render(request, "simulation/households.html", context)


@require_POST
def withdraw(request: Any, number: int) -> HttpResponse:
    """Take one's own simulation back."""
    found = listing.simulation_of(number)
    try:
        take_back(found.pk, request.user)
    except AskError as error:
        for line in told(error.problems, language()):
            messages.warning(request, line)
        return redirect("simulation:simulation", number)
    messages.success(request, _("已删除。"))
    return redirect("simulation:simulations")
