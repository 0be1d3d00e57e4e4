"""Near relatives of staff (近亲属备案, M57 art. 11)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.scoped import Scoped


class Kinship(Scoped):
    """A member of the staff is a near relative of a household, and so handles none of its cases while ``until`` is open."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey("registry.Household", on_delete=models.PROTECT, related_name="kin")
    relation = models.CharField(_("关系"), max_length=50)
    declared_at = models.DateTimeField(auto_now_add=True)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    until = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "household"),
                condition=models.Q(until__isnull=True),
                name="kinship_declared_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.household_id}"
