"""Lists of households: filtered, by place and number, a page at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from doudi.web.accounts.models.region import prefix_of
from doudi.web.registry.models import Household, Tag

SIZES = (20, 50, 100)
COUNTED = 5_000
OPEN = "open"


@dataclass(frozen=True, slots=True)
class Page:
    """Households of one page. ``count``: of all that match, up to ``COUNTED``; ``after`` leads to the next page."""

    households: list[Household]
    count: int
    more: bool
    after: str | None


def households(wanted: dict[str, Any]) -> QuerySet:
    """The households that match ``region`` (code), ``tier`` (code or ``open``), ``held``, ``tag``; those that ended are left out."""
    found = Household.objects.filter(ended_on__isnull=True, size__gt=0).order_by("region_id", "pk")
    if wanted.get("region"):
        prefix = prefix_of(wanted["region"])
        found = found.filter(region_id__gte=prefix.ljust(12, "0"), region_id__lte=prefix.ljust(12, "9"))
    if wanted.get("tier"):
        found = found.filter(tier="" if wanted["tier"] == OPEN else wanted["tier"])
    if wanted.get("tag"):
        found = found.filter(tags__code=wanted["tag"], tags__until__isnull=True)
    return found


def page(wanted: dict[str, Any], size: int, after: str = "") -> Page:
    """One page of what matches."""
    found = households(wanted)
    count = found.order_by()[: COUNTED + 1].count()
    match = re.fullmatch(r"(\d{12})-(\d{1,18})", after)
    if match:
        later = Q(region_id__gt=match[1]) | Q(region_id=match[1], pk__gt=int(match[2]))
        found = found.filter(later, region_id__gte=match[1])
    rows = list(found.select_related("region__parent", "head").prefetch_related(_tags())[: size + 1])
    shown = rows[:size]
    last = shown[-1] if len(rows) > size else None
    return Page(shown, min(count, COUNTED), count > COUNTED, f"{last.region_id}-{last.pk}" if last else None)


def _tags() -> Any:
    return Prefetch("tags", Tag.objects.filter(until__isnull=True).order_by("code"), to_attr="present_tags")
