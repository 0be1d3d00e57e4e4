"""Reports of means checks (核对报告), as they were frozen."""

from __future__ import annotations

import zlib

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.verification import Report
from doudi.web.registry.sensitive import open_sealed
from doudi.web.scoped import Scoped

PURPOSE = "means"


class Check(Scoped):
    """One report of a case; ``earlier`` is the one that it takes the place of. Rows are only added.

    ``conclusion``: ``agrees``, ``differs``, with ``_open`` where sources did not answer. ``digest``: the hash of the report.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="checks")
    earlier = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="later")
    number = models.CharField(_("核对报告编号"), max_length=40, db_collation="C", unique=True)
    made_on = models.DateField(_("核对日期"))
    valid_until = models.DateField(_("有效期至"), null=True)
    conclusion = models.CharField(_("结论"), max_length=20, db_collation="C")
    digest = models.CharField(max_length=64, db_collation="C")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("核对报告")
        indexes = (models.Index(fields=("case", "-id"), name="means_check_case"),)

    def __str__(self) -> str:
        return self.number

    def report(self) -> Report:
        """The report.

        Raises:
            VaultError: it cannot be opened.
            MeansError: its content is not what was frozen.
        """
        text = zlib.decompress(open_sealed(self.sealed, PURPOSE, self.number)).decode()
        return Report.from_text(text, self.number)
