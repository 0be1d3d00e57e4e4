"""Photos of a visit: made small, without the data that a camera writes into them, and sealed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.scoped import Scoped

PURPOSE = "photo"


class Photo(Scoped):
    """One photo. When and where it was taken stands, sealed, in ``about``, not in the picture."""

    visit = models.ForeignKey("warnings.Visit", on_delete=models.PROTECT, related_name="photos")
    token = models.UUIDField(unique=True)
    taken_at = models.DateTimeField(_("拍摄时间"), null=True)
    about = models.BinaryField(null=True)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.token)
