"""Tags (标签) of households."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.registry.models.bulk import Bulk, reference


class Tag(Bulk):
    """A tag from ``tags.yaml``, given by a load (``by`` null) or by somebody; one that is taken off stays with its end."""

    household_path = "household_id"
    household = reference("registry.Household", indexed=True, related_name="tags")
    code = models.CharField(_("标签"), max_length=30, db_collation="C")
    since = models.DateField()
    until = models.DateField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("household", "code"), condition=models.Q(until__isnull=True), name="one_tag_at_a_time"
            ),
        )
        indexes = (
            models.Index(
                fields=("code", "region", "household"),
                name="registry_tag_code",
                condition=models.Q(until__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return self.code
