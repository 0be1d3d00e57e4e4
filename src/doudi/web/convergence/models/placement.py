"""Persons of the list against return to poverty, each with the place that is proposed and what was decided."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.choices import TextChoices
from doudi.web.registry.sensitive import open_sealed
from doudi.web.scoped import Scoped

PURPOSE = "placement"


class State(TextChoices):
    """How far the review of a person has come (``doudi.convergence.review.STATES``)."""

    SETTLED = "settled", _("已在库，不需审核")
    PROPOSED = "proposed", _("待村级评议")
    VILLAGE = "village", _("待乡级审核")
    TOWNSHIP = "township", _("待县级决定")
    DECIDED = "decided", _("已决定")
    RETURNED = "returned", _("退回村级")


class Placement(Scoped):
    """A person of the list. Codes are those of ``doudi.convergence``; ``row`` is the number of the row of the list.

    ``region`` is the village, or the county while nobody knows which. ``household`` and ``person`` are null where the registry does not
    have them. ``wanted_place`` and ``wanted_tier`` are what the levels have come to so far: the proposal, or the last change. ``round``
    counts how often the review has begun; ``case`` is what was opened for who was taken in. ``sealed`` holds what tells of the person.
    """

    convergence = models.ForeignKey(
        "convergence.Convergence", on_delete=models.PROTECT, related_name="placements"
    )
    row = models.CharField(max_length=60, db_collation="C")
    household = models.ForeignKey(
        "registry.Household", on_delete=models.PROTECT, null=True, related_name="placements"
    )
    person = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, null=True, related_name="placements"
    )
    label = models.CharField(_("监测类别"), max_length=20, db_collation="C")
    risk = models.CharField(_("风险"), max_length=20, blank=True, db_collation="C")
    labelled_on = models.DateField(_("识别日期"), null=True)
    place = models.CharField(_("拟归类"), max_length=10, db_collation="C")
    tier = models.CharField(_("救助类别"), max_length=20, blank=True, db_collation="C")
    reason = models.CharField(_("理由"), max_length=20, db_collation="C")
    state = models.CharField(_("审核"), max_length=10, choices=State.choices, db_collation="C")
    round = models.PositiveSmallIntegerField(default=1)
    wanted_place = models.CharField(max_length=10, db_collation="C")
    wanted_tier = models.CharField(max_length=20, blank=True, db_collation="C")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("决定时间"), null=True)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="placements")
    sealed = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("convergence", "row"), name="one_placement_a_row"),)
        indexes = (
            models.Index(fields=("convergence", "state", "region", "id"), name="convergence_state"),
            models.Index(fields=("convergence", "place", "region", "id"), name="convergence_place"),
            models.Index(fields=("household",), name="convergence_household"),
        )

    def __str__(self) -> str:
        return f"{self.convergence_id} {self.row}"

    @property
    def seal_owner(self) -> str:
        """To whom the sealed part is bound."""
        return f"{self.convergence_id}/{self.row}"

    def content(self) -> dict[str, str]:
        """``name``, ``id_masked``, ``village`` and ``household_number`` as in the list; ``sentence``, ``articles``, ``missing``: why the person
        is placed there; ``route`` of the hardship index: in Chinese, empty where there is nothing to tell.

        Raises:
            VaultError: it cannot be opened.
        """
        found: dict[str, Any] = json.loads(open_sealed(self.sealed, PURPOSE, self.seal_owner))
        return found
