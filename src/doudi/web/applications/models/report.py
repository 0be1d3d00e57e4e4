"""Changes that a household reported itself (变更报告)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.choices import TextChoices
from doudi.web.registry.sensitive import open_sealed
from doudi.web.scoped import Scoped

PURPOSE = "report"


class Changed(TextChoices):
    """What changed."""

    INCOME = "income", _("收入")
    PROPERTY = "property", _("财产")
    ADDRESS = "address", _("住址或者电话")
    MEMBERS = "members", _("人口（出生、结婚、迁入迁出）")
    DEATH = "death", _("成员去世")
    HOSPITAL = "hospital", _("住院、大病")
    OTHER = "other", _("其他")


class Report(Scoped):
    """One report, which opened ``case`` or was added to it."""

    household_path = "household_id"
    household = models.ForeignKey("registry.Household", on_delete=models.PROTECT, related_name="reports")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="reports")
    what = models.CharField(_("变化"), max_length=10, choices=Changed.choices)
    on = models.DateField(_("发生日期"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("报告时间"), auto_now_add=True)
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("变更报告")

    def __str__(self) -> str:
        return self.what

    @property
    def seal_owner(self) -> str:
        """To what the text is bound."""
        return f"{self.household_id}/{self.case_id}/{self.what}"

    def text(self) -> str:
        """What was written.

        Raises:
            VaultError: it cannot be opened.
        """
        return open_sealed(self.sealed, PURPOSE, self.seal_owner).decode()
