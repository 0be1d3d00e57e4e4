"""Filters of lists that somebody keeps under a name."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """A query of the list of cases. It holds codes only, and belongs to one account."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("名称"), max_length=30)
    query = models.CharField(max_length=500, db_collation="C")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "name"), name="one_view_by_name"),)

    def __str__(self) -> str:
        return self.name
