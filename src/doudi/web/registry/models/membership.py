"""Who belongs to which household, as what, and when."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.registry.models.bulk import Bulk, reference


class Membership(Bulk):
    """One person in one household: ``relation`` to the head (GB/T 4761 words of the vocabulary), since, until.

    ``since`` null: from before it was registered. ``until`` is the first day on which it no longer holds.
    """

    household_path = "household_id"
    household = reference("registry.Household", indexed=True, related_name="memberships")
    person = reference("registry.Person", indexed=True, related_name="memberships")
    relation = models.CharField(_("与户主关系"), max_length=20, blank=True)
    since = models.DateField(_("自"), null=True)
    until = models.DateField(_("至"), null=True)
    why = models.CharField(_("缘由"), max_length=20)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person",), condition=models.Q(until__isnull=True), name="one_household_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True)
                | models.Q(since__isnull=True)
                | models.Q(until__gte=models.F("since")),
                name="membership_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.household_id} {self.person_id}"
