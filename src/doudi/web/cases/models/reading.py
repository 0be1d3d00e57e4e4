"""The county's standing readings (统一口径): how it reads an elastic parameter, written down once and applied afterwards."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class StandingReading(models.Model):
    """One reading on record. ``settles``: the elastic parameters it is about. It holds no personal data and belongs to no scope,
    so that every township of the county can apply it."""

    county = models.CharField(max_length=6, db_collation="C")
    number = models.CharField(_("统一口径编号"), max_length=60, unique=True)
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="reading")
    question = models.TextField(_("议题"))
    settles: Any = ArrayField(models.CharField(max_length=80), verbose_name=_("解决的事项"))
    chosen = models.TextField(_("采用的理解"))
    minutes = models.CharField(_("会议纪要编号"), max_length=60)
    recorded_on = models.DateField(_("记录日期"))

    class Meta:
        indexes = (models.Index(fields=("county", "-recorded_on"), name="cases_reading_county"),)

    def __str__(self) -> str:
        return self.number
