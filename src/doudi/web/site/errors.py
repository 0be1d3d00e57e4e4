"""Pages for what goes wrong: what happened, and the way back. Refusals and attempts on what is not there are recorded."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from doudi.web.audit import record
from doudi.web.audit.models import Outcome


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be understood."""
    return _lost(request, 400, _("请求有误"), _("浏览器发来的内容不完整或者不对。请返回后重新填写。"))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the account may not open the page."""
    _record(request, "page.refused")
    return _lost(
        request, 403, _("没有权限"), _("您的角色不能打开这个页面。如果工作需要，请联系本单位的安全管理员。")
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing is there, or nothing that the account may see."""
    if getattr(request, "resolver_match", None) is not None:
        _record(request, "page.missing")
    return _lost(request, 404, _("没有找到"), _("这个页面不存在，或者不在您的管辖范围内。请核对地址。"))


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """429: too many attempts from one place."""
    text = _("同一地点的尝试次数过多，请过一会儿再试。")
    response = _lost(request, 429, _("请稍后再试"), text)
    response["Retry-After"] = str(seconds)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was not sent from our own page, or the page is too old."""
    return _lost(request, 403, _("页面已过期"), _("请返回上一页，刷新后重新提交。"))


def no_paper(request: HttpRequest) -> HttpResponse:
    """503: a document cannot be set as PDF on this server."""
    text = _(
        "服务器上缺少排版需要的字体或者程序，已经记入日志。文书没有丢失：可以打开网页版打印，或者请系统管理员装好后再试。"
    )
    return _lost(request, 503, _("暂时不能生成 PDF"), text)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our own fault. Nothing here reads the database, which may be what is broken."""
    return render(
        request, "site/broken.html", status=500, context={"request_number": getattr(request, "number", "")}
    )


def _lost(request: HttpRequest, status: int, heading: str, explanation: str) -> HttpResponse:
    context = {"status": status, "heading": heading, "explanation": explanation}
    return render(request, "site/lost.html", context, status=status)


def _record(request: Any, action: str) -> None:
    """Record what somebody signed in tried; the numbers in the address are numbers of rows, never of people's ids."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return
    match = request.resolver_match
    view = match.view_name if match else ""
    tried = {name: str(value)[:60] for name, value in (match.kwargs if match else {}).items()}
    record(action, ("view", view[:60]), outcome=Outcome.REFUSED, details={"method": request.method, **tried})
