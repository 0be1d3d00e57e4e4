"""Taking in what ``doudi converge`` wrote."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from doudi.web.cases.errors import told
from doudi.web.convergence.errors import TakingError
from doudi.web.convergence.forms import ResultForm
from doudi.web.convergence.services import taking
from doudi.web.registry.templatetags.registry import language
from doudi.web.warnings.errors import WarningError


def take_in(request: Any) -> HttpResponse:
    """The form for the three files; sent, the result and the survey are there, or every reason why not."""
    form = ResultForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            found = _taken(data["files"], data["since"], data["until"], request.user)
        except (TakingError, WarningError) as error:
            for line in told(error.problems, language()):
                form.add_error(None, line)
        else:
            messages.success(request, _("这份结果已经接收过。") if found.again else _("已接收，等村级评议。"))
            return redirect("convergence:convergence", found.convergence.pk)
    return render(request, "convergence/take_in.html", {"form": form})


def _taken(files: dict[str, Any], since: Any, until: Any, user: Any) -> taking.TakenIn:
    with tempfile.TemporaryDirectory(prefix="doudi-converge-") as name:
        folder = Path(name)
        for title, file in files.items():
            with (folder / title).open("wb") as out:
                for piece in file.chunks():
                    out.write(piece)
        return taking.take_in(folder, since, until, user)
