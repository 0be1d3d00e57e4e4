"""Where people turn to: the office of a township or county, with its telephone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Office(models.Model):
    """The office of one division. Nothing in it is about anybody, so everybody may read it."""

    region = models.OneToOneField(
        "accounts.Region",
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="office",
        verbose_name=_("区划"),
    )
    name = models.CharField(_("名称"), max_length=60)
    phone = models.CharField(_("电话"), max_length=30)
    address = models.CharField(_("地址"), max_length=100, blank=True)
    hours = models.CharField(_("办公时间"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("办事处")

    def __str__(self) -> str:
        return self.name
