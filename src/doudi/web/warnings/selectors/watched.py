"""The monitoring base (低收入人口监测底册): which households are watched, why, and when somebody was last there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from doudi.web.cases.models import Case
from doudi.web.registry.models import Household, Mark, MarkKind
from doudi.web.warnings.models import Visit, Warning

YEARS = timedelta(days=730)
LONG = timedelta(days=180)
LEFT = (
    Q(kind="cut", stage="in_effect", amount=0)
    | Q(kind="grace", stage="finished")
    | Q(kind="tekun_end", stage="over")
)
REFUSED = Q(kind__in=("application", "tekun"), stage__in=("refusal_told", "not_accepted"))
REASONS = {
    "warned": _("有未办结预警"),
    "left": _("两年内退出救助"),
    "refused": _("两年内申请未通过"),
    "margin": _("低保边缘、刚性支出困难"),
    "delisted": _("退出防返贫监测，跟踪期内"),
    "unvisited": _("半年没有走访"),
}


def watched(reason: str = "") -> QuerySet:
    """The households that are watched, each with its reasons and last visit; of one reason, if it is given. The longest without a
    visit first."""
    now = timezone.now()
    cases = Case.objects.filter(household=OuterRef("pk"), closed_at__gte=now - YEARS)
    visit = Visit.objects.filter(household=OuterRef("pk")).order_by("-visited_at")
    warned = Warning.objects.filter(
        household=OuterRef("pk"), case__isnull=False, case__closed_at__isnull=True
    )
    delisted = Mark.objects.filter(household=OuterRef("pk"), kind=MarkKind.WATCH).filter(
        Q(until__isnull=True) | Q(until__gte=timezone.localdate())
    )
    found = (
        Household.objects.filter(ended_on__isnull=True)
        .select_related("head", "region")
        .annotate(
            warned=Exists(warned), left=Exists(cases.filter(LEFT)), refused=Exists(cases.filter(REFUSED)),
            delisted=Exists(delisted), visited_at=Subquery(visit.values("visited_at")[:1]),
        )
    )  # fmt: skip
    margin = Q(tier__in=("low_margin", "rigid"))
    every = Q(warned=True) | Q(left=True) | Q(refused=True) | Q(delisted=True) | margin
    long_ago = Q(visited_at__isnull=True) | Q(visited_at__lt=now - LONG)
    asked = {
        "warned": Q(warned=True), "left": Q(left=True), "refused": Q(refused=True), "margin": margin, "delisted": Q(delisted=True),
        "unvisited": every & long_ago,
    }.get(reason, every)  # fmt: skip
    return found.filter(asked).order_by("visited_at", "pk")


def unvisited(county: str) -> list[Any]:
    """The households of a county that left aid or were refused within two years and where nobody was for half a year since."""
    now = timezone.now()
    cases = Case.objects.filter(LEFT | REFUSED, county=county, closed_at__range=(now - YEARS, now - LONG))
    ended = cases.filter(household=OuterRef("pk")).order_by("-closed_at").values("closed_at")[:1]
    visits = Visit.objects.filter(household=OuterRef("pk")).order_by().values("household")
    found = (
        Household.objects.filter(county=county, ended_on__isnull=True)
        .filter(Exists(cases.filter(household=OuterRef("pk"))))
        .annotate(
            left_at=Subquery(ended),
            visited_at=Subquery(visits.annotate(last=Max("visited_at")).values("last")[:1]),
        )
        .filter(Q(visited_at__isnull=True) | Q(visited_at__lt=now - LONG))
    )
    return list(found.order_by("pk"))
