"""Public notices for staff: which hang, their days, poster, pictures, objections."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from doudi.web.audit import record
from doudi.web.cases.errors import told
from doudi.web.notices.errors import PictureError
from doudi.web.notices.forms import PictureForm, StateForm
from doudi.web.notices.models import Objection, Photo
from doudi.web.notices.selectors import postings as read
from doudi.web.notices.services.pictures import keep_picture
from doudi.web.registry.templatetags.registry import language


def postings(request: Any) -> HttpResponse:
    """Notices in scope, those that end first in front."""
    form = StateForm(request.GET or None)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    page = Paginator(read.postings(state or "open"), read.SIZE).get_page(request.GET.get("page"))
    record("notice.list", ("notices.posting", ""), details={"shown": len(page.object_list)})
    return render(request, "notices/postings.html", {"form": form, "page": page})


def posting(request: Any, number: int) -> HttpResponse:
    """One notice with its poster, pictures and objections; a picture is added here."""
    found = read.posting(number)
    form = PictureForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            keep_picture(found, form.cleaned_data["picture"], request.user)
        except PictureError as error:
            for line in told(error.problems, language()):
                form.add_error("picture", line)
        else:
            messages.success(request, _("照片已保存。"))
            return redirect("notices:posting", number)
    record("notice.view", found)
    context = {
        "posting": found, "case": found.case, "paper": read.paper_of(found), "form": form,
        "photos": found.photos.select_related("by").defer("sealed").order_by("pk"),
        "objections": found.objections.select_related("answer").order_by("pk"),
    }  # fmt: skip
    return render(request, "notices/posting.html", context)


def photo(request: Any, number: int) -> HttpResponse:
    """A picture of a notice."""
    found = Photo.objects.select_related("posting").filter(pk=number).first()
    if found is None:
        raise Http404
    record("notice.photo_view", found.posting, details={"photo": number})
    answer = HttpResponse(found.content(), content_type="image/jpeg")
    answer["Content-Disposition"] = f'attachment; filename="notice-{number}.jpg"'
    return answer


def objector(request: Any, number: int) -> HttpResponse:
    """Who objected and how to reach them, as far as they said; whoever looks is recorded."""
    found = Objection.objects.select_related("posting__case").filter(pk=number).first()
    if found is None:
        raise Http404
    record("notice.objector", found.posting, details={"objection": number})
    context = {"objection": found, "posting": found.posting, "objector": found.objector()}
    return render(request, "notices/objector.html", context)
