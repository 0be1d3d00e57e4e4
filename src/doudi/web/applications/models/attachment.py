"""Papers that were photographed or uploaded (材料影像), and signatures drawn on the screen."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.registry.sensitive import open_sealed
from doudi.web.scoped import Scoped

PURPOSE = "attachment"
JPEG, PDF = "image/jpeg", "application/pdf"


class Attachment(Scoped):
    """One file, sealed. ``kind`` is a paper of the procedure's catalogue or ``signature``; ``digest`` the hash of what is sealed.

    Pictures were drawn anew before they were sealed, so nothing of the original file is left: no position, no device, no comment.
    ``unclear``: it looks as if nothing could be read on it.
    """

    household_path = "household_id"
    household = models.ForeignKey("registry.Household", on_delete=models.PROTECT, related_name="attachments")
    draft = models.ForeignKey(
        "applications.Draft", on_delete=models.PROTECT, null=True, related_name="attachments"
    )
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="attachments")
    kind = models.CharField(_("材料"), max_length=40, db_collation="C")
    media = models.CharField(max_length=20, db_collation="C")
    size = models.PositiveIntegerField(_("大小"))
    digest = models.CharField(max_length=64, db_collation="C")
    unclear = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    removed_at = models.DateTimeField(null=True)
    sealed = models.BinaryField(null=True)

    class Meta:
        verbose_name = _("材料影像")
        indexes = (
            models.Index(fields=("draft",), name="applications_file_draft"),
            models.Index(fields=("case",), name="applications_file_case"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def seal_owner(self) -> str:
        """To what the file is bound."""
        return f"{self.household_id}/{self.digest}"

    @property
    def is_picture(self) -> bool:
        """Whether a browser may show it."""
        return self.media == JPEG

    def content(self) -> bytes:
        """The file.

        Raises:
            VaultError: it cannot be opened.
        """
        return b"" if self.sealed is None else open_sealed(self.sealed, PURPOSE, self.seal_owner)
