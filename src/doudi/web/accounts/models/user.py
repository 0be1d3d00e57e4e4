"""Accounts (账号)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.accounts.models.region import Region
from doudi.web.accounts.roles import STAFF, Role
from doudi.web.database.scope import Scope, current


class UserManager(BaseUserManager):
    """Accounts: made, found for log-in, and those that an administrator may see."""

    def create_user(self, username: str, password: str | None, **fields: Any) -> User:
        """Make an account; without a password nobody can log in with it."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def get_queryset(self) -> models.QuerySet:
        """Accounts with their regions, which every use of an account needs."""
        return super().get_queryset().select_related("region")

    def in_scope(self) -> models.QuerySet:
        """The accounts whose region lies in the scope that holds now."""
        scope = current()
        return self.filter(region_id__gte=scope.low, region_id__lte=scope.high)


class User(AbstractBaseUser):
    """An account: one person in one role in one region. Accounts are closed, never deleted."""

    username = models.CharField(
        _("账号"),
        max_length=40,
        unique=True,
        db_collation="C",
        validators=[
            RegexValidator(
                r"^[a-z][a-z0-9._-]{2,39}\Z", _("账号用小写字母开头，3 至 40 个小写字母、数字或 . _ -。")
            )
        ],
        error_messages={"unique": _("这个账号已经有了。")},
    )
    name = models.CharField(_("姓名"), max_length=50)
    role = models.CharField(_("角色"), max_length=30, choices=Role.choices)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="users", verbose_name=_("区划")
    )
    organisation = models.CharField(_("单位"), max_length=100, blank=True)
    office = models.CharField(
        _("部门或者组织"), max_length=30, blank=True, db_collation="C",
        help_text=_("部门人员和社会组织只看得到转给本部门、本组织的办件。"),
    )  # fmt: skip
    is_active = models.BooleanField(_("启用"), default=True)
    created_at = models.DateTimeField(_("开户时间"), auto_now_add=True)
    password_changed_at = models.DateTimeField(_("口令修改时间"), null=True, blank=True, editable=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ()
    objects = UserManager()

    class Meta:
        ordering = ("username",)
        verbose_name = _("账号")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(role=Role.RESIDENT) | models.Q(region__isnull=False),
                name="staff_have_a_region",
            ),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="role_is_known"),
        )

    @property
    def is_staff(self) -> bool:
        """Whether the account belongs to somebody who works with others' data, and so needs a second factor."""
        return self.role in STAFF

    @property
    def scope(self) -> Scope:
        """What this account may see; residents see no region."""
        prefix = self.region.prefix if self.is_staff and self.region else None
        return Scope(self.role, prefix, str(self.pk), self.office)
