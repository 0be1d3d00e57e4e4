"""Public notices that were posted (公示)."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from doudi.web.scoped import Scoped


class Posting(Scoped):
    """One notice of one case. ``name``, ``members`` and ``amount`` (fen) are what may be shown, masked when it was posted.

    ``last`` is the last day on which it may be seen; ``stopped_at``: an objection is being heard; ``ended_at``: it is over
    for another reason than its period. ``key`` is drawn by lot and leads to the form of objections; it tells nothing.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="postings")
    step = models.OneToOneField("cases.Step", on_delete=models.PROTECT, related_name="posting")
    kind = models.CharField(_("文书"), max_length=40, db_collation="C")
    key = models.CharField(max_length=22, unique=True, db_collation="C")
    name = models.CharField(_("姓名"), max_length=50)
    members = models.PositiveSmallIntegerField(_("人数"))
    amount = models.BigIntegerField(_("金额"))
    is_once = models.BooleanField(default=False)
    place = models.CharField(_("张贴地点"), max_length=200, blank=True)
    posted_at = models.DateTimeField(_("公示开始"))
    last = models.DateField(_("公示至"))
    stopped_at = models.DateTimeField(_("中止时间"), null=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True)

    class Meta:
        verbose_name = _("公示")
        indexes = (
            models.Index(fields=("region", "last"), name="notices_posting_place"),
            models.Index(fields=("case", "-id"), name="notices_posting_case"),
        )
        constraints = (
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="notices_show_no_debt"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def is_visible(self, at: datetime) -> bool:
        """Whether everybody may see it at a moment: within its period, not stopped, not ended."""
        if self.stopped_at is not None or self.ended_at is not None:
            return False
        return self.posted_at <= at and timezone.localdate(at) <= self.last

    @property
    def state(self) -> str:
        """running, stopped, ended (before its time) or over (its period has passed)."""
        if self.ended_at is not None:
            return "ended"
        if self.stopped_at is not None:
            return "stopped"
        return "running" if timezone.localdate() <= self.last else "over"
