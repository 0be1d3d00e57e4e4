"""The households that would move under a simulation. They are erased when they are no longer looked at."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.scoped import Scoped


class Move(Scoped):
    """One household, how it would ``move`` (``doudi.simulation.comparison.MOVES``), its deepest tier and its aid in a month (fen) under
    the law as it is and as it would be; empty and null where open. It is no decision, and no resident sees it."""

    simulation = models.ForeignKey("simulation.Simulation", on_delete=models.PROTECT, related_name="moves")
    household = models.ForeignKey("registry.Household", on_delete=models.PROTECT, related_name="+")
    move = models.CharField(_("变化"), max_length=10, db_collation="C")
    tier_before = models.CharField(_("现行类别"), max_length=20, blank=True, db_collation="C")
    tier_after = models.CharField(_("改后类别"), max_length=20, blank=True, db_collation="C")
    monthly_before = models.BigIntegerField(_("现行月金额"), null=True)
    monthly_after = models.BigIntegerField(_("改后月金额"), null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("simulation", "household"), name="a_household_moves_once"),
        )
        indexes = (
            models.Index(fields=("simulation", "move", "region", "id"), name="simulation_move_place"),
            models.Index(fields=("household",), name="simulation_move_household"),
        )

    def __str__(self) -> str:
        return f"{self.simulation_id} {self.household_id}"
