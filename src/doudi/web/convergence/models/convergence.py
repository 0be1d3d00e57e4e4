"""Convergences (并轨) that were taken in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Convergence(models.Model):
    """Two registers of a county made one on a day. It tells of nobody, so that townships and villages see that of their county.

    ``content`` is the hash of its files; ``rows`` what was read of the list, as ``summary.json`` tells it; ``watch_until``: until when
    those who leave are watched, null where the law of the place does not say. Whoever took it in (``by``; null: the command) decides of
    nobody in it. Only the newest of a county is reviewed.
    """

    region = models.ForeignKey("accounts.Region", on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("并轨日期"))
    period = models.CharField(_("期别"), max_length=20, blank=True)
    content = models.CharField(max_length=64, db_collation="C")
    rows: Any = models.JSONField(default=dict)
    watch_until = models.DateField(_("跟踪至"), null=True)
    survey = models.ForeignKey("warnings.Survey", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("经办人"),
    )
    at = models.DateTimeField(_("接收时间"), auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("region", "content"), name="one_convergence_by_content"),
        )

    def __str__(self) -> str:
        return f"{self.region_id} {self.day}"
