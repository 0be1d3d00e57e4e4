"""What was paid too much after a death (多发待遇), from the day it is known until it is netted or given back."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.choices import TextChoices
from doudi.web.scoped import Scoped


class Way(TextChoices):
    """What a person decided of it."""

    OPEN = "open", _("待决定")
    NOTHING = "nothing", _("没有多发")
    NETTED = "netted", _("逐月抵扣")
    ORDERED = "ordered", _("责令退回")
    SETTLED = "settled", _("已退回")


class Overpayment(Scoped):
    """One for each household and month of death: a death that is reported again finds the one that is there.

    ``since``: the first month (its first day) that was not due as it was paid, the one after the death. ``case``: where it came
    up; ``decided_in``: where a person decided. ``amount`` (fen) stands once that was decided, ``recovered`` what was given back.
    """

    household_path = "household_id"
    county = models.CharField(max_length=6, db_collation="C")
    household = models.ForeignKey(
        "registry.Household", on_delete=models.PROTECT, related_name="overpayments", verbose_name=_("家庭")
    )
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="overpayments")
    decided_in = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="+")
    died_on = models.DateField(_("死亡日期"))
    since = models.DateField(_("多发起始月份"))
    way = models.CharField(_("处理"), max_length=10, choices=Way.choices, default=Way.OPEN)
    amount = models.BigIntegerField(_("多发金额"), null=True)
    recovered = models.BigIntegerField(_("已退回"), default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("household", "since"), name="one_overpayment_by_month_of_death"),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gte=0),
                name="overpayments_are_sums",
            ),
        )
        indexes = (models.Index(fields=("way", "region", "id"), name="cases_overpayment_way"),)

    def __str__(self) -> str:
        return f"{self.household_id} {self.since}"
