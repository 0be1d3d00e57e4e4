"""The auditor's pages. Looking at the trail is itself recorded."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from doudi.web.audit import record
from doudi.web.audit.forms import EntryFilter
from doudi.web.audit.models import Entry
from doudi.web.audit.selectors import entries as search
from doudi.web.audit.words import action_word

PAGE = 50


def entries(request: Any) -> HttpResponse:
    """Entries by time, account, deed, outcome, target, person; fifty at a time, by the number of the last one seen."""
    form = EntryFilter(request.GET)
    found = search(form.cleaned_data) if form.is_valid() else Entry.objects.none()
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        found = found.filter(id__lt=int(before))
    shown = list(found[: PAGE + 1])
    more = len(shown) > PAGE
    asked = sorted(name for name, value in form.cleaned_data.items() if value) if form.is_valid() else []
    record("audit.search", ("audit.entry", ""), details={"by": asked, "shown": min(len(shown), PAGE)})
    rows = [(entry, action_word(entry.action)) for entry in shown[:PAGE]]
    context = {"form": form, "rows": rows, "older": shown[PAGE - 1].id if more else None, "before": before}
    return render(request, "audit/entries.html", context)


def entry(request: Any, number: int) -> HttpResponse:
    """One entry with its link."""
    found = get_object_or_404(Entry.objects.select_related("link"), pk=number)
    record("audit.view", found)
    link = getattr(found, "link", None)
    context = {
        "entry": found,
        "word": action_word(found.action),
        "details": json.loads(found.details),
        "link": link,
        "seal": bytes(link.hash).hex() if link else "",
    }
    return render(request, "audit/entry.html", context)
