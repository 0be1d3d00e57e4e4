"""Public bodies beside the office that acts (``applications.Office``): the government that reconsiders, the court."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.choices import TextChoices


class AuthorityKind(TextChoices):
    """What people turn to it for."""

    RECONSIDERATION = "reconsideration", _("行政复议机关")
    COURT = "court", _("人民法院")


class Authority(models.Model):
    """A public body of a division with its address and telephone. Nothing in it is about anybody."""

    region = models.ForeignKey(
        "accounts.Region", on_delete=models.PROTECT, related_name="authorities", verbose_name=_("区划")
    )
    kind = models.CharField(_("类别"), max_length=20, choices=AuthorityKind.choices)
    name = models.CharField(_("名称"), max_length=60)
    address = models.CharField(_("地址"), max_length=100, blank=True)
    telephone = models.CharField(_("电话"), max_length=30, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("region", "kind"), name="one_authority_of_a_kind"),)

    def __str__(self) -> str:
        return self.name
