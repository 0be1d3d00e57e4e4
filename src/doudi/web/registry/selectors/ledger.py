"""What was paid to a household, by year (救助台账)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from doudi.web.registry.models import Benefit, Household


@dataclass
class Year:
    """One year: its payments, the sums (fen) by programme, and in all."""

    year: int
    paid: list[Benefit] = field(default_factory=list)

    @property
    def total(self) -> int:
        """All that was paid in the year."""
        return sum(each.amount for each in self.paid)

    @property
    def programmes(self) -> list[tuple[str, int, int]]:
        """Programme, number of payments, sum; the greatest first."""
        found: dict[str, list[int]] = defaultdict(list)
        for each in self.paid:
            found[each.programme].append(each.amount)
        sums = [(programme, len(amounts), sum(amounts)) for programme, amounts in found.items()]
        return sorted(sums, key=lambda each: (-each[2], each[0]))


def granted(household: Household) -> list[Any]:
    """What was granted to a household in its cases (待遇), the latest first; what was taken back before it began is left out."""
    rows = household.entitlements.select_related("case").exclude(until=F("since"))
    return list(rows.order_by("-since", "-pk"))


def paid_to(household: Household, day: date | None = None) -> QuerySet[Benefit]:
    """The payments to a household, the latest first, as told on a day or now; what a department has withdrawn is left out."""
    rows = household.benefits.select_related("person").order_by("-month", "programme", "pk")
    if day is None:
        return rows.filter(withdrawn_on__isnull=True)
    return rows.filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day), month__lte=day)


def years(household: Household, day: date | None = None) -> list[Year]:
    """The payments by year, the latest first."""
    found: dict[int, Year] = {}
    for each in paid_to(household, day):
        found.setdefault(each.month.year, Year(each.month.year)).paid.append(each)
    return list(found.values())
