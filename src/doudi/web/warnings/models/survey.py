"""The merged survey (合并调查): one list of visits over the households of both registers, each household once."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.registry.sensitive import open_sealed
from doudi.web.scoped import Scoped

PURPOSE = "survey"


class Survey(models.Model):
    """The survey of a county in one period. It tells of nobody, so that townships and villages see it.

    ``before``: how many households two separate surveys would have visited; null where no two registers were made one.
    """

    region = models.ForeignKey("accounts.Region", on_delete=models.PROTECT, related_name="+")
    since = models.DateField(_("自"))
    until = models.DateField(_("至"))
    before = models.PositiveIntegerField(null=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    begun_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(until__gte=models.F("since")), name="survey_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.region_id} {self.since}"


class SurveyHome(Scoped):
    """A household to be surveyed. ``key`` is its number, or that of the register which alone names it; ``household`` is null while it is
    not registered. ``visit``: the newest since the survey was begun. ``sealed`` holds what the sheet shows."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="homes")
    household = models.ForeignKey(
        "registry.Household", on_delete=models.PROTECT, null=True, related_name="survey_homes"
    )
    key = models.CharField(max_length=60, db_collation="C")
    order = models.PositiveSmallIntegerField(_("走访次序"))
    in_list = models.BooleanField(_("在防返贫监测名单"))
    in_base = models.BooleanField(_("在低收入人口库"))
    visit = models.ForeignKey("warnings.Visit", on_delete=models.PROTECT, null=True, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("survey", "key"), name="one_home_a_survey"),)
        indexes = (
            models.Index(fields=("survey", "region", "order", "id"), name="warnings_survey_place"),
            models.Index(fields=("household", "survey"), name="warnings_survey_household"),
        )

    def __str__(self) -> str:
        return f"{self.survey_id} {self.key}"

    @property
    def seal_owner(self) -> str:
        """To whom the sealed part is bound."""
        return f"{self.survey_id}/{self.key}"

    def content(self) -> dict[str, str]:
        """``head``, and as the sheet shows them ``labels``, ``tiers``, ``places``, ``asks``, ``bring``: Chinese texts, empty where there is
        nothing to tell.

        Raises:
            VaultError: it cannot be opened.
        """
        found: dict[str, Any] = json.loads(open_sealed(self.sealed, PURPOSE, self.seal_owner))
        return found
