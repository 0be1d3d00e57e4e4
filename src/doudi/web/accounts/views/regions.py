"""The divisions in scope: list, new, changed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from doudi.web.accounts.forms import NewRegionForm, RegionFilter, RegionForm, regions_in_scope
from doudi.web.accounts.services import regions as deeds

PAGE = 50


def regions(request: Any) -> HttpResponse:
    """The divisions in scope."""
    form = RegionFilter(request.GET)
    found = regions_in_scope().select_related("parent")
    if not form.is_valid():
        found = found.none()
    elif text := form.cleaned_data["text"]:
        found = found.filter(Q(code__startswith=text) | Q(name__icontains=text))
    if form.is_valid() and form.cleaned_data["within"]:
        found = found.filter(parent_id=form.cleaned_data["within"])
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/regions.html", {"form": form, "page": page})


def region_add(request: Any) -> HttpResponse:
    """A new division."""
    form = NewRegionForm(request.POST or None)
    if form.is_valid():
        deeds.add(form.save(commit=False))
        messages.success(request, _("区划已登记。"))
        return redirect("accounts:regions")
    return render(request, "accounts/region_form.html", {"form": form, "title": _("新增区划")})


def region_edit(request: Any, code: str) -> HttpResponse:
    """Change a division: name, time of validity, what it was merged into."""
    region = get_object_or_404(regions_in_scope(), code=code)
    old_name = region.name
    form = RegionForm(request.POST or None, instance=region)
    if form.is_valid():
        renamed_on = form.cleaned_data["renamed_on"] if "name" in form.changed_data else None
        deeds.edit(form.save(commit=False), form.changed_data, old_name, renamed_on)
        messages.success(request, _("已保存。"))
        return redirect("accounts:regions")
    names = region.names.order_by("-valid_to")
    context = {"form": form, "title": _("修改区划"), "region": region, "names": names}
    return render(request, "accounts/region_form.html", context)
