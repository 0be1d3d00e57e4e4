"""Who is on duty for a village (包村、网格值守)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.scoped import Scoped


class Duty(Scoped):
    """An account answers first for the warnings of a village (``region``) from a day until another."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    since = models.DateField(_("自"))
    until = models.DateField(_("至"), null=True, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("region", "user"), condition=models.Q(until__isnull=True), name="one_duty_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.region_id} {self.user_id}"
