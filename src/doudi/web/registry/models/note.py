"""Notes (备注) that people write into a household's file."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.scoped import Scoped


class Note(Scoped):
    """A note. It is never changed; a later one says what is right."""

    household = models.ForeignKey("registry.Household", on_delete=models.PROTECT, related_name="notes")
    text = models.CharField(_("备注"), max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        indexes = (models.Index(fields=("household", "-at"), name="registry_note_at"),)

    def __str__(self) -> str:
        return f"{self.household_id} {self.at:%Y-%m-%d}"
