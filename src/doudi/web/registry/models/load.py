"""Builds of evidence that were loaded."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.scoped import Scoped


class Load(Scoped):
    """One build loaded into a county. ``content`` is the hash of its files; ``counts`` what became of their rows."""

    day = models.DateField(_("数据日期"))
    content = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(_("入库时间"), auto_now_add=True)
    law_region = models.CharField(max_length=12)
    sources: Any = models.JSONField(default=dict)
    counts: Any = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=("region", "-day"), name="registry_load_day"),)

    def __str__(self) -> str:
        return self.day.isoformat()
