"""Coming in and going out: log-in, second factor, password, log-out."""

from __future__ import annotations

from typing import Any

import segno
from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from doudi.web.accounts.forms import CodeForm, LogInForm, PasswordForm
from doudi.web.accounts.models import SignIn
from doudi.web.accounts.models.sign_in import Ending
from doudi.web.accounts.services import accounts, lockouts, sign_ins
from doudi.web.accounts.services import log_in as entrance
from doudi.web.accounts.services import second_factor as codes
from doudi.web.site.errors import too_many


@sensitive_post_parameters()
def log_in(request: Any) -> HttpResponse:
    """Name and password. What was wrong is never told, nor whether the account is locked."""
    onward = _onward(request)
    if request.signed_in_fully:
        return redirect(onward)
    form = LogInForm(request.POST or None)
    if form.is_valid():
        try:
            came_in = entrance.log_in(request, form.cleaned_data["username"], form.cleaned_data["password"])
        except entrance.TooManyAttemptsError:
            return too_many(request, int(lockouts.WINDOW.total_seconds()))
        if came_in:
            return redirect(onward)
        form.add_error(
            None, _("账号或口令不对，或者因多次输错暂时锁定。15 分钟后可以再试，或联系安全管理员。")
        )
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    return render(request, "accounts/log_in.html", context)


@require_POST
def log_out(request: Any) -> HttpResponse:
    """End this sign-in."""
    sign_ins.end(SignIn.objects.filter(pk=request.sign_in.pk), Ending.LOGGED_OUT)
    auth.logout(request)
    messages.success(request, _("已退出登录。"))
    return redirect("accounts:log_in")


def second_factor(request: Any) -> HttpResponse:
    """The code of an authenticator that is set up."""
    if sign_ins.next_step(request) != "accounts:second_factor":
        return redirect("site:home")
    form = CodeForm(request.POST or None)
    if form.is_valid() and _took(request, form):
        return redirect(_onward(request))
    return render(request, "accounts/second_factor.html", {"form": form})


def second_factor_setup(request: Any) -> HttpResponse:
    """Set up an authenticator: scan the picture, give a first code."""
    if sign_ins.next_step(request) != "accounts:second_factor_setup":
        return redirect("site:home")
    totp = codes.begin_setup(request.user)
    form = CodeForm(request.POST or None)
    if form.is_valid() and _took(request, form):
        messages.success(request, _("第二重验证已设好。"))
        return redirect("site:home")
    picture = segno.make(codes.setup_address(request.user, totp), error="m")
    svg = picture.svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None)
    secret = " ".join(totp.secret[at : at + 4] for at in range(0, len(totp.secret), 4))
    context = {"form": form, "picture": mark_safe(svg), "secret": secret}
    return render(request, "accounts/second_factor_setup.html", context)


@sensitive_post_parameters()
def password(request: Any) -> HttpResponse:
    """Choose a new password; other sign-ins end."""
    form = PasswordForm(request.user, request.POST or None)
    if form.is_valid():
        accounts.change_password(request.user, form.cleaned_data["new"], keep=request.sign_in)
        update_session_auth_hash(request, request.user)
        SignIn.objects.filter(pk=request.sign_in.pk).update(session_key=request.session.session_key)
        messages.success(request, _("口令已修改；在别处的登录都已退出。"))
        return redirect("site:home")
    expired = sign_ins.password_expired(request.user)
    days = settings.PASSWORD_POLICY.days
    return render(request, "accounts/password.html", {"form": form, "expired": expired, "days": days})


def _took(request: Any, form: CodeForm) -> bool:
    if codes.give_code(request, form.cleaned_data["code"]):
        return True
    form.add_error("code", _("验证码不对，或者已经用过。请等下一个。"))
    return False


def _onward(request: Any) -> str:
    """Where somebody wanted to go, if that is one of our own pages; else home."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return reverse("site:home")
