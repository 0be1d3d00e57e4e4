"""Documents that were issued (文书): their content as it was on the day, with a number and a code by which anyone can verify them."""

from __future__ import annotations

import json
import zlib
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.registry.sensitive import open_sealed
from doudi.web.scoped import Scoped

PURPOSE = "paper"


class Paper(Scoped):
    """One document. ``sealed`` holds its content, from which HTML and PDF are drawn; ``digest`` is the hash of that content."""

    office_path = "case__referral__office"
    household_path = "case__household_id"
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="papers")
    step = models.ForeignKey("cases.Step", on_delete=models.PROTECT, null=True, related_name="papers")
    kind = models.CharField(_("文书"), max_length=40, db_collation="C")
    number = models.CharField(_("文号"), max_length=60, unique=True)
    code = models.CharField(_("验证码"), max_length=16, unique=True, db_collation="C")
    issued_at = models.DateTimeField(_("出具时间"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, db_collation="C")
    sealed = models.BinaryField()

    class Meta:
        indexes = (models.Index(fields=("case", "id"), name="cases_paper_case"),)

    def __str__(self) -> str:
        return self.number

    def content(self) -> dict[str, Any]:
        """The document as plain data (``doudi.documents.Document.as_data``).

        Raises:
            VaultError: it cannot be opened.
        """
        found: dict[str, Any] = json.loads(zlib.decompress(open_sealed(self.sealed, PURPOSE, self.number)))
        return found
