"""Imports, their files, and the rows that wait in them. All of it is erased when it is no longer needed."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from doudi.web.choices import TextChoices
from doudi.web.registry.sensitive import masked_name, open_sealed, seal
from doudi.web.scoped import Scoped

PURPOSE = "import"


class BatchState(TextChoices):
    """How far an import has come."""

    CHECKING = "checking", _("检查中")
    REFUSED = "refused", _("文件读不了")
    CHECKED = "checked", _("待复核")
    MERGING = "merging", _("并入中")
    MERGED = "merged", _("已并入")
    DISCARDED = "discarded", _("已放弃")
    REVERSING = "reversing", _("撤销中")
    REVERSED = "reversed", _("已撤销")


class Batch(Scoped):
    """One file. ``counts`` is what the check found: households by state, and the rows that were read.

    ``job`` is the newest of its jobs. ``erased_at``: when its rows and files were erased.
    """

    county = models.CharField(max_length=6, db_collation="C")
    name = models.CharField(_("文件名"), max_length=120)
    size = models.PositiveIntegerField(_("大小"))
    content = models.CharField(max_length=64)
    state = models.CharField(
        _("状态"), max_length=10, choices=BatchState.choices, default=BatchState.CHECKING
    )
    counts: Any = models.JSONField(default=dict)
    fault = models.CharField(max_length=300, blank=True)
    fault_en = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("经办人")
    )
    at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("复核人"),
    )
    reviewed_at = models.DateTimeField(_("复核时间"), null=True)
    opinion = models.CharField(_("复核意见"), max_length=500, blank=True)
    reversed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("撤销人"),
    )
    reversed_why = models.CharField(_("撤销理由"), max_length=500, blank=True)
    job = models.ForeignKey("jobs.Job", on_delete=models.PROTECT, null=True, related_name="+")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("批量导入")
        constraints = (
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("by")),
                name="nobody_reviews_his_own_import",
            ),
        )
        indexes = (models.Index(fields=("region", "-id"), name="imports_batch_place"),)

    def __str__(self) -> str:
        return str(self.pk)


class FileKind(TextChoices):
    """Which file of an import."""

    UPLOADED = "uploaded", _("上传的文件")
    RETURNED = "returned", _("退回的文件")


class Chunk(Scoped):
    """A part of a file, sealed."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="chunks")
    kind = models.CharField(max_length=10, choices=FileKind.choices)
    place = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("batch", "kind", "place"), name="one_chunk_by_place"),)

    def __str__(self) -> str:
        return f"{self.batch_id} {self.kind} {self.place}"


class HomeState(TextChoices):
    """What the check says of a household, and what became of it."""

    READ = "read", _("已读入")
    NEW = "new", _("新增")
    SAME = "same", _("无变化")
    CHANGED = "changed", _("有变化")
    ERROR = "error", _("有错误")
    DECIDE = "decide", _("疑似重复")
    MERGED = "merged", _("已并入")
    LEFT = "left", _("未并入")
    REVERSED = "reversed", _("已撤销")
    KEPT = "kept", _("未撤销")


class Decision(TextChoices):
    """What somebody decided of a household whose members may be registered already."""

    JOIN = "join", _("是同一人，归入本户")
    OTHER = "other", _("不是同一人，按新增")
    LEAVE = "leave", _("不导入这一户")


class _Row(Scoped):
    """A row of the file. ``place``: its number there. ``faults``: what is wrong, in Chinese, without the value."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    key = models.CharField(_("家庭编号"), max_length=60, db_collation="C")
    faults: Any = ArrayField(models.CharField(max_length=200), default=list)
    sealed = models.BinaryField()

    KIND = ""

    class Meta:
        abstract = True

    def content(self) -> dict[str, Any]:
        """``raw``: the cells as received; beside it the values as they were read.

        Raises:
            VaultError: the row cannot be opened.
        """
        opened = open_sealed(self.sealed, PURPOSE, owner(self.batch_id, self.KIND, self.place))
        found: dict[str, Any] = json.loads(opened)
        return found


class Home(_Row):
    """A household of the file. ``household``: the one of the registry, ``version`` as it was when checked or merged.

    ``before``: what a merge changed, sealed, so that it can be reversed.
    """

    village_code = models.CharField(max_length=12, blank=True, db_collation="C")
    state = models.CharField(max_length=10, choices=HomeState.choices, default=HomeState.READ)
    household = models.ForeignKey("registry.Household", on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(null=True)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    before = models.BinaryField(null=True)

    KIND = "home"

    class Meta:
        constraints = (models.UniqueConstraint(fields=("batch", "place"), name="one_home_by_place"),)
        indexes = (
            models.Index(fields=("batch", "state", "id"), name="imports_home_state"),
            models.Index(fields=("batch", "key"), name="imports_home_key"),
        )

    def __str__(self) -> str:
        return f"{self.batch_id} {self.place}"


class Member(_Row):
    """A person of the file. ``person``: who has this id number in the registry; ``possible``: who has this name and day of
    birth there."""

    home = models.ForeignKey(Home, on_delete=models.PROTECT, null=True, related_name="members")
    name_key = models.CharField(max_length=50, blank=True, db_collation="C")
    initials = models.CharField(max_length=20, blank=True, db_collation="C")
    initials_2 = models.CharField(max_length=20, blank=True, db_collation="C")
    born = models.DateField(null=True)
    relation = models.CharField(max_length=20, blank=True)
    id_index = models.BinaryField(null=True, max_length=16)
    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, null=True, related_name="+")
    possible = models.ForeignKey("registry.Person", on_delete=models.PROTECT, null=True, related_name="+")

    KIND = "member"

    class Meta:
        constraints = (models.UniqueConstraint(fields=("batch", "place"), name="one_member_by_place"),)
        indexes = (
            models.Index(fields=("batch", "key"), name="imports_member_key"),
            models.Index(fields=("home",), name="imports_member_home"),
        )

    def __str__(self) -> str:
        return f"{self.batch_id} {self.place}"

    @property
    def masked_name(self) -> str:
        """The name as it is shown by default."""
        return masked_name(self.name_key)

    @property
    def doubtful(self) -> Any:
        """Somebody of the registry who may be the same, and is not in this household; None if there is nobody."""
        home = self.home.household_id if self.home is not None else None
        if self.person is not None:
            return self.person if self.person.household_id not in (None, home) else None
        return self.possible


def owner(batch: int, kind: str, place: int) -> str:
    """To whom a sealed part of an import is bound."""
    return f"{batch}/{kind}/{place}"


def sealed_row(batch: int, kind: str, place: int, content: dict[str, Any]) -> bytes:
    """The content of a row, sealed."""
    return seal(json.dumps(content, ensure_ascii=False).encode(), PURPOSE, owner(batch, kind, place))
