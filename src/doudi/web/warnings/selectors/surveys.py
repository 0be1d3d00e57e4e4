"""The survey that runs: its households in scope, their states, and how far each village has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from doudi.web.accounts.models import Region
from doudi.web.accounts.models.region import prefix_of
from doudi.web.warnings.models import Survey, SurveyHome, Visit
from doudi.web.warnings.selectors.tasks import MOST

PAGE, SHEETS = 30, 100
"""Households on a page of the list, and sheets that are printed at once."""
STATES = {
    "todo": _("待走访"), "absent": _("不在家，再访"), "done": _("已走访"), "unregistered": _("未登记"),
}  # fmt: skip
UNREGISTERED = Q(household__isnull=True)
_IN = {
    "todo": Q(visit__isnull=True, household__isnull=False), "absent": Q(visit__at_home=False),
    "done": Q(visit__at_home=True), "unregistered": UNREGISTERED,
}  # fmt: skip
TO_VISIT = _IN["todo"] | _IN["absent"]


def running(user: Any) -> Survey | None:
    """The newest survey of the county in which an account works."""
    county = str(user.region_id)[:6].ljust(12, "0")
    return Survey.objects.filter(region_id=county).order_by("-pk").first()


def homes(survey: Survey, wanted: Mapping[str, Any]) -> QuerySet:
    """Its households in scope by ``state`` and ``region``: by village, the most urgent first."""
    found = SurveyHome.objects.filter(survey=survey).select_related("household__head", "region", "visit")
    if wanted.get("region"):
        prefix = prefix_of(wanted["region"])
        found = found.filter(region_id__gte=prefix.ljust(12, "0"), region_id__lte=prefix.ljust(12, "9"))
    return found.filter(_IN.get(wanted.get("state") or "", Q())).order_by("region_id", "order", "pk")


def to_visit(survey: Survey) -> list[SurveyHome]:
    """Its households in scope that wait for a visit, as many as a phone is told of at once."""
    return list(homes(survey, {}).filter(TO_VISIT)[:MOST])


def state_of(home: SurveyHome) -> str:
    """One of ``STATES``."""
    if home.household_id is None:
        return "unregistered"
    if home.visit is None:
        return "todo"
    return "done" if home.visit.at_home else "absent"


def home_of(number: int) -> SurveyHome:
    """A household of a survey, in scope.

    Raises:
        Http404: there is none.
    """
    found: SurveyHome | None = with_places(SurveyHome.objects.filter(pk=number)).first()
    if found is None:
        raise Http404
    return found


def with_places(found: QuerySet) -> QuerySet:
    """Households of a survey with all that their sheets name besides the members."""
    return found.select_related(
        "survey__region", "household__head", "household__region__parent", "region__parent", "visit"
    )


def newest_visits(found: list[SurveyHome]) -> dict[int, int]:
    """The number of the newest visit of each of these households, by the household."""
    numbers = [one.household_id for one in found if one.household_id]
    rows = Visit.objects.filter(household_id__in=numbers).order_by("household_id", "-pk")
    return dict(rows.distinct("household_id").values_list("household_id", "pk"))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a place has come: households by state; ``region`` None stands for all together."""

    region: Region | None
    todo: int
    absent: int
    done: int
    unregistered: int

    @property
    def all(self) -> int:
        """All its households."""
        return self.todo + self.absent + self.done + self.unregistered

    @property
    def share(self) -> int:
        """The whole percent that is done, never rounded up."""
        return self.done * 100 // self.all if self.all else 0


def progress(survey: Survey) -> list[Progress]:
    """The villages in scope in their order, and last all together. Two queries."""
    counts = {name: Count("pk", filter=asked) for name, asked in _IN.items()}
    rows = list(
        SurveyHome.objects.filter(survey=survey).order_by("region_id").values("region_id").annotate(**counts)
    )
    places = Region.objects.select_related("parent").in_bulk([row["region_id"] for row in rows])
    found = [Progress(places[row["region_id"]], *(row[name] for name in STATES)) for row in rows]
    return [*found, Progress(None, *(sum(row[name] for row in rows) for name in STATES))]
