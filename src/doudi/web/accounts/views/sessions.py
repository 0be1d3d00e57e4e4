"""One's own sign-ins."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from doudi.web.accounts.models.sign_in import Ending
from doudi.web.accounts.services.sign_ins import end

_LATEST = 10


def sessions(request: Any) -> HttpResponse:
    """Where the account is signed in now, and the last sign-ins that ended."""
    mine = request.user.sign_ins.all()
    context = {"open": mine.filter(ended_at=None), "ended": mine.exclude(ended_at=None)[:_LATEST]}
    return render(request, "accounts/sessions.html", context)


@require_POST
def session_end(request: Any, sign_in: UUID) -> HttpResponse:
    """End one of one's own sign-ins."""
    get_object_or_404(request.user.sign_ins, pk=sign_in)
    end(request.user.sign_ins.filter(pk=sign_in), Ending.REVOKED)
    messages.success(request, _("已退出那一处登录。"))
    return redirect("accounts:sessions")


@require_POST
def sessions_end_others(request: Any) -> HttpResponse:
    """End all of one's sign-ins but this."""
    count = end(request.user.sign_ins.exclude(pk=request.sign_in.pk), Ending.REVOKED)
    messages.success(request, _("已退出其他 %(count)d 处登录。") % {"count": count})
    return redirect("accounts:sessions")
