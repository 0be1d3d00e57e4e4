"""Jobs, and the items of jobs that do the same deed to many."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from doudi.web.accounts.roles import Role
from doudi.web.choices import TextChoices
from doudi.web.database.scope import NOBODY, current
from doudi.web.jobs.kinds import known
from doudi.web.scoped import OutOfScopeError, Scoped


class State(TextChoices):
    """How far a job has come."""

    WAITING = "waiting", _("等待")
    RUNNING = "running", _("进行中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("未完成")
    CANCELLED = "cancelled", _("已取消")


OPEN = (State.WAITING, State.RUNNING)


class JobManager(models.Manager):
    """Jobs of the scope; to the system administrator also those of the system itself, to everybody his own."""

    def get_queryset(self) -> models.QuerySet:
        """The jobs that may be seen.

        Raises:
            OutOfScopeError: no scope was set.
        """
        scope = current()
        if scope is NOBODY:
            raise OutOfScopeError("jobs were asked for outside every scope")
        seen = Q(region_id__gte=scope.low, region_id__lte=scope.high)
        if scope.user:
            seen |= Q(by_id=scope.user)
        if scope.role == Role.SYSTEM_ADMINISTRATOR:
            seen |= Q(by__isnull=True)
        return super().get_queryset().filter(seen)


class Job(models.Model):
    """One job. ``by`` null: the system's own, of the calendar; ``due``: for which moment of it.

    ``params`` are numbers and codes, never personal data. ``step`` is where it stands, ``counts`` what became of its
    ``total``: they add up to what is done. ``queued`` is the number of its delivery in the queue. ``once``: no second job
    of this kind under this key while one is open.
    """

    kind = models.CharField(_("任务"), max_length=60, db_collation="C")
    region = models.ForeignKey(
        "accounts.Region", on_delete=models.PROTECT, related_name="+", verbose_name=_("区划")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="jobs",
        verbose_name=_("申请人"),
    )
    role = models.CharField(max_length=30, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.WAITING)
    params: Any = models.JSONField(default=dict)
    step: Any = models.JSONField(default=dict)
    total = models.PositiveIntegerField(null=True)
    counts: Any = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    stop = models.BooleanField(default=False)
    fault = models.CharField(_("原因"), max_length=300, blank=True)
    fault_en = models.CharField(max_length=300, blank=True)
    once = models.CharField(max_length=80, blank=True, db_collation="C")
    due = models.DateTimeField(null=True)
    queued = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField(_("申请时间"), auto_now_add=True)
    started_at = models.DateTimeField(_("开始时间"), null=True)
    moved_at = models.DateTimeField(_("最近进展"), null=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True)

    objects = JobManager()

    class Meta:
        verbose_name = _("后台任务")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "once"), condition=Q(state__in=OPEN) & ~Q(once=""), name="one_open_job_by_key"
            ),
            models.UniqueConstraint(fields=("kind", "due"), name="one_job_by_moment"),
        )
        indexes = (
            models.Index(fields=("state", "-id"), name="jobs_job_state"),
            models.Index(fields=("by", "-id"), name="jobs_job_by"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def title(self) -> Any:
        """What its kind is called; its code where that is not known any more."""
        found = known(self.kind)
        return found.title if found else self.kind

    @property
    def open(self) -> bool:
        """Whether it is still to be done or being done."""
        return self.state in OPEN

    @property
    def done(self) -> int:
        """How many of its total are done, however they ended."""
        return sum(self.counts.values())

    @property
    def left(self) -> int | None:
        """How many are still to be done; None while nobody has counted."""
        return None if self.total is None else self.total - self.done

    @property
    def percent(self) -> int | None:
        """How much is done, in whole percent, rounded down."""
        if not self.total:
            return None
        return min(100, 100 * self.done // self.total)


class ItemState(TextChoices):
    """What became of one item."""

    WAITING = "waiting", _("未办")
    DONE = "done", _("已办")
    REFUSED = "refused", _("未办成")
    FAILED = "failed", _("出错")


class Item(Scoped):
    """One thing that a bulk deed is done to, named by its number. ``reason``: why it was refused."""

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="items")
    key = models.CharField(_("编号"), max_length=60, db_collation="C")
    state = models.CharField(_("状态"), max_length=10, choices=ItemState.choices, default=ItemState.WAITING)
    reason = models.CharField(_("原因"), max_length=300, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("job", "key"), name="one_item_by_key"),)
        indexes = (models.Index(fields=("job", "state", "id"), name="jobs_item_state"),)

    def __str__(self) -> str:
        return self.key
