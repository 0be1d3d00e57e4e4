"""The township's list of warnings, and one warning with all that belongs to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Case as When_
from django.db.models import F, IntegerField, Q, QuerySet, Value, When
from django.http import Http404
from django.utils import timezone

from doudi.feeds import contract
from doudi.monitoring.entries import LEVELS, Indicator
from doudi.web.accounts.models.region import prefix_of
from doudi.web.cases.selectors.folders import Folder
from doudi.web.warnings.models import Hold, Night, Round, State, Warning
from doudi.web.warnings.words import indicator_of

PAGE = 20
GRAVITY = When_(
    *(When(level=level, then=Value(place)) for place, level in enumerate(LEVELS)),
    default=Value(len(LEVELS)), output_field=IntegerField(),
)  # fmt: skip
_STAGES = ("raised", "dispatched", "answered")


def alerts(wanted: Mapping[str, Any]) -> QuerySet:
    """The warnings that match; the gravest first, then the soonest deadline."""
    found = Warning.objects.select_related(
        "household__head", "person", "region__parent", "case__assigned_to"
    ).filter(_in_state(wanted.get("state") or "open"))
    for name in ("level", "indicator"):
        if wanted.get(name):
            found = found.filter(**{name: wanted[name]})
    if wanted.get("indicators") is not None:
        found = found.filter(indicator__in=wanted["indicators"])
    if wanted.get("region"):
        prefix = prefix_of(wanted["region"])
        found = found.filter(region_id__gte=prefix.ljust(12, "0"), region_id__lte=prefix.ljust(12, "9"))
    return found.annotate(gravity=GRAVITY).order_by("gravity", F("case__due").asc(nulls_last=True), "pk")


def _in_state(state: str) -> Q:
    open_now = Q(case__closed_at__isnull=True, case__isnull=False)
    if state in _STAGES:
        return Q(case__stage=state)
    return {
        "late": open_now & Q(case__due__lt=timezone.now()),
        "closed": Q(case__closed_at__isnull=False),
        "held": Q(held_back_until__gte=timezone.localdate()),
        "gone": open_now & Q(state=State.GONE),
        "all": Q(),
    }.get(state, open_now)


def indicators_shown() -> list[str]:
    """The indicators of which there are warnings in scope, in order of their ids."""
    return list(Warning.objects.order_by("indicator").values_list("indicator", flat=True).distinct())


def last_night(user: Any) -> Night | None:
    """The newest night of the county in which an account works."""
    county = str(user.region_id)[:6].ljust(12, "0")
    return Night.objects.filter(region_id=county).order_by("-day").first()


def quiet_feeds(night: Night | None, language: str) -> list[str]:
    """Feeds that are missing or late, as a person reads them: unknown, not nothing."""
    found = []
    for one in night.not_judged if night else ():
        made = contract(one["feed"])
        name = (
            f"{made.zh}（{made.department_zh}）" if language == "zh" else f"{made.en} ({made.department_en})"
        )
        found.append(f"{name} {one['newest'] or '—'}")
    return found


@dataclass
class Alert:
    """A warning as its page shows it."""

    warning: Warning
    user: Any

    @cached_property
    def sides(self) -> dict[str, Any]:
        """Value, limit and kind; empty of a lead."""
        return self.warning.sides()

    @property
    def entry(self) -> Indicator | None:
        """Its indicator in the catalogue."""
        return indicator_of(self.warning.indicator)

    @cached_property
    def folder(self) -> Folder | None:
        """Its case; None while it is held back."""
        return Folder(self.warning.case, self.user) if self.warning.case else None

    @cached_property
    def night(self) -> Night | None:
        """The newest night of its county."""
        return last_night(self.user)

    def sources(self, language: str) -> list[tuple[str, bool]]:
        """The feeds on which it rests, and whether each was missing or late in the newest night."""
        quiet = {one["feed"] for one in self.night.not_judged} if self.night else set()
        return [
            (contract(feed).zh if language == "zh" else contract(feed).en, feed in quiet)
            for feed in (self.entry.sources if self.entry else ())
        ]

    @cached_property
    def closing(self) -> str:
        """The step by which whoever looks can accept the answer now; empty for none."""
        moves = self.folder.allowed if self.folder else ()
        return next((move.step.name for move in moves if move.step.name.startswith("close_")), "")

    @cached_property
    def hold(self) -> Hold | None:
        """The decision that holds it back."""
        return (
            Hold.objects.filter(
                indicator=self.warning.indicator, subject_number=self.warning.subject_number,
                household_id=self.warning.household_id, lifted_at__isnull=True, until__gte=timezone.localdate(),
            )
            .select_related("decided_by").order_by("-until").first()
        )  # fmt: skip

    @cached_property
    def visits(self) -> Sequence[Any]:
        """The visits that answered it, the newest first."""
        found = self.warning.household.visits.filter(warnings__contains=[self.warning.pk])
        return list(found.select_related("by", "conflicts_with__by").order_by("-pk"))

    @cached_property
    def remarks(self) -> Sequence[Any]:
        """What was written about it, the oldest first."""
        return list(self.warning.remarks.select_related("by").order_by("pk"))

    @cached_property
    def meetings(self) -> Sequence[Any]:
        """The meetings that took it up."""
        return list(self.warning.meetings.select_related("by").order_by("-pk"))

    @property
    def died(self) -> bool:
        """Whether whoever looked found that somebody has died."""
        return Round.objects.filter(case=self.warning.case_id, result="died").exists()

    @cached_property
    def opened(self) -> Sequence[Any]:
        """The cases that came of it."""
        return list(self.warning.case.children.order_by("pk")) if self.warning.case else []


def alert(number: int, user: Any) -> Alert:
    """A warning in scope.

    Raises:
        Http404: there is none.
    """
    found = (
        Warning.objects.select_related(
            "household__head", "person", "region__parent", "case__household", "case__assigned_to"
        )
        .filter(pk=number)
        .first()
    )
    if found is None:
        raise Http404
    return Alert(found, user)
