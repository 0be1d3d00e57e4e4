"""What was paid too much after a death, month by month: what was paid, and what the law gave those who are left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from doudi.assessment.determination import Determination
from doudi.procedure.calendar import add_months
from doudi.web.cases.models import Overpayment, Way
from doudi.web.cases.selectors.calculating import amount_of
from doudi.web.cases.selectors.paid import last_paid, paid_in
from doudi.web.cases.services.cases import local_now
from doudi.web.registry.determining import determine
from doudi.web.registry.models import Household
from doudi.web.registry.selectors.files import File

MOST = 50


@dataclass(frozen=True, slots=True)
class Month:
    """One month: fen that were paid, and that were due to those who are left; ``due`` None while that cannot be determined."""

    month: date
    paid: int
    due: int | None

    @property
    def over(self) -> int | None:
        """What was paid too much."""
        return None if self.due is None else max(0, self.paid - self.due)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """All months of one overpayment."""

    months: Sequence[Month]

    @property
    def paid(self) -> int:
        """All that was paid."""
        return sum(each.paid for each in self.months)

    @property
    def due(self) -> int | None:
        """All that was due; None while one month cannot be determined."""
        found = [each.due for each in self.months]
        return None if None in found else sum(each for each in found if each is not None)

    @property
    def over(self) -> int | None:
        """All that was paid too much; None while one month cannot be determined."""
        found = [each.over for each in self.months]
        return None if None in found else sum(each for each in found if each is not None)


def reckon(one: Overpayment, until: date) -> Reckoned:
    """The months from the one after the death to before ``until`` (a first day) in which something is known to have been paid.

    The months after a later death belong to the overpayment of that one. What was due is determined under the law of each
    month, from what is known now of those who belonged to the household in it.
    """
    later = one.household.overpayments.filter(since__gt=one.since).order_by("since")
    until = min([until, *later.values_list("since", flat=True)[:1]])
    last = last_paid(one.household, add_months(until, -1))
    if last is None or last < one.since:
        return Reckoned(())
    months = _months(one.since, last)
    paid = [(month, paid_in(one.household, month)) for month in months]
    return Reckoned(tuple(Month(month, sum_, _due(one.household, month)) for month, sum_ in paid if sum_))


def first_month(facts: Mapping[str, Any]) -> date:
    """The month in which the new sum of a case begins, as it was told; the coming one while that was not told."""
    told = facts.get("effective_from")
    day = date.fromisoformat(str(told)) if told else add_months(local_now().date(), 1)
    return day.replace(day=1)


def of_case(case: Any) -> list[Overpayment]:
    """The overpayments that a case is about, one for each month of death: its own, and those of the case from which it came."""
    numbers = [number for number in (case.pk, case.parent_id) if number is not None]
    found = Overpayment.objects.select_related("household").filter(case_id__in=numbers)
    return list(found.order_by("since"))


def over_of(case: Any, until: date) -> int | None:
    """All that was paid too much and is not decided yet; None where nothing is open, or where a month cannot be determined."""
    found = [reckon(each, until).over for each in of_case(case) if each.way == Way.OPEN]
    return None if not found or None in found else sum(each for each in found if each is not None)


def open_overpayments() -> list[Overpayment]:
    """Those in scope that wait for a decision or for the money, the oldest first."""
    found = Overpayment.objects.filter(way__in=(Way.OPEN, Way.ORDERED))
    return list(
        found.select_related("household__head", "region__parent", "case", "decided_in").order_by("pk")[:MOST]
    )


def _months(first: date, last: date) -> list[date]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [add_months(first, place) for place in range(count)]


def _due(household: Household, month: date) -> int | None:
    """What the law of a month gives those who belonged to the household on its first day; nothing where nobody was left."""
    file = File(household, composed_on=month)
    relations = {member.person.number: member.relation for member in file.members}
    if not relations:
        return 0
    found = determine(file.known, relations, household.county, month)
    return amount_of(found) if isinstance(found, Determination) else None
