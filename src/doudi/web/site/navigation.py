"""The menu: each role sees the pages that it may open."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from doudi.web.accounts.access import may_open


class Item(NamedTuple):
    """One line of the menu."""

    title: Any
    url: str
    icon: str
    here: bool


# The page, its title and icon, and how the names of the pages that belong to it begin. Other rooms add theirs here.
PAGES = (
    ("site:home", _("工作台"), "grid", "site:home"),
    ("cases:cases", _("办件"), "inbox", "cases:c"),
    ("cases:approval", _("审核确认"), "done", "cases:approval"),
    ("cases:readings", _("统一口径"), "journal", "cases:reading"),
    ("cases:payments", _("发放清单"), "money", "cases:payments"),
    ("paying:rolls", _("发放名册"), "money", "paying:"),
    ("chain:board", _("融救助"), "link", "chain:chain"),
    ("chain:office", _("转来的事项"), "link", "chain:"),
    ("notices:postings", _("公示"), "file", "notices:po"),
    ("applications:start", _("申请救助"), "edit", "applications:start"),
    ("applications:my_cases", _("我的办件"), "inbox", "applications:my_case"),
    ("applications:my_benefits", _("幸福清单"), "money", "applications:my_benefits"),
    ("applications:report", _("报告变化"), "visit", "applications:report"),
    ("notices:appeals", _("申诉"), "bell", "notices:appeal"),
    ("applications:privacy", _("我的信息"), "shield", "applications:privacy"),
    ("applications:leads", _("报困"), "bell", "applications:lead"),
    ("applications:offices", _("办事处电话"), "phone", "applications:office"),
    ("warnings:today", _("今日任务"), "visit", "warnings:today"),
    ("warnings:survey", _("合并调查"), "visit", "warnings:survey"),
    ("warnings:progress", _("调查进度"), "chart", "warnings:progress"),
    ("convergence:convergences", _("并轨"), "people", "convergence:"),
    ("warnings:alerts", _("预警"), "bell", "warnings:alert"),
    ("warnings:leads", _("线索"), "search", "warnings:lead"),
    ("warnings:figures", _("预警统计"), "chart", "warnings:figures"),
    ("simulation:simulations", _("政策仿真"), "chart", "simulation:"),
    ("policies:policies", _("政策库"), "info", "policies:"),
    ("registry:households", _("家庭"), "household", "registry:"),
    ("registry:who_looked", _("谁看过"), "people", "registry:who_looked"),
    ("notices:authorities", _("机关"), "house", "notices:authorit"),
    ("accounts:users", _("账号"), "people", "accounts:user"),
    ("accounts:roles", _("角色与权限"), "shield", "accounts:role"),
    ("accounts:regions", _("区划"), "map", "accounts:region"),
    ("imports:batches", _("批量导入"), "file", "imports:"),
    ("jobs:mine", _("我的任务"), "clock", "jobs:"),
    ("jobs:jobs", _("后台任务"), "clock", "jobs:"),
    ("audit:entries", _("审计"), "journal", "audit:"),
)


@cache
def _path(view: str) -> str:
    return reverse(view)


def menu(request: HttpRequest) -> list[Item]:
    """The menu of the account that is signed in; empty for nobody and before the second factor."""
    if not getattr(request, "signed_in_fully", False):
        return []
    match = request.resolver_match
    here = match.view_name if match else ""
    return [
        Item(title, _path(view), icon, here.startswith(stem))
        for view, title, icon, stem in PAGES
        if may_open(request.user.role, view)
    ]
