"""Standing decisions to hold warnings back (暂不提示)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.scoped import Scoped


class Hold(Scoped):
    """Warnings of an indicator (``*``: all) about a person or household are held back until a day, for a reason that somebody
    gave. The next sweep reads it."""

    indicator = models.CharField(_("指标"), max_length=60, db_collation="C")
    subject_number = models.CharField(max_length=40, db_collation="C")
    household = models.ForeignKey("registry.Household", on_delete=models.PROTECT, related_name="holds")
    reason = models.CharField(_("理由"), max_length=500)
    until = models.DateField(_("暂不提示至"))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("决定时间"), auto_now_add=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("region", "until"), name="warnings_hold_until"),)

    def __str__(self) -> str:
        return f"{self.indicator} {self.subject_number}"
