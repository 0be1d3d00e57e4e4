"""Cases (办件)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.scoped import Scoped


class Case(Scoped):
    """One case. Its steps say all that happened; every column here is computed from them, for lists and filters.

    ``kind`` is a kind of ``doudi.procedure``; ``steps`` counts the steps, so that whoever acts on what somebody else has
    changed meanwhile is told. ``due`` is the soonest end of a running limit, ``due_clock`` its name, ``bound`` who must
    act. ``accounts`` are those of the household. ``amount`` is in fen.
    """

    office_path = "referral__office"
    household_path = "household_id"
    county = models.CharField(max_length=6, db_collation="C")
    number = models.CharField(_("办件编号"), max_length=40, db_collation="C", unique=True)
    kind = models.CharField(_("事项"), max_length=30, db_collation="C")
    household = models.ForeignKey(
        "registry.Household", on_delete=models.PROTECT, related_name="cases", verbose_name=_("家庭")
    )
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    accounts: Any = ArrayField(models.CharField(max_length=20), default=list)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("经办人"),
    )
    opened_at = models.DateTimeField(_("建立时间"))
    steps = models.PositiveIntegerField(default=0)
    stage = models.CharField(_("阶段"), max_length=30, db_collation="C")
    owner = models.CharField(_("由谁办理"), max_length=30, db_collation="C")
    source = models.CharField(_("来源"), max_length=20, blank=True, db_collation="C")
    programme = models.CharField(_("救助项目"), max_length=30, blank=True, db_collation="C")
    opinion = models.CharField(_("意见"), max_length=20, blank=True, db_collation="C")
    amount = models.BigIntegerField(_("金额"), null=True)
    moved_at = models.DateTimeField(_("最近办理"))
    closed_at = models.DateTimeField(_("办结时间"), null=True)
    due = models.DateTimeField(_("期限"), null=True)
    due_clock = models.CharField(max_length=40, blank=True, db_collation="C")
    bound = models.CharField(max_length=30, blank=True, db_collation="C")

    class Meta:
        verbose_name = _("办件")
        indexes = (
            models.Index(fields=("region", "stage", "due"), name="cases_case_stage"),
            models.Index(
                fields=("owner", "region", "due"),
                name="cases_case_owner",
                condition=models.Q(closed_at__isnull=True),
            ),
            models.Index(
                fields=("due", "region"), name="cases_case_due", condition=models.Q(due__isnull=False)
            ),
            models.Index(fields=("household", "-opened_at"), name="cases_case_household"),
        )

    def __str__(self) -> str:
        return self.number
