"""Looking for entries. The database shows each account only those that it may see."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from doudi.web.audit.models import Entry

_EXACT = {
    "actor": "actor_name",
    "role": "role",
    "outcome": "outcome",
    "target": "target",
    "subject": "subject",
}


def entries(wanted: dict[str, Any]) -> QuerySet:
    """The entries that match what was asked for, the newest first."""
    found = Entry.objects.select_related("link").order_by("-id")
    for name, column in _EXACT.items():
        if wanted.get(name):
            found = found.filter(**{column: wanted[name]})
    if wanted.get("action"):
        found = found.filter(action__startswith=wanted["action"])
    if wanted.get("begin"):
        found = found.filter(at__gte=_midnight(wanted["begin"]))
    if wanted.get("end"):
        found = found.filter(at__lt=_midnight(wanted["end"] + timedelta(days=1)))
    return found


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
