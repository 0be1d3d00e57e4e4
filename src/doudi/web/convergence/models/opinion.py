"""Opinions (评议、审核意见) of village, township and county. They are only added to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.choices import TextChoices
from doudi.web.scoped import Scoped


class Level(TextChoices):
    """Who speaks."""

    VILLAGE = "village", _("村级")
    TOWNSHIP = "township", _("乡级")
    COUNTY = "county", _("县级")


class Word(TextChoices):
    """What a level says."""

    AGREE = "agree", _("同意")
    CHANGE = "change", _("改为")
    RETURN = "return", _("退回")


class Opinion(Scoped):
    """What one level says of one person in one round; ``place`` and ``tier`` go with a change alone."""

    placement = models.ForeignKey("convergence.Placement", on_delete=models.PROTECT, related_name="opinions")
    round = models.PositiveSmallIntegerField()
    level = models.CharField(_("级别"), max_length=10, choices=Level.choices)
    word = models.CharField(_("意见"), max_length=10, choices=Word.choices)
    place = models.CharField(max_length=10, blank=True, db_collation="C")
    tier = models.CharField(max_length=20, blank=True, db_collation="C")
    note = models.CharField(_("理由"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("placement", "round", "level"), name="a_level_speaks_once"),
            models.UniqueConstraint(fields=("placement", "round", "by"), name="nobody_speaks_at_two_levels"),
        )

    def __str__(self) -> str:
        return f"{self.placement_id} {self.level}"
