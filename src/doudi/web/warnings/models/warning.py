"""Warnings (预警): one for each indicator and subject, over all nights."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.choices import TextChoices
from doudi.web.registry.sensitive import open_sealed
from doudi.web.scoped import Scoped

PURPOSE = "warning"


class State(TextChoices):
    """What the last night said of a warning (``doudi.monitoring.nights.STATES``)."""

    RAISED = "raised", _("新增")
    AGAIN = "again", _("仍在")
    WORSENED = "worsened", _("加重")
    STANDS = "stands", _("保持")
    UNJUDGED = "unjudged", _("待判")
    GONE = "gone", _("消失")


class Warning(Scoped):
    """One warning. ``case`` is the one that answers its present spell, null while a standing decision holds it back.

    ``indicator`` is an id of the catalogue, ``subject_number`` the number of the person or household. The sides of the rule
    (``value``, ``limit``, engine units) lie in ``sealed``, since they tell of illness and money. ``spells`` counts how often it was
    raised.
    """

    county = models.CharField(max_length=6, db_collation="C")
    household = models.ForeignKey("registry.Household", on_delete=models.PROTECT, related_name="warnings")
    person = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, null=True, related_name="warnings"
    )
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, null=True, related_name="warning")
    indicator = models.CharField(_("指标"), max_length=60, db_collation="C")
    subject = models.CharField(max_length=10, db_collation="C")
    subject_number = models.CharField(max_length=40, db_collation="C")
    level = models.CharField(_("级别"), max_length=10, db_collation="C")
    state = models.CharField(_("状态"), max_length=10, choices=State.choices)
    raised_on = models.DateField(_("预警日期"))
    held_on = models.DateField(_("最近一次"))
    nights = models.PositiveIntegerField(default=1)
    spells = models.PositiveIntegerField(default=1)
    gone_on = models.DateField(null=True)
    held_back_until = models.DateField(_("暂不提示至"), null=True)
    sealed = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("county", "indicator", "subject", "subject_number"), name="one_warning_over_time"
            ),
        )
        indexes = (
            models.Index(fields=("household", "-raised_on"), name="warnings_household"),
            models.Index(fields=("indicator", "region", "id"), name="warnings_indicator"),
            models.Index(fields=("region", "level", "id"), name="warnings_place"),
        )

    def __str__(self) -> str:
        return f"{self.indicator} {self.subject_number}"

    @property
    def seal_owner(self) -> str:
        """To whom the sealed part is bound."""
        return f"{self.county}/{self.indicator}/{self.subject_number}"

    def sides(self) -> dict[str, Any]:
        """``{"value": …, "limit": …, "worst": …, "kind": …}``: engine units of a kind of the engine; null where not certain.

        Raises:
            VaultError: it cannot be opened.
        """
        found: dict[str, Any] = json.loads(open_sealed(self.sealed, PURPOSE, self.seal_owner))
        return found
