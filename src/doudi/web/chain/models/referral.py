"""Referrals (转办): what one office is asked to look at for one household."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.registry.sensitive import open_sealed
from doudi.web.scoped import Scoped

PURPOSE = "referral"


class Referral(Scoped):
    """One referral. Its ``case`` (kind ``referral``) holds what happened; ``chain`` is the case of the one door.

    ``office`` is a code of ``organisations.yaml``, ``programmes`` are ids of the catalogue. ``sealed`` is exactly what the office
    may see of the household.
    """

    household_path = "chain__household_id"
    office_path = "office"
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="referral")
    chain = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="referrals")
    office = models.CharField(_("部门或者组织"), max_length=30, db_collation="C")
    programmes: Any = ArrayField(models.CharField(max_length=40), default=list, verbose_name=_("办理事项"))
    sealed = models.BinaryField()

    class Meta:
        indexes = (
            models.Index(fields=("office", "region"), name="chain_referral_office"),
            models.Index(fields=("chain", "id"), name="chain_referral_chain"),
        )

    def __str__(self) -> str:
        return f"{self.chain_id} {self.office}"

    def told(self) -> dict[str, Any]:
        """What the office may see of the household (``selectors.telling.told_to_office``).

        Raises:
            VaultError: it cannot be opened.
        """
        found: dict[str, Any] = json.loads(open_sealed(self.sealed, PURPOSE, str(self.case_id)))
        return found
