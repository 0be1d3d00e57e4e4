"""Objections to public notices (公示异议)."""

from __future__ import annotations

import json

from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.registry.sensitive import open_sealed
from doudi.web.scoped import Scoped

PURPOSE = "objection"


class Objection(Scoped):
    """One objection from the public page. Who objects, and how to reach them, is sealed; the household never sees it.

    ``code`` is what the objector keeps: it opens the receipt and the answer, and nothing else.
    """

    posting = models.ForeignKey("notices.Posting", on_delete=models.PROTECT, related_name="objections")
    step = models.OneToOneField("cases.Step", on_delete=models.PROTECT, related_name="objection")
    code = models.CharField(max_length=16, unique=True, db_collation="C")
    is_named = models.BooleanField(_("署名"))
    received_at = models.DateTimeField(_("收到时间"))
    sealed = models.BinaryField(null=True)
    receipt = models.ForeignKey("cases.Paper", on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.ForeignKey("cases.Paper", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("异议")
        indexes = (models.Index(fields=("posting", "-id"), name="notices_objection_posting"),)

    def __str__(self) -> str:
        return f"{self.pk}"

    def objector(self) -> dict[str, str]:
        """``name`` and ``contact``, as far as they were given. Whoever asks records it.

        Raises:
            VaultError: it cannot be opened.
        """
        if self.sealed is None:
            return {}
        found: dict[str, str] = json.loads(open_sealed(self.sealed, PURPOSE, self.code))
        return found
