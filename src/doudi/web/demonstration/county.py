"""The county that ``doudi demo`` made, entered into the registry once."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.db import transaction

from doudi.web.accounts.models import Region
from doudi.web.database.scope import acting_as, system
from doudi.web.migration import analyse
from doudi.web.registry.loading import load
from doudi.web.registry.loading.evidence import Evidence
from doudi.web.registry.loading.lookups import restore, set_aside
from doudi.web.registry.loading.made_up import make_villages, seat_resident
from doudi.web.registry.models import Load

COUNTY = "999901"


def county_in(home: Path) -> date | None:
    """The day of the facts that lie in the folder of ``doudi demo``; None when there are none."""
    told = home / "evidence" / "sources.json"
    if not told.exists():
        return None
    return date.fromisoformat(json.loads(told.read_text("utf-8"))["day"])


def enter(home: Path, day: date, progress: Callable[[str], None]) -> bool:
    """Enter the county into the registry; whether anything was done, since the same county is entered once. If it was, ``settle``
    is still to be done.

    Raises:
        LoadError: files are missing, or a later county has been entered.
    """
    folder = home / "evidence"
    if _entered(folder, day):
        return False
    make_villages(folder, COUNTY, day)
    set_aside()
    try:
        load(folder, COUNTY, day, home / "registry", home / "store", progress)
    except BaseException:
        restore()
        raise
    seat_resident(COUNTY)
    return True


def settle() -> None:
    """What may be done while the pages answer already: indexes that make them fast, and what the database counts to plan well."""
    restore()
    analyse("registry")


def _entered(folder: Path, day: date) -> bool:
    with acting_as(system()), transaction.atomic():
        region = Region.objects.filter(code=COUNTY.ljust(12, "0")).first()
        latest = Load.objects.filter(region=region).order_by("-id").first() if region else None
    return latest is not None and latest.day == day and latest.content == Evidence(folder).content
