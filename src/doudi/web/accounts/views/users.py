"""The accounts of a region: list, one account, its particulars and role."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from doudi.web.accounts.forms import NewUserForm, RoleForm, UserFilter, UserForm, regions_in_scope
from doudi.web.accounts.models import User
from doudi.web.accounts.selectors import account_or_404
from doudi.web.accounts.selectors import accounts as search
from doudi.web.accounts.services import accounts
from doudi.web.audit import record

PAGE = 20
_OFFERED = 500


def users(request: Any) -> HttpResponse:
    """The accounts in scope."""
    form = UserFilter(request.GET)
    found = search(form.cleaned_data) if form.is_valid() else User.objects.none()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    record("account.list", ("accounts.user", ""), details={"shown": len(page.object_list)})
    return render(request, "accounts/users.html", {"form": form, "page": page})


def user(request: Any, number: int) -> HttpResponse:
    """One account: particulars, sign-ins, and what may be done with it."""
    account = account_or_404(number)
    record("account.view", account)
    second_factor = getattr(account, "second_factor", None)
    context = {
        "account": account,
        "sign_ins": account.sign_ins.filter(ended_at=None),
        "second_factor": second_factor is not None and second_factor.confirmed_at,
    }
    return render(request, "accounts/user.html", context)


def user_add(request: Any) -> HttpResponse:
    """Make an account; the security administrator opens it."""
    form = NewUserForm(request.POST or None)
    if form.is_valid():
        account = accounts.add(form.save(commit=False))
        messages.success(request, _("账号已建，等安全管理员开通。"))
        return redirect("accounts:user", account.pk)
    return _form(request, form, _("新建账号"))


def user_edit(request: Any, number: int) -> HttpResponse:
    """Change the particulars of an account."""
    account = account_or_404(number)
    form = UserForm(request.POST or None, instance=account)
    if form.is_valid():
        accounts.edit(form.save(commit=False), form.changed_data)
        messages.success(request, _("已保存。"))
        return redirect("accounts:user", account.pk)
    return _form(request, form, _("修改账号"), account)


def user_role(request: Any, number: int) -> HttpResponse:
    """Give an account a role in a region."""
    account = account_or_404(number)
    form = RoleForm(request.POST or None, instance=account_or_404(number))
    if form.is_valid():
        told = form.cleaned_data
        accounts.give_role(account, told["role"], told["region"], request.user, told["office"])
        messages.success(request, _("角色和区划已改；该账号需要重新登录。"))
        return redirect("accounts:user", account.pk)
    return _form(request, form, _("角色和区划"), account)


def _form(request: Any, form: Any, title: str, account: User | None = None) -> HttpResponse:
    context = {"form": form, "title": title, "account": account, "regions": regions_in_scope()[:_OFFERED]}
    return render(request, "accounts/user_form.html", context)
