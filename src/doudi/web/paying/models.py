"""Monthly rolls of a county and their lines."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.choices import TextChoices
from doudi.web.scoped import Scoped


class RollState(TextChoices):
    """How far a roll is."""

    DRAFT = "draft", _("待核对")
    LOCKED = "locked", _("已锁定")
    PAID = "paid", _("已发放")


class Difference(TextChoices):
    """What a line is beside the month before."""

    SAME = "same", _("与上月相同")
    BEGUN = "begun", _("新增")
    RAISED = "raised", _("增发")
    LOWERED = "lowered", _("减发")
    STOPPED = "stopped", _("停发")
    ONCE = "once", _("一次性")
    FIRST = "first", _("没有上月名册")


class Finding(TextChoices):
    """What speaks against paying a line until somebody has looked at it."""

    DIED = "died", _("有成员已去世")
    LEFT = "left", _("有成员已迁出")
    ENDED = "ended", _("家庭已销户")
    NO_ACCOUNT = "no_account", _("没有银行账号")
    SHARED_ACCOUNT = "shared_account", _("账号与另一户相同")


class Roll(Scoped):
    """What a county pays in a ``month`` (its first day). Whoever made it does not lock it; a locked one does not change.

    ``digest``: the hash of the lines as they were locked. ``reference``: the number under which the bank paid it.
    """

    county = models.CharField(max_length=6, db_collation="C")
    month = models.DateField(_("月份"))
    state = models.CharField(_("状态"), max_length=10, choices=RollState.choices, default=RollState.DRAFT)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("编制人")
    )
    made_at = models.DateTimeField(_("编制时间"), auto_now_add=True)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("锁定人"),
    )
    locked_at = models.DateTimeField(_("锁定时间"), null=True)
    digest = models.CharField(max_length=64, blank=True, db_collation="C")
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("登记发放人"),
    )
    paid_on = models.DateField(_("发放日期"), null=True)
    reference = models.CharField(_("银行批次号"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("发放名册")
        constraints = (
            models.UniqueConstraint(fields=("county", "month"), name="one_roll_a_month"),
            models.CheckConstraint(
                condition=models.Q(locked_by__isnull=True) | ~models.Q(locked_by=models.F("by")),
                name="nobody_locks_his_own_roll",
            ),
        )

    def __str__(self) -> str:
        return f"{self.county} {self.month:%Y-%m}"


class Line(Scoped):
    """One sum of one household. ``amount`` fen, 0 where it has stopped since the month before; ``before`` the sum of that month.

    ``findings``: codes of :class:`Finding`. ``pays``: whether it is paid; None where a finding is still to be decided on.
    """

    roll = models.ForeignKey(Roll, on_delete=models.CASCADE, related_name="lines")
    household = models.ForeignKey("registry.Household", on_delete=models.PROTECT, related_name="+")
    entitlement = models.ForeignKey("cases.Entitlement", on_delete=models.PROTECT, related_name="+")
    programme = models.CharField(_("救助项目"), max_length=30, db_collation="C")
    amount = models.BigIntegerField(_("金额"))
    before = models.BigIntegerField(_("上月"), null=True)
    difference = models.CharField(_("比上月"), max_length=10, choices=Difference.choices)
    findings: Any = ArrayField(models.CharField(max_length=20, choices=Finding.choices), default=list)
    pays = models.BooleanField(_("发放"), null=True)
    why = models.CharField(_("理由"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("名册行")
        constraints = (
            models.UniqueConstraint(fields=("roll", "entitlement"), name="one_line_by_entitlement"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="lines_are_sums"),
        )
        indexes = (models.Index(fields=("roll", "difference", "id"), name="paying_line_difference"),)

    def __str__(self) -> str:
        return f"{self.roll_id} {self.entitlement_id}"
