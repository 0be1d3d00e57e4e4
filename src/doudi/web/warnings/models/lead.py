"""Leads (主动发现线索): somebody tells of a household in hardship."""

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


class Reason(TextChoices):
    """What was seen."""

    ILLNESS = "illness", _("重大疾病")
    ACCIDENT = "accident", _("意外事故")
    DISASTER = "disaster", _("火灾或者自然灾害")
    DEATH = "death", _("主要劳动力去世")
    NO_WORK = "no_work", _("失业或者收入骤减")
    NO_CARE = "no_care", _("老人、残疾人无人照料")
    CHILD = "child", _("儿童无人抚养或者失学")
    HUNGER = "hunger", _("断粮、断药、住房危险")


class Reporter(TextChoices):
    """Who tells."""

    HELPER = "helper", _("协理员、网格员")
    ADVISER = "adviser", _("救助顾问")
    MANDATORY = "mandatory", _("学校、医院等强制报告人")
    NEIGHBOUR = "neighbour", _("邻居、群众")
    HOUSEHOLD = "household", _("本人或者家人")


class Lead(Scoped):
    """One lead. ``sealed`` holds name, text, place and phone; ``sound`` is the name as it sounds, by which the same person is found
    again in the village. ``warning`` is the one that it raised, null while nobody knows which household is meant."""

    token = models.UUIDField(unique=True)
    reason = models.CharField(_("情形"), max_length=20, choices=Reason.choices)
    reporter = models.CharField(_("报告人"), max_length=20, choices=Reporter.choices)
    urgent = models.BooleanField(_("紧急"), default=False)
    sound = models.CharField(max_length=60, db_collation="C")
    household = models.ForeignKey(
        "registry.Household", on_delete=models.PROTECT, null=True, related_name="leads"
    )
    warning = models.ForeignKey("warnings.Warning", on_delete=models.PROTECT, null=True, related_name="leads")
    same_as = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="again")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("上报时间"), auto_now_add=True)
    told_at = models.DateTimeField(_("告知结果时间"), null=True)
    sealed = models.BinaryField()

    class Meta:
        indexes = (models.Index(fields=("region", "sound"), name="warnings_lead_sound"),)

    def __str__(self) -> str:
        return str(self.token)

    def content(self) -> dict[str, Any]:
        """``{"name", "text", "place", "phone"}``.

        Raises:
            VaultError: it cannot be opened.
        """
        found: dict[str, Any] = json.loads(open_sealed(self.sealed, PURPOSE, str(self.token)))
        return found
