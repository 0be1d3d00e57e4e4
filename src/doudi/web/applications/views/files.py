"""Uploading papers, looking at them, taking them away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from doudi.web.applications.errors import FileError
from doudi.web.applications.forms import UploadForm
from doudi.web.applications.models import Attachment, DraftState
from doudi.web.applications.selectors.dossiers import bringable_papers, dossier
from doudi.web.applications.services import files

SAFE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
MOST_AT_ONCE = 10


@require_POST
def upload(request: Any, number: int) -> HttpResponse:
    """Take in the files of one paper; each that is not taken is told why."""
    found = dossier(number, request.user)
    form = UploadForm(bringable_papers(), request.POST, request.FILES)
    if form.is_valid():
        taken = take_in(request, found.household, form.cleaned_data["kind"], draft=found.draft)
        if taken:
            messages.success(request, _("已上传 %(count)d 个文件。") % {"count": taken})
    else:
        messages.error(request, _("没有上传：请先选是什么材料，再选照片或者 PDF。"))
    return redirect("applications:section", number, "papers")


def take_in(request: Any, household: Any, kind: str, draft: Any = None, case: Any = None) -> int:
    """Keep all files that came with a form; how many were taken. Why one was not is told on the next page."""
    taken = 0
    for each in request.FILES.getlist("file")[:MOST_AT_ONCE]:
        try:
            made = files.add(household, kind, each, request.user, draft, case)
        except FileError as error:
            messages.error(request, error.text)
        else:
            taken += 1
            if made.unclear:
                messages.warning(request, _("有一张照片好像不清楚。看不清字的话，请重拍一张。"))
    return taken


def file(request: Any, number: int) -> HttpResponse:
    """A file: a picture to look at, a PDF to save. The look is recorded."""
    found = _attachment(number)
    answer = HttpResponse(files.shown(found), content_type=found.media)
    kept = "inline" if found.is_picture else "attachment"
    answer["Content-Disposition"] = (
        f'{kept}; filename="{found.kind}-{found.pk}.{"jpg" if found.is_picture else "pdf"}"'
    )
    answer["Content-Security-Policy"] = SAFE
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


@require_POST
def remove(request: Any, number: int) -> HttpResponse:
    """Take a file of a draft away; what was submitted stays."""
    found = _attachment(number)
    if found.draft is None or found.draft.state != DraftState.WRITING or found.signs.exists():
        raise Http404
    files.remove(found)
    messages.success(request, _("已删除。"))
    return redirect("applications:section", found.draft_id, "papers")


def _attachment(number: int) -> Attachment:
    rows = Attachment.objects.select_related("household", "draft")
    found = rows.filter(pk=number, removed_at__isnull=True).first()
    if found is None:
        raise Http404
    return found
