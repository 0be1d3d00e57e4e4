"""The short file of a household, for whoever stands at its door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from doudi.web.cases.models import Case
from doudi.web.registry.models import Household
from doudi.web.registry.selectors.files import File, Member, household
from doudi.web.warnings.models import Visit, Warning
from doudi.web.warnings.selectors.tasks import TO_ANSWER

_VISITS = 3


@dataclass(frozen=True, slots=True)
class Short:
    """A household with its members, marks and tags (``file``), its last visits and what is open."""

    file: File
    visits: list[Visit]
    warnings: list[Warning]
    cases: list[Case]

    @property
    def household(self) -> Household:
        """The household."""
        return self.file.household


def short(number: int) -> Short:
    """The short file of a household in scope.

    Raises:
        Http404: there is none.
    """
    found: Any = household(number)
    visits = Visit.objects.filter(household=found).select_related("by").order_by("-pk")
    warnings = Warning.objects.filter(household=found, case__stage=TO_ANSWER).defer("sealed").order_by("pk")
    cases = (
        Case.objects.filter(household=found, closed_at__isnull=True).exclude(kind="warning").order_by("-pk")
    )
    return Short(File(found), list(visits[:_VISITS]), list(warnings), list(cases))


def member_of(found: Short, number: str) -> Member | None:
    """The member with this number who has a telephone; None if there is none."""
    return next(
        (each for each in found.file.members if str(each.person.pk) == number and each.person.phone_sealed),
        None,
    )
