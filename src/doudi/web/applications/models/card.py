"""The card of a household (帮扶卡): a code that leads whoever scans it to help, and staff to the file."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from doudi.web.scoped import Scoped


class Card(Scoped):
    """One card. Its code is drawn by lot and tells nothing; a new card makes the one before worthless."""

    household_path = "household_id"
    household = models.ForeignKey("registry.Household", on_delete=models.PROTECT, related_name="cards")
    code = models.CharField(max_length=16, unique=True, db_collation="C")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("household",), condition=models.Q(revoked_at__isnull=True), name="one_card_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"card {self.pk}"
