"""Drafts of applications (申请草稿), and the answers in them."""

from __future__ import annotations

import json
import zlib
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.choices import TextChoices
from doudi.web.registry.sensitive import open_sealed, seal
from doudi.web.scoped import Scoped

PURPOSE = "answer"


class DraftState(TextChoices):
    """How far a draft has come."""

    WRITING = "writing", _("填写中")
    SUBMITTED = "submitted", _("已提交")
    DISCARDED = "discarded", _("已放弃")
    EXPIRED = "expired", _("已过期")


class Draft(Scoped):
    """An application that is being written, or was submitted as ``case``.

    ``kind`` is a kind of case; ``source`` one of the procedure's sources; ``by`` whoever began it. Of one that was discarded or has
    expired no answer is left.
    """

    household_path = "household_id"
    household = models.ForeignKey("registry.Household", on_delete=models.PROTECT, related_name="drafts")
    kind = models.CharField(_("事项"), max_length=30, db_collation="C")
    source = models.CharField(_("来源"), max_length=20, db_collation="C")
    state = models.CharField(
        _("状态"), max_length=10, choices=DraftState.choices, default=DraftState.WRITING, db_collation="C"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(_("开始填写"), auto_now_add=True)
    saved_at = models.DateTimeField(_("最近保存"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("提交时间"), null=True)
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, null=True, related_name="draft")

    class Meta:
        verbose_name = _("申请草稿")
        constraints = (
            models.UniqueConstraint(
                fields=("household", "kind"),
                condition=models.Q(state=DraftState.WRITING),
                name="one_draft_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state=DraftState.SUBMITTED, case__isnull=False)
                | ~models.Q(state=DraftState.SUBMITTED) & models.Q(case__isnull=True),
                name="what_is_submitted_is_a_case",
            ),
        )
        indexes = (models.Index(fields=("state", "saved_at"), name="applications_draft_saved"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Answer(Scoped):
    """One version of one part of a section. The newest counts; earlier ones stay until the draft is submitted.

    ``part``: the number of the member it is about, or empty. ``complete``: nothing was missing or wrong when it was saved.
    """

    household_path = "draft__household_id"
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="answers")
    section = models.CharField(max_length=20, db_collation="C")
    part = models.CharField(max_length=40, blank=True, db_collation="C")
    version = models.PositiveIntegerField()
    complete = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("draft", "section", "part", "version"), name="one_answer_a_version"
            ),
        )

    def __str__(self) -> str:
        return f"{self.section} {self.version}"

    @property
    def seal_owner(self) -> str:
        """To what the answer is bound."""
        return f"{self.draft_id}/{self.section}/{self.part}/{self.version}"

    def put(self, raw: dict[str, Any]) -> None:
        """Seal what was typed."""
        text = json.dumps(raw, ensure_ascii=False, sort_keys=True).encode()
        self.sealed = seal(zlib.compress(text), PURPOSE, self.seal_owner)

    def raw(self) -> dict[str, Any]:
        """What was typed, by the names of the fields; of a field with several values a list.

        Raises:
            VaultError: it cannot be opened.
        """
        found: dict[str, Any] = json.loads(
            zlib.decompress(open_sealed(self.sealed, PURPOSE, self.seal_owner))
        )
        return found
