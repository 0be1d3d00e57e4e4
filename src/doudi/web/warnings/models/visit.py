"""Visits (走访): what somebody found at a household, sent once however often the phone tries."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.registry.sensitive import open_sealed
from doudi.web.scoped import Scoped

PURPOSE = "visit"


class Visit(Scoped):
    """One visit. ``token`` is drawn on the device, so that a visit that is sent again counts once. ``seen`` is what the device knew of
    the household's task when the form was filled (the number of the newest visit, 0: none); a visit that another one overtook
    meanwhile names it in ``conflicts_with`` and is settled by a person. ``sealed`` holds answers and place."""

    token = models.UUIDField(unique=True)
    household = models.ForeignKey("registry.Household", on_delete=models.PROTECT, related_name="visits")
    warnings: Any = ArrayField(models.BigIntegerField(), default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    device = models.CharField(max_length=40, blank=True)
    visited_at = models.DateTimeField(_("走访时间"))
    received_at = models.DateTimeField(_("收到时间"), auto_now_add=True)
    at_home = models.BooleanField(_("在家"), default=True)
    seen = models.BigIntegerField(default=0)
    conflicts_with = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    sealed = models.BinaryField()

    class Meta:
        indexes = (models.Index(fields=("household", "-id"), name="warnings_visit_household"),)

    def __str__(self) -> str:
        return f"{self.household_id} {self.visited_at:%Y-%m-%d}"

    def content(self) -> dict[str, Any]:
        """``{"form": {…}, "answers": [{"warning", "result", "evidence", "findings", …}], "place": …}``.

        Raises:
            VaultError: it cannot be opened.
        """
        found: dict[str, Any] = json.loads(open_sealed(self.sealed, PURPOSE, str(self.token)))
        return found
