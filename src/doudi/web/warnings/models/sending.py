"""Many warnings sent to their villages in one action (批量交办)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.scoped import Scoped


class Sending(Scoped):
    """One action of an officer, whose region it has. ``wanted``: the filter by which the warnings were found; ``planned``: how many had
    somebody to answer them; ``kept``: how many stayed because nobody is on duty. ``recalled_at``: when it was taken back."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("经办人")
    )
    at = models.DateTimeField(_("交办时间"), auto_now_add=True)
    wanted: Any = models.JSONField(default=dict)
    planned = models.PositiveIntegerField(_("交办条数"))
    kept = models.PositiveIntegerField(_("留下条数"))
    recalled_at = models.DateTimeField(_("撤回时间"), null=True)

    class Meta:
        indexes = (models.Index(fields=("region", "-id"), name="warnings_sending_place"),)

    def __str__(self) -> str:
        return str(self.pk)
