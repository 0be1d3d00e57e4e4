"""Calls for help (一键报困), made by anybody without an account."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.choices import TextChoices
from doudi.web.registry.sensitive import open_sealed
from doudi.web.scoped import Scoped

PURPOSE = "lead"


class LeadState(TextChoices):
    """How far a call has come."""

    OPEN = "open", _("待核实")
    TAKEN = "taken", _("已转预警")
    CLOSED = "closed", _("已办结")


class Need(TextChoices):
    """What somebody needs."""

    FIRE = "fire", _("火灾、房屋倒塌")
    ILLNESS = "illness", _("突发重病、受伤")
    FOOD = "food", _("断粮、没有饭吃")
    COLD = "cold", _("没有取暖、衣被")
    SHELTER = "shelter", _("没有地方住")
    ALONE = "alone", _("老人、孩子、残疾人没人照料")
    OTHER = "other", _("其他急难")


class Lead(Scoped):
    """One call, and those that came after it about the same (``times``). ``sealed``: who, where, what was said, and the phone number.

    ``who_index`` and ``phone_index`` are blind indexes, by which a call is known again.
    """

    number = models.CharField(_("编号"), max_length=40, unique=True, db_collation="C")
    need = models.CharField(_("急难"), max_length=10, choices=Need.choices)
    state = models.CharField(_("状态"), max_length=10, choices=LeadState.choices, default=LeadState.OPEN)
    who_index = models.BinaryField(max_length=16)
    phone_index = models.BinaryField(max_length=16, null=True)
    times = models.PositiveIntegerField(_("次数"), default=1)
    at = models.DateTimeField(_("时间"))
    last_at = models.DateTimeField(_("最近一次"))
    household = models.ForeignKey(
        "registry.Household", on_delete=models.PROTECT, null=True, related_name="calls"
    )
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="leads")
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    reason = models.CharField(_("理由"), max_length=500, blank=True)
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("报困")
        indexes = (
            models.Index(fields=("state", "region", "at"), name="applications_lead_state"),
            models.Index(fields=("who_index",), name="applications_lead_who"),
            models.Index(fields=("phone_index",), name="applications_lead_phone"),
        )

    def __str__(self) -> str:
        return self.number

    def said(self) -> list[dict[str, Any]]:
        """What was said, call by call: ``who``, ``where``, ``text``, ``phone``.

        Raises:
            VaultError: it cannot be opened.
        """
        found: list[dict[str, Any]] = json.loads(open_sealed(self.sealed, PURPOSE, self.number))
        return found
