"""The entries of the audit trail, and the chain that seals them.

An entry is written when something is done. When its transaction commits, the database itself adds its link: the next
number without a gap, and a hash over the hash of the link before and over the entry. Nobody who uses the application
can change or delete either; whoever changes them as the owner of the database breaks the chain.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.choices import TextChoices


class Outcome(TextChoices):
    """How it ended."""

    DONE = "done", _("完成")
    REFUSED = "refused", _("被拒绝")
    FAILED = "failed", _("未成功")


class Entry(models.Model):
    """One deed. No foreign keys: an entry outlives what it tells of."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(_("时间"))
    action = models.CharField(_("事项"), max_length=60)
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome.choices)
    actor = models.CharField(
        _("账号编号"), max_length=20, help_text="The account's number; empty when nobody was signed in."
    )
    actor_name = models.CharField(_("账号"), max_length=40)
    role = models.CharField(_("角色"), max_length=30)
    region = models.CharField(
        _("区划"), max_length=12, help_text="Of what was done; else of the actor.", db_collation="C"
    )
    target_kind = models.CharField(_("对象"), max_length=60)
    target = models.CharField(_("对象编号"), max_length=60)
    subject = models.CharField(
        _("涉及人员编号"), max_length=60, help_text="Whose personal data it was about."
    )
    reason = models.CharField(_("理由"), max_length=500)
    address = models.CharField(_("地址"), max_length=45)
    request = models.CharField(_("请求编号"), max_length=32)
    details = models.TextField(_("详情"), help_text="JSON, kept letter by letter.")

    class Meta:
        db_table = "audit_entry"
        verbose_name = _("审计记录")
        indexes = (
            models.Index(fields=("-at",), name="audit_entry_at"),
            models.Index(fields=("actor", "-at"), name="audit_entry_actor"),
            models.Index(fields=("target_kind", "target"), name="audit_entry_target"),
            models.Index(
                fields=("subject", "-at"), name="audit_entry_subject", condition=~models.Q(subject="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.action} {self.outcome}"


class Link(models.Model):
    """The seal of one entry."""

    number = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.DO_NOTHING, related_name="link")
    previous = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        db_table = "audit_link"

    def __str__(self) -> str:
        return str(self.number)
