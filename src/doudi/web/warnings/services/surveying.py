"""Beginning a merged survey, and keeping who was visited in it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from doudi.web.accounts.models import Region
from doudi.web.audit import record
from doudi.web.cases.errors import refused
from doudi.web.registry.marking import label_word
from doudi.web.registry.models import Household, Mark
from doudi.web.registry.sensitive import seal
from doudi.web.registry.tiering import code_word
from doudi.web.warnings.errors import WarningError
from doudi.web.warnings.models import Survey, SurveyHome, Visit
from doudi.web.warnings.models.survey import PURPOSE

_BATCH = 1000
ORDINARY = 4
"""The order of a household of which no more is known."""


@dataclass(frozen=True, slots=True)
class ToSurvey:
    """A household to be surveyed; ``household`` is the number of its row, None while it is not registered."""

    key: str
    region: str
    household: int | None
    order: int = ORDINARY
    in_list: bool = False
    in_base: bool = False
    shown: dict[str, str] = field(default_factory=dict)


def usual_period() -> tuple[date, date]:
    """September, in which both departments survey once: that of this year, or of the next when it is over."""
    today = timezone.localdate()
    year = today.year if today <= date(today.year, 9, 30) else today.year + 1
    return date(year, 9, 1), date(year, 9, 30)


@transaction.atomic
def begin(
    county: Region, since: date, until: date, homes: Sequence[ToSurvey], by: Any, before: int | None = None
) -> Survey:
    """Begin a survey of these households; the one before it is closed by that.

    Raises:
        WarningError: there is nobody to be surveyed, or the period is none.
    """
    if until < since:
        raise WarningError(
            refused("survey.period", "结束日期早于开始日期", "the survey ends before it begins")
        )
    if not homes:
        raise WarningError(refused(
            "survey.nobody", "没有要调查的家庭", "there is no household to be surveyed",
            "先接收并轨结果，或者先载入在享救助", "take in a convergence, or load the aid that is paid",
        ))  # fmt: skip
    survey: Survey = Survey.objects.create(
        region=county, since=since, until=until, before=before, begun_by=by
    )
    SurveyHome.objects.bulk_create([_row(survey, one) for one in homes], batch_size=_BATCH)
    record("survey.begin", survey, region=county.code, details={"households": len(homes)})
    return survey


def _row(survey: Survey, one: ToSurvey) -> SurveyHome:
    found = SurveyHome(
        survey=survey, region_id=one.region, household_id=one.household, key=one.key, order=one.order,
        in_list=one.in_list, in_base=one.in_base,
    )  # fmt: skip
    found.sealed = seal(json.dumps(one.shown, ensure_ascii=False).encode(), PURPOSE, found.seal_owner)
    return found


def from_registry(county: str) -> list[ToSurvey]:
    """The households of a county that hold aid or whose members bear a mark, for a year in which the registers are one already."""
    marked = Mark.objects.filter(household=OuterRef("pk"))
    homes = (
        Household.objects.filter(county=county, ended_on__isnull=True)
        .annotate(marked=Exists(marked))
        .filter(Q(marked=True) | ~Q(held=[]))
        .order_by("region_id", "pk")
    )
    labels = _labels(county)
    return [
        ToSurvey(
            home.number, home.region_id, home.pk, in_list=home.pk in labels, in_base=bool(home.held),
            shown={
                "labels": "、".join(dict.fromkeys(labels.get(home.pk, ()))),
                "tiers": "、".join(code_word("holding", "programme", code, "zh") for code in home.held),
            },
        )
        for home in homes
    ]  # fmt: skip


def _labels(county: str) -> dict[int, list[str]]:
    """The labels of the marked members of each household."""
    found: dict[int, list[str]] = {}
    rows = Mark.objects.filter(household__county=county).order_by("pk")
    for household, code in rows.values_list("household_id", "label"):
        found.setdefault(household, []).append(label_word(code, "zh"))
    return found


def visited(visit: Visit) -> None:
    """Let a visit count in the survey that runs; in that of its household alone."""
    newest = (
        SurveyHome.objects.filter(household=visit.household_id)
        .order_by("-survey_id")
        .select_related("survey")
        .first()
    )
    if newest is not None and timezone.localdate(visit.visited_at) >= newest.survey.since:
        newest.visit = visit
        newest.save(update_fields=["visit"])
