"""Frozen determinations (测算记录): facts, law and result of a moment, from which the result can be computed again."""

from __future__ import annotations

import json
import zlib
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.registry.sensitive import open_sealed
from doudi.web.scoped import Scoped

PURPOSE = "determination"


class Frozen(Scoped):
    """One determination of the household of a case. ``law`` is the hash of rules and parameters; ``amount`` fen a month.

    ``counted``: the members whose needs it covers; ``turns_on``: the elastic parameters on which a tier turns.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="determinations")
    number = models.CharField(_("测算记录编号"), max_length=40, db_collation="C", unique=True)
    day = models.DateField(_("测算日期"))
    law = models.CharField(_("法律版本"), max_length=64, db_collation="C")
    tier = models.CharField(_("测算类别"), max_length=20, blank=True, db_collation="C")
    amount = models.BigIntegerField(_("测算月金额"), null=True)
    counted = models.PositiveSmallIntegerField(_("保障人数"), default=0)
    turns_on: Any = ArrayField(models.CharField(max_length=80), default=list)
    made_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        indexes = (
            models.Index(fields=("case", "-id"), name="cases_frozen_case"),
            GinIndex(fields=("turns_on",), name="cases_frozen_turns_on"),
        )

    def __str__(self) -> str:
        return self.number

    def content(self) -> dict[str, Any]:
        """What ``doudi.assessment.frozen.freeze`` gave.

        Raises:
            VaultError: it cannot be opened.
        """
        found: dict[str, Any] = json.loads(zlib.decompress(open_sealed(self.sealed, PURPOSE, self.number)))
        return found
