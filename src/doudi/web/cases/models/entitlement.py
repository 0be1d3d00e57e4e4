"""What is to be paid (待遇): entered by the step that grants, changes or ends it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.procedure.calendar import add_months
from doudi.web.scoped import Scoped


class Entitlement(Scoped):
    """A sum of a household each month from ``since`` to before ``until`` (first days of months; None: open).

    ``amount`` is in fen. ``once``: paid a single time, in the month of ``since``. Nothing is changed but ``until``: another
    sum is another row.
    """

    household_path = "household_id"
    county = models.CharField(max_length=6, db_collation="C")
    household = models.ForeignKey(
        "registry.Household", on_delete=models.PROTECT, related_name="entitlements", verbose_name=_("家庭")
    )
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="entitlements")
    step = models.ForeignKey("cases.Step", on_delete=models.PROTECT, related_name="entitlements")
    programme = models.CharField(_("救助项目"), max_length=30, db_collation="C")
    amount = models.BigIntegerField(_("金额"))
    persons = models.PositiveSmallIntegerField(_("保障人数"), default=0)
    since = models.DateField(_("起发月份"))
    until = models.DateField(_("停发月份"), null=True)
    once = models.BooleanField(_("一次性"), default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="entitlements_are_sums"),
            models.UniqueConstraint(fields=("step", "since"), name="one_entitlement_by_step"),
        )
        indexes = (
            models.Index(fields=("household", "-since"), name="cases_entitlement_household"),
            models.Index(fields=("region", "since", "id"), name="cases_entitlement_month"),
        )

    @property
    def period(self) -> str:
        """The months in which it is paid, as ``2026-10 – 2027-03``; open at the end while nothing ends it."""
        first = f"{self.since:%Y-%m}"
        if self.until is None:
            return f"{first} –"
        last = f"{add_months(self.until, -1):%Y-%m}"
        return first if last <= first else f"{first} – {last}"

    def __str__(self) -> str:
        return f"{self.programme} {self.since}"
