"""Rounds (一轮处置): each time a warning is answered, with the moments that lists and figures count."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.scoped import Scoped


class Round(Scoped):
    """One case of a warning. Every column follows from the steps of the case (``doudi.web.warnings.effects``), but ``opened_at``: when the
    village first had it before its eyes.

    ``sending``: the action by which it was sent with many others. ``result`` is what the visit found of the warning itself, while the
    case may say that it is handled with another of the same household; ``useful``: whether it was right to raise it, null before it is
    closed.
    """

    warning = models.ForeignKey("warnings.Warning", on_delete=models.PROTECT, related_name="rounds")
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="round")
    indicator = models.CharField(_("指标"), max_length=60, db_collation="C")
    level = models.CharField(_("级别"), max_length=10, db_collation="C")
    raised_at = models.DateTimeField(_("预警时间"))
    dispatched_at = models.DateTimeField(_("交办时间"), null=True)
    opened_at = models.DateTimeField(_("村里打开时间"), null=True)
    sending = models.ForeignKey(
        "warnings.Sending", on_delete=models.PROTECT, null=True, related_name="rounds"
    )
    answered_at = models.DateTimeField(_("核查时间"), null=True)
    closed_at = models.DateTimeField(_("办结时间"), null=True)
    result = models.CharField(_("处置结果"), max_length=20, blank=True, db_collation="C")
    useful = models.BooleanField(null=True)
    visit = models.ForeignKey("warnings.Visit", on_delete=models.PROTECT, null=True, related_name="rounds")

    class Meta:
        indexes = (
            models.Index(fields=("region", "raised_at"), name="warnings_round_raised"),
            models.Index(fields=("indicator", "closed_at"), name="warnings_round_indicator"),
        )

    def __str__(self) -> str:
        return f"{self.warning_id}/{self.case_id}"
