"""Authorisations of the means check (核对授权): who signed, for whom, how, and until when."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.choices import TextChoices
from doudi.web.scoped import Scoped


class How(TextChoices):
    """How somebody signed."""

    SCREEN = "screen", _("屏幕手写签名")
    PAPER = "paper", _("纸质授权书")


class Authorisation(Scoped):
    """The authorisation of one person, signed by that person or a guardian. The newest counts, from ``signed_at`` until
    ``valid_until``, unless withdrawn. It allows every source that the means check may ask, but those ``refused`` at once or since
    (feeds by their names).

    ``signer`` null: a guardian who does not live in the household. ``digest``: the hash of the text that was signed.
    """

    household_path = "household_id"
    household = models.ForeignKey(
        "registry.Household", on_delete=models.PROTECT, related_name="authorisations"
    )
    draft = models.ForeignKey(
        "applications.Draft", on_delete=models.PROTECT, null=True, related_name="authorisations"
    )
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="authorisations")
    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="authorisations")
    signer = models.ForeignKey("registry.Person", on_delete=models.PROTECT, null=True, related_name="+")
    how = models.CharField(_("签署方式"), max_length=10, choices=How.choices)
    attachment = models.ForeignKey("applications.Attachment", on_delete=models.PROTECT, related_name="signs")
    digest = models.CharField(max_length=64, db_collation="C")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(_("签署时间"))
    valid_until = models.DateField(_("有效期至"))
    refused: Any = ArrayField(models.CharField(max_length=40), default=list, verbose_name=_("不得查询的来源"))
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True)

    class Meta:
        verbose_name = _("核对授权")
        indexes = (models.Index(fields=("household", "-id"), name="applications_signed"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.how}"
