"""Pictures of notices where they hang (张贴照片)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.registry.sensitive import open_sealed
from doudi.web.scoped import Scoped

PURPOSE = "notice photo"


class Photo(Scoped):
    """One picture, drawn anew before it was sealed: nothing of the original file is left, no position, no device."""

    posting = models.ForeignKey("notices.Posting", on_delete=models.PROTECT, related_name="photos")
    digest = models.CharField(max_length=64, db_collation="C")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("上传时间"))
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("张贴照片")
        constraints = (models.UniqueConstraint(fields=("posting", "digest"), name="a_picture_once"),)

    def __str__(self) -> str:
        return f"{self.posting_id} {self.pk}"

    def content(self) -> bytes:
        """The picture as JPEG.

        Raises:
            VaultError: it cannot be opened.
        """
        return open_sealed(self.sealed, PURPOSE, self.digest)
