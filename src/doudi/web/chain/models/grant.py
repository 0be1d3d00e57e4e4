"""What an office gave (部门答复的金额), programme by programme."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.scoped import Scoped


class Grant(Scoped):
    """The sum that an office answered for one programme, in fen."""

    household_path = "referral__chain__household_id"
    office_path = "referral__office"
    referral = models.ForeignKey("chain.Referral", on_delete=models.PROTECT, related_name="grants")
    programme = models.CharField(_("救助项目"), max_length=40, db_collation="C")
    amount = models.BigIntegerField(_("金额"))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("referral", "programme"), name="one_grant_by_programme"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="grants_are_paid_out"),
        )

    def __str__(self) -> str:
        return f"{self.referral_id} {self.programme}"
