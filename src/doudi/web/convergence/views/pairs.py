"""Two registers uploaded: the form, what was recognised in them, and the start of the convergence."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from doudi.web.audit import record
from doudi.web.cases.errors import told
from doudi.web.convergence import files
from doudi.web.convergence.errors import PairError
from doudi.web.convergence.forms import PairForm
from doudi.web.convergence.models import Pair
from doudi.web.convergence.selectors import pairs as selectors
from doudi.web.convergence.services import pairing
from doudi.web.registry.templatetags.registry import language

ASIDE = ("listed", "base")


def pair_add(request: Any) -> HttpResponse:
    """The form for both files; sent, they are checked by a job."""
    form = PairForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = pairing.take(pairing.Uploaded(**form.cleaned_data), request.user)
        except PairError as error:
            for problem in error.problems:
                form.add_error(None, problem.sentence(language()))
        else:
            return redirect("convergence:pair", found.pk)
    return render(request, "convergence/pair_add.html", {"form": form, "known_on": selectors.known_on()})


def pair(request: Any, number: int) -> HttpResponse:
    """What was recognised in both files, what is wrong with them, and how far they have come."""
    found = _pair(number)
    record("convergence.pair", found)
    context = {"pair": found, "tables": selectors.tables(found, language()), "known_on": selectors.known_on()}
    return render(request, "convergence/pair.html", context)


@require_POST
def pair_make(request: Any, number: int) -> HttpResponse:
    """Have both registers made one."""
    try:
        pairing.make(_pair(number).pk, request.user)
    except PairError as error:
        for line in told(error.problems, language()):
            messages.warning(request, line)
    else:
        messages.success(request, _("已开始并轨，可以离开，做完后在这里看结果。"))
    return redirect("convergence:pair", number)


def pair_aside(request: Any, number: int) -> HttpResponse:
    """The rows of one file that were set aside, each with what is wrong, to be mended."""
    found, name = _pair(number), request.GET.get("file", ASIDE[0])
    data = files.content(found, f"{name}_aside") if name in ASIDE else b""
    if not data:
        raise Http404
    record("convergence.aside", found, details={"file": name})
    answer = HttpResponse(data, content_type="application/octet-stream")
    stem, kind = selectors.names_aside(found, name)
    title = _("%s-退回") % stem + kind
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(title)}"
    return answer


def _pair(number: int) -> Pair:
    """A pair in scope.

    Raises:
        Http404: there is none.
    """
    found = Pair.objects.select_related("by", "job", "convergence").filter(pk=number).first()
    if found is None:
        raise Http404
    return found
