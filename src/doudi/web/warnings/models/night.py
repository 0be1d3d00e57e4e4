"""Nights that were taken in."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Night(models.Model):
    """One night of a county. It tells of nobody in particular, so that townships and villages see the night of their county.

    ``content`` is the hash of its files; ``counts`` what became of its warnings; ``not_judged`` the feeds that are missing or late,
    as ``summary.json`` tells them.
    """

    region = models.ForeignKey("accounts.Region", on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("监测日期"))
    content = models.CharField(max_length=64, db_collation="C")
    taken_in_at = models.DateTimeField(_("接收时间"), auto_now_add=True)
    counts: Any = models.JSONField(default=dict)
    not_judged: Any = models.JSONField(default=list)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("region", "day"), name="one_night_a_day"),)

    def __str__(self) -> str:
        return self.day.isoformat()
