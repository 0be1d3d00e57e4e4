"""Changes of households (变更): asked for by one, decided by another, kept as history."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.choices import TextChoices
from doudi.web.scoped import Scoped

PURPOSE = "change"


class ChangeKind(TextChoices):
    """What is changed."""

    MOVE = "move", _("迁移")
    SPLIT = "split", _("分户")
    MERGE = "merge", _("合户")
    DEATH = "death", _("死亡")
    HEAD = "head", _("变更户主")
    CONTACT = "contact", _("联系方式")


class ChangeState(TextChoices):
    """How far it has come."""

    WAITING = "waiting", _("待审批")
    APPROVED = "approved", _("已同意")
    REFUSED = "refused", _("未同意")
    WITHDRAWN = "withdrawn", _("已撤回")


class Change(Scoped):
    """One change of a household. ``wanted`` is plain data of numbers and days; what is personal in it stands in ``sealed``.

    ``version`` is that of the household when the change was asked for.
    """

    household_path = "household_id"
    household = models.ForeignKey("registry.Household", on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(_("事项"), max_length=10, choices=ChangeKind.choices)
    state = models.CharField(
        _("状态"), max_length=10, choices=ChangeState.choices, default=ChangeState.WAITING
    )
    on = models.DateField(_("自"))
    reason = models.CharField(_("理由"), max_length=500)
    wanted: Any = models.JSONField(default=dict)
    sealed = models.BinaryField(null=True)
    version = models.PositiveIntegerField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("申请人")
    )
    asked_at = models.DateTimeField(_("申请时间"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("审批人"),
    )
    decided_at = models.DateTimeField(_("审批时间"), null=True)
    decision = models.CharField(_("审批意见"), max_length=500, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True)
                | models.Q(state=ChangeState.WITHDRAWN)
                | ~models.Q(decided_by=models.F("asked_by")),
                name="nobody_approves_his_own_change",
            ),
        )
        indexes = (
            models.Index(fields=("household", "-asked_at"), name="registry_change_asked"),
            models.Index(fields=("state", "region", "id"), name="registry_change_state"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def seal_owner(self) -> str:
        """To whom the sealed part is bound."""
        return f"{self.household_id}/{self.on.isoformat()}/{self.kind}"
