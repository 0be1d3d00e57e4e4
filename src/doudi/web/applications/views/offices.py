"""Offices and their telephone numbers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from doudi.web.accounts.models import Region
from doudi.web.applications.models import Office
from doudi.web.applications.resident_forms import OfficeForm
from doudi.web.audit import record

LEVELS = ("county", "township")


def offices(request: Any) -> HttpResponse:
    """County and townships with their offices."""
    rows = Region.objects.within(request.user.scope.prefix).filter(level__in=LEVELS, valid_to=None)
    return render(
        request, "applications/offices.html", {"regions": rows.select_related("office").order_by("code")}
    )


def office(request: Any, code: str) -> HttpResponse:
    """Write down where people turn to."""
    place = Region.objects.within(request.user.scope.prefix).filter(code=code, level__in=LEVELS).first()
    if place is None:
        raise Http404
    found = Office.objects.filter(region=place).first() or Office(region=place, name=place.name)
    form = OfficeForm(request.POST or None, instance=found)
    if form.is_valid():
        with transaction.atomic():
            form.save()
            record("office.edit", ("accounts.region", place.code), region=place.code)
        messages.success(request, _("已保存。"))
        return redirect("applications:offices")
    return render(request, "applications/office.html", {"form": form, "place": place})
