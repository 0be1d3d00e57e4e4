"""Two registers that were uploaded to be made one, and their files. The files are erased when they are no longer needed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.choices import TextChoices
from doudi.web.scoped import Scoped

FILES = "convergence files"
"""The purpose for which the files are sealed."""


class PairState(TextChoices):
    """How far a pair has come."""

    CHECKING = "checking", _("检查中")
    REFUSED = "refused", _("文件读不了")
    CHECKED = "checked", _("待并轨")
    MAKING = "making", _("并轨中")
    FAILED = "failed", _("未成")
    MADE = "made", _("已并轨")


class Pair(Scoped):
    """The list against return to poverty and the low-income base, as a county's officer uploaded them.

    ``reports``: what was recognised in each file (``doudi.feeds.Report``), which holds no value of a row. ``faults``: why it went no
    further, each ``{"zh": …, "en": …}``. ``convergence``: what came of it. ``erased_at``: when its files were erased.
    """

    listed_name = models.CharField(_("防返贫监测名单"), max_length=120)
    base_name = models.CharField(_("低收入人口库"), max_length=120)
    day = models.DateField(_("并轨日期"))
    period = models.CharField(_("期别"), max_length=20, blank=True)
    since = models.DateField(_("调查开始"))
    until = models.DateField(_("调查结束"))
    state = models.CharField(_("状态"), max_length=10, choices=PairState.choices, default=PairState.CHECKING)
    reports: Any = models.JSONField(default=list)
    faults: Any = models.JSONField(default=list)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("经办人")
    )
    at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    job = models.ForeignKey("jobs.Job", on_delete=models.PROTECT, null=True, related_name="+")
    convergence = models.ForeignKey(
        "convergence.Convergence", on_delete=models.PROTECT, null=True, related_name="pairs"
    )
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("region", "-id"), name="convergence_pair_place"),)

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def busy(self) -> bool:
        """Whether a job is at it."""
        return self.state in (PairState.CHECKING, PairState.MAKING)

    @property
    def stuck(self) -> bool:
        """Whether the job that was at it ended without an outcome."""
        return self.busy and self.job is not None and not self.job.open

    @property
    def makeable(self) -> bool:
        """Whether it can be made one now."""
        waits = self.state in (PairState.CHECKED, PairState.FAILED)
        return self.erased_at is None and (waits or (self.state == PairState.MAKING and self.stuck))


class Piece(Scoped):
    """A part of a file of a pair, sealed. ``file``: ``listed``, ``base``, or the rows set aside of one: ``listed_aside``, ``base_aside``."""

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="pieces")
    file = models.CharField(max_length=12, db_collation="C")
    place = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("pair", "file", "place"), name="one_piece_by_place"),)

    def __str__(self) -> str:
        return f"{self.pair_id} {self.file} {self.place}"
