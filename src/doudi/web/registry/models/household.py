"""Households (家庭)."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.choices import TextChoices
from doudi.web.registry.models.bulk import Bulk, reference


class Area(TextChoices):
    """Which standard applies."""

    URBAN = "urban", _("城市")
    RURAL = "rural", _("农村")


class Household(Bulk):
    """A household. What is known of it stands, sealed, in its sheets; here is what lists and filters need.

    ``tier`` is the tier that was computed when it was last loaded, empty while open; ``monthly`` fen. ``version`` counts
    the changes, so that whoever changes what somebody else has changed meanwhile is told.
    """

    household_path = "pk"
    county = models.CharField(max_length=6, db_collation="C")
    number = models.CharField(_("家庭编号"), max_length=40, db_collation="C")
    village = models.CharField(_("村（社区）"), max_length=120, blank=True)
    address = models.CharField(_("住址"), max_length=200, blank=True)
    area = models.CharField(_("城乡"), max_length=10, choices=Area.choices, blank=True)
    head = reference("registry.Person", null=True, related_name="+", verbose_name=_("户主"))
    size = models.PositiveSmallIntegerField(_("人数"), default=0)
    tier = models.CharField(_("测算类别"), max_length=20, blank=True, db_collation="C")
    monthly = models.BigIntegerField(_("测算月金额"), null=True)
    held: Any = ArrayField(models.CharField(max_length=20), default=list, verbose_name=_("在享救助"))
    conflicts = models.PositiveIntegerField(_("来源不一致"), default=0)
    data_day = models.DateField(_("数据更新日期"), null=True)
    ended_on = models.DateField(_("销户日期"), null=True)
    changed_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("家庭")
        constraints = (models.UniqueConstraint(fields=("county", "number"), name="one_household_by_number"),)
        indexes = (
            models.Index(fields=("region", "id"), name="registry_household_place"),
            models.Index(fields=("tier", "region", "id"), name="registry_household_tier"),
            models.Index(fields=("number",), name="registry_household_number"),
        )

    def __str__(self) -> str:
        return self.number
