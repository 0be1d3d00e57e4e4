"""Work that is late, told to whom it is to be told (督办)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.scoped import Scoped


class Escalation(Scoped):
    """One limit of one case that ran out: told once. ``bound`` had to act, ``told`` is the role that was told."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="escalations")
    clock = models.CharField(_("期限"), max_length=40, db_collation="C")
    started = models.DateTimeField()
    due = models.DateTimeField(_("届满"))
    bound = models.CharField(_("由谁办理"), max_length=30, db_collation="C")
    told = models.CharField(_("告知"), max_length=30, db_collation="C")
    at = models.DateTimeField(_("督办时间"))
    ended_at = models.DateTimeField(_("办结时间"), null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "clock", "started"), name="escalated_once"),)
        indexes = (
            models.Index(
                fields=("told", "region", "-at"),
                name="cases_escalation_told",
                condition=models.Q(ended_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.clock}"
