"""What the village and the office write to each other about a warning."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from doudi.web.scoped import Scoped

PURPOSE = "remark"


class Remark(Scoped):
    """One remark; it is never changed."""

    warning = models.ForeignKey("warnings.Warning", on_delete=models.PROTECT, related_name="remarks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    token = models.UUIDField(unique=True)
    sealed = models.BinaryField()

    class Meta:
        indexes = (models.Index(fields=("warning", "id"), name="warnings_remark_warning"),)

    def __str__(self) -> str:
        return f"{self.warning_id} {self.at:%Y-%m-%d}"
