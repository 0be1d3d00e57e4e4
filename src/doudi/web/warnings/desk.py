"""What waits of warnings and visits, counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from doudi.web.registry.desk import WORKERS
from doudi.web.site.desk import Tile
from doudi.web.warnings.models import Lead, SurveyHome, Warning
from doudi.web.warnings.selectors.surveys import TO_VISIT, running


def tiles(user: Any) -> Iterator[Tile]:
    """Households to visit, warnings to dispatch or accept, what is late, and leads of nobody known."""
    if user.role not in WORKERS:
        return
    waiting = Warning.objects.filter(case__closed_at__isnull=True, case__isnull=False)
    homes = waiting.filter(case__stage="dispatched").values("household_id").distinct().count()
    yield Tile(_("待走访的家庭"), homes, "warnings:today", "visit")
    survey = running(user)
    if survey is not None:
        left = SurveyHome.objects.filter(TO_VISIT, survey=survey).count()
        yield Tile(_("合并调查待走访"), left, "warnings:survey", "household", "?state=todo")
    raised = waiting.filter(case__stage="raised").count()
    yield Tile(_("待交办的预警"), raised, "warnings:alerts", "bell", "?state=raised")
    late = waiting.filter(case__due__lt=timezone.now()).count()
    yield Tile(_("超期的预警"), late, "warnings:alerts", "warning", "?state=late")
    yield Tile(
        _("待查明的线索"), Lead.objects.filter(household__isnull=True).count(), "warnings:leads", "search"
    )
