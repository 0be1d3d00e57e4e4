"""Sign-ins (登录会话): where an account is signed in, since when, and how it ended."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.choices import TextChoices


class Ending(TextChoices):
    """Why a sign-in ended."""

    LOGGED_OUT = "logged_out", _("退出登录")
    IDLE = "idle", _("长时间未操作")
    TOO_LONG = "too_long", _("超过最长时间")
    REVOKED = "revoked", _("被撤销")
    PASSWORD = "password", _("口令已修改")


class SignIn(models.Model):
    """One sign-in; its session ends with it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    address = models.GenericIPAddressField(_("地址"), null=True)
    device = models.CharField(_("设备"), max_length=80, blank=True)
    started_at = models.DateTimeField(_("登录时间"), auto_now_add=True)
    seen_at = models.DateTimeField(_("最近操作"))
    second_factor_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True)
    ending = models.CharField(_("结束方式"), max_length=12, choices=Ending.choices, blank=True)

    class Meta:
        ordering = ("-started_at",)

    def __str__(self) -> str:
        return str(self.id)
