"""Documents: read, printed, verified."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_update
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from doudi.documents import style_source, to_html, to_pdf
from doudi.web.audit import record
from doudi.web.cases.models import Paper
from doudi.web.cases.papers.drawing import drawn
from doudi.web.cases.selectors.papers import verified


def paper(request: Any, number: int, form: str) -> HttpResponse:
    """A document of a case as ``html`` or ``pdf``."""
    found = Paper.objects.select_related("case").filter(pk=number).first()
    if found is None or form not in ("html", "pdf"):
        raise Http404
    record("paper.view", found.case, details={"number": found.number})
    document = drawn(found)
    if form == "html":
        return with_style(request, to_html(document))
    answer = HttpResponse(to_pdf(document), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.kind}-{found.pk}.pdf"'
    return answer


def with_style(request: Any, page: str) -> HttpResponse:
    """A document as a page, with a policy that lets its one style through and no other."""
    shown = csp_update({"style-src": [style_source(page)]})(lambda _request: HttpResponse(page))
    answer: HttpResponse = shown(request)
    return answer


def verify(request: Any, code: str = "") -> HttpResponse:
    """Whether a document is genuine, by its code, typed or photographed: kind, number and day, nothing of anybody."""
    code = request.POST.get("code", code).strip().upper()
    found = verified(code) if code else None
    return render(request, "cases/verify.html", {"code": code, "found": found, "title": _("验证文书")})
