"""What the security administrator does with an account: open, close, give a password, take a second factor away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from doudi.web.accounts.forms import ReasonForm
from doudi.web.accounts.models import User
from doudi.web.accounts.models.sign_in import Ending
from doudi.web.accounts.selectors import account_or_404
from doudi.web.accounts.services import accounts
from doudi.web.accounts.services.sign_ins import end


@require_POST
def user_open(request: Any, number: int) -> HttpResponse:
    """Let an account be used."""
    account = account_or_404(number)
    accounts.open_account(account, request.user)
    messages.success(request, _("账号已启用。"))
    return redirect("accounts:user", number)


def user_close(request: Any, number: int) -> HttpResponse:
    """Close an account, with the reason."""
    account = account_or_404(number)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        accounts.close_account(account, request.user, form.cleaned_data["reason"])
        messages.success(request, _("账号已停用，它的登录都已退出。"))
        return redirect("accounts:user", number)
    return _ask(request, account, form, _("停用账号"), _("停用后不能登录；已有的登录立即退出。"))


@require_POST
def user_password(request: Any, number: int) -> HttpResponse:
    """Give a new password, shown this once."""
    account = account_or_404(number)
    password = accounts.give_password(account, request.user)
    return render(request, "accounts/user_password.html", {"account": account, "password": password})


def user_second_factor(request: Any, number: int) -> HttpResponse:
    """Take a second factor away, with the reason."""
    account = account_or_404(number)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        accounts.remove_second_factor(account, request.user, form.cleaned_data["reason"])
        messages.success(request, _("第二重验证已取消；下次登录时重新设置。"))
        return redirect("accounts:user", number)
    return _ask(
        request, account, form, _("取消第二重验证"), _("本人换了手机或者丢失手机时使用。请先核实是本人。")
    )


@require_POST
def user_sessions_end(request: Any, number: int) -> HttpResponse:
    """End all sign-ins of an account."""
    account = account_or_404(number)
    count = end(account.sign_ins.all(), Ending.REVOKED)
    messages.success(request, _("已退出该账号的 %(count)d 处登录。") % {"count": count})
    return redirect("accounts:user", number)


def _ask(request: Any, account: User, form: ReasonForm, title: str, explanation: str) -> HttpResponse:
    context = {"account": account, "form": form, "title": title, "explanation": explanation}
    return render(request, "accounts/user_reason.html", context)
