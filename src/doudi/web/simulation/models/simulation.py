"""Simulations that were asked for, and what came of them. Nobody of the county is in them."""

from __future__ import annotations

from typing import Any

from django.conf import settings as conf
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.choices import TextChoices
from doudi.web.jobs.models import State as JobState
from doudi.web.scoped import Scoped


class State(TextChoices):
    """How far a simulation has come."""

    ASKED = "asked", _("计算中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("未完成")
    CANCELLED = "cancelled", _("已取消")


class Simulation(Scoped):
    """The law of a county (``region``) on ``day`` as it is against the law with ``settings``, on the households of its registry.

    ``settings``: values in file units by parameter, as ``doudi simulate --set`` takes them. ``wanted`` (a percentage as text),
    ``parameter`` and ``covered``: a share of persons that is to be reached by varying a parameter; empty where none is. ``line`` of
    poverty: fen per head and month, null: the dibao standard. ``changes``: what is changed, each ``{"zh": …, "en": …}``.

    ``read`` and ``aside``: households that were assessed, and those that could not be read. ``result``: figures, tables and charts
    (``doudi.simulation.telling``) and the townships. ``faults``: why nothing came of it. ``erased_at``: when its rows of households
    were erased.
    """

    title = models.CharField(_("名称"), max_length=80)
    day = models.DateField(_("法规日期"))
    settings: Any = models.JSONField(default=dict)
    changes: Any = models.JSONField(default=list)
    parameter = models.CharField(max_length=120, blank=True, db_collation="C")
    wanted = models.CharField(max_length=12, blank=True)
    covered = models.CharField(max_length=20, default="any", db_collation="C")
    line = models.BigIntegerField(_("贫困线"), null=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.ASKED)
    by = models.ForeignKey(
        conf.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("申请人")
    )
    at = models.DateTimeField(_("申请时间"), auto_now_add=True)
    job = models.ForeignKey("jobs.Job", on_delete=models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(_("完成时间"), null=True)
    read = models.PositiveIntegerField(default=0)
    aside = models.PositiveIntegerField(default=0)
    result: Any = models.JSONField(default=dict)
    faults: Any = models.JSONField(default=list)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("政策仿真")
        indexes = (models.Index(fields=("region", "-id"), name="simulation_place"),)

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def county(self) -> str:
        """The six digits of the county."""
        return str(self.region_id)[:6]

    @property
    def stands(self) -> State:
        """How far it has come; that of the job where that ended without an outcome."""
        if self.state != State.ASKED or self.job is None or self.job.open:
            return State(self.state)
        return State.CANCELLED if self.job.state == JobState.CANCELLED else State.FAILED

    @property
    def busy(self) -> bool:
        """Whether it is still worked out."""
        return self.stands == State.ASKED
