"""Who looked at the file of a resident's household. The database shows a resident these entries and no others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from doudi.web.accounts.models import Region, User
from doudi.web.audit.models import Entry, Outcome
from doudi.web.audit.words import action_word

KIND = "registry.household"


@dataclass(frozen=True, slots=True)
class Look:
    """One look or deed: who, from where, what and why."""

    number: int
    at: datetime
    name: str
    role: str
    office: str
    word: Any
    reason: str


def looks(before: int | None, most: int) -> list[Look]:
    """The latest looks at the household of whoever is signed in, older than the entry ``before``."""
    entries = Entry.objects.filter(target_kind=KIND, outcome=Outcome.DONE).exclude(target="").order_by("-id")
    if before is not None:
        entries = entries.filter(id__lt=before)
    found = list(entries[:most])
    numbers = {int(entry.actor) for entry in found if entry.actor}
    users = User.objects.in_bulk(numbers)
    return [_look(entry, users.get(int(entry.actor)) if entry.actor else None) for entry in found]


def _look(entry: Entry, user: User | None) -> Look:
    region: Region | None = user.region if user else None
    office = (user.organisation if user else "") or (region.name if region else "")
    return Look(
        entry.pk,
        entry.at,
        user.name if user else "",
        entry.role,
        office,
        action_word(entry.action),
        entry.reason,
    )
