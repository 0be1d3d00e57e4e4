"""Administrative divisions (行政区划): 12-digit codes with the time in which they are valid."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from doudi.web.choices import TextChoices

NATION = "000000000000"
LENGTHS = (0, 2, 4, 6, 9, 12)


class Level(TextChoices):
    """The level of a division, told by how much of its code is not zero."""

    NATION = "nation", _("全国")
    PROVINCE = "province", _("省级")
    PREFECTURE = "prefecture", _("市级")
    COUNTY = "county", _("县级")
    TOWNSHIP = "township", _("乡级")
    VILLAGE = "village", _("村级")


def prefix_of(code: str) -> str:
    """The part of a 12-digit code that all divisions within it share; "" for the nation."""
    return next(code[:length] for length in LENGTHS if not code[length:].strip("0"))


def level_of(code: str) -> Level:
    """The level of a 12-digit code."""
    return list(Level)[LENGTHS.index(len(prefix_of(code)))]


def parent_of(code: str) -> str | None:
    """The code of the division above; None for the nation."""
    length = len(prefix_of(code))
    return None if not length else code[: LENGTHS[LENGTHS.index(length) - 1]].ljust(12, "0")


class RegionQuerySet(models.QuerySet):
    """Divisions."""

    def on(self, day: date) -> RegionQuerySet:
        """Those valid on a day."""
        return self.filter(valid_from__lte=day).filter(
            models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=day)
        )

    def within(self, prefix: str | None) -> RegionQuerySet:
        """Those whose code begins with ``prefix``; none for None."""
        return self.none() if prefix is None else self.filter(code__startswith=prefix)


class Region(models.Model):
    """One division. ``name`` is its newest name; earlier names stand in ``RegionName``."""

    code = models.CharField(
        _("区划代码"),
        max_length=12,
        primary_key=True,
        db_collation="C",
        validators=[RegexValidator(r"^\d{12}\Z", _("区划代码是 12 位数字。"))],
    )
    name = models.CharField(_("名称"), max_length=60)
    name_en = models.CharField(_("英文名称"), max_length=100, blank=True)
    level = models.CharField(_("级别"), max_length=10, choices=Level.choices, editable=False)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="children", editable=False,
        verbose_name=_("上级"),
    )  # fmt: skip
    valid_from = models.DateField(_("启用日期"))
    valid_to = models.DateField(_("停用日期"), null=True, blank=True, help_text=_("自这一天起不再有效。"))
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors",
        verbose_name=_("并入"),
    )  # fmt: skip
    source = models.CharField(_("来源"), max_length=200, help_text=_("公布区划的文件或者网页。"))

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        verbose_name = _("区划")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
                name="region_validity_in_order",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the division."""
        self.derive()
        super().save(*args, **kwargs)

    def derive(self) -> None:
        """Fill in what follows from the code: level and the division above."""
        self.level, self.parent_id = level_of(self.code), parent_of(self.code)

    @property
    def prefix(self) -> str:
        """The beginning of the codes of all divisions within this one."""
        return prefix_of(self.code)

    @property
    def valid(self) -> bool:
        """Whether the division is valid today."""
        return self.valid_on(timezone.localdate())

    def valid_on(self, day: date) -> bool:
        """Whether the division is valid on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def name_on(self, day: date) -> str:
        """The name that the division had on a day."""
        earlier = self.names.filter(valid_to__gt=day).order_by("valid_to").first()
        return earlier.name if earlier else self.name


class RegionName(models.Model):
    """A name that a division had until a day."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(_("名称"), max_length=60)
    valid_to = models.DateField(_("停用日期"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=("region", "valid_to"), name="one_name_until_a_day"),)

    def __str__(self) -> str:
        return self.name
