"""The public bodies that documents name: offices, governments that reconsider, courts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from doudi.web.audit import record
from doudi.web.notices.forms import AuthorityForm
from doudi.web.notices.models import Authority


def authorities(request: Any) -> HttpResponse:
    """The bodies of the county."""
    return render(
        request,
        "notices/authorities.html",
        {"authorities": _in_scope(request.user).order_by("region_id", "kind")},
    )


def add(request: Any) -> HttpResponse:
    """Enter one."""
    return _form(request, AuthorityForm(request.user, request.POST or None))


def edit(request: Any, number: int) -> HttpResponse:
    """Change one."""
    found = _in_scope(request.user).filter(pk=number).first()
    if found is None:
        raise Http404
    return _form(request, AuthorityForm(request.user, request.POST or None, instance=found))


def _form(request: Any, form: AuthorityForm) -> HttpResponse:
    if form.is_valid():
        kept = form.save()
        record("authority.keep", kept, details={"kind": kept.kind})
        messages.success(request, _("已保存；以后出具的文书按此填写。"))
        return redirect("notices:authorities")
    return render(request, "notices/authority.html", {"form": form})


def _in_scope(user: Any) -> Any:
    scope = user.scope
    return Authority.objects.select_related("region").filter(
        region_id__gte=scope.low, region_id__lte=scope.high
    )
