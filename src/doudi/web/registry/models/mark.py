"""Marks (标识): what a person was listed as in another register, with its dates."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.choices import TextChoices
from doudi.web.scoped import Scoped


class MarkKind(TextChoices):
    """What a mark means now."""

    KEPT = "mark", _("保留标识")
    WATCH = "watch", _("退出后跟踪")


class Mark(Scoped):
    """The label (监测类别) under which the list against return to poverty had a person: a mark beside the tier, and no tier.

    ``label`` and ``risk`` are codes of the feed ``monitoring_list``; ``labelled_on`` is when the person was listed, ``marked_on`` when
    the registers were made one. Whoever has left monitoring is watched ``until`` that day, it included; null: no end is known.
    """

    household = models.ForeignKey("registry.Household", on_delete=models.PROTECT, related_name="marks")
    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="marks")
    label = models.CharField(_("监测类别"), max_length=20, db_collation="C")
    risk = models.CharField(_("风险"), max_length=20, blank=True, db_collation="C")
    labelled_on = models.DateField(_("识别日期"), null=True)
    kind = models.CharField(max_length=10, choices=MarkKind.choices, default=MarkKind.KEPT)
    marked_on = models.DateField(_("标识日期"))
    until = models.DateField(_("跟踪至"), null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "marked_on"), name="one_mark_a_day"),)
        indexes = (models.Index(fields=("household", "kind", "until"), name="registry_mark_household"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.marked_on}"
