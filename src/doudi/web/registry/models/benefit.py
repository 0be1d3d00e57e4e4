"""What was paid (救助台账)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.registry.models.bulk import Bulk, reference

PAYMENT = "payment"
"""The source of what was paid by this application; until a department tells of the same, nobody else does."""


class Benefit(Bulk):
    """One payment or one month of an allowance: ``amount`` in fen; ``month`` its first day.

    ``source`` and ``row`` name the department's row. ``withdrawn_on``: the day from which the department no longer
    tells it.
    """

    household_path = "household_id"
    county = models.CharField(max_length=6, db_collation="C")
    household = reference("registry.Household", related_name="benefits")
    person = reference("registry.Person", null=True, related_name="benefits")
    programme = models.CharField(_("项目"), max_length=30)
    month = models.DateField(_("月份"))
    amount = models.BigIntegerField(_("金额"))
    source = models.CharField(_("来源"), max_length=40, db_collation="C")
    row = models.CharField(_("来源行"), max_length=80, db_collation="C")
    withdrawn_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("county", "source", "row", "programme"), name="one_benefit_by_row"
            ),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="benefits_are_paid_out"),
        )
        indexes = (models.Index(fields=("household", "month"), name="registry_benefit_month"),)

    def __str__(self) -> str:
        return f"{self.programme} {self.month}"
