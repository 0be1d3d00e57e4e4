"""Deeds on a file: a note, a tag, a plain value shown with its reason."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from doudi.web.registry.errors import ChangeError
from doudi.web.registry.forms import AccountForm, NoteForm, ReasonForm, TagForm
from doudi.web.registry.models import SEALED, Person
from doudi.web.registry.selectors.files import household
from doudi.web.registry.services import files, logins

FIELDS = {
    "name": gettext_lazy("姓名"), "id_number": gettext_lazy("身份证号"), "phone": gettext_lazy("电话"),
    "account": gettext_lazy("银行账号"),
}  # fmt: skip


@require_POST
def note(request: Any, number: int) -> HttpResponse:
    """Write a note."""
    home = household(number)
    form = NoteForm(request.POST)
    if form.is_valid():
        files.add_note(home, form.cleaned_data["text"], request.user)
        messages.success(request, _("备注已写入。"))
    else:
        messages.error(request, _("备注没有写入：内容为空或者过长。"))
    return redirect("registry:household", number)


@require_POST
def tag(request: Any, number: int) -> HttpResponse:
    """Give a tag, or take one off (``take``)."""
    home = household(number)
    form = TagForm(request.POST)
    try:
        if request.POST.get("take"):
            files.take_tag(home, request.POST["take"][:30])
        elif form.is_valid():
            files.give_tag(home, form.cleaned_data["tag"], request.user)
        else:
            raise ChangeError(_("没有这个标签。"))
        messages.success(request, _("标签已更新。"))
    except ChangeError as error:
        messages.error(request, error.text)
    return redirect("registry:household", number)


def reveal(request: Any, number: int, person: int, field: str) -> HttpResponse:
    """A plain value: asked with a reason, shown once on the page that answers."""
    home = household(number)
    whose = Person.objects.filter(pk=person, memberships__household=home).distinct().first()
    if whose is None or field not in FIELDS or (field in SEALED and getattr(whose, SEALED[field]) is None):
        raise Http404
    form = ReasonForm(request.POST or None)
    plain = None
    if form.is_valid():
        plain = files.reveal(home, whose, field, form.cleaned_data["reason"])
    context = {"household": home, "person": whose, "title": FIELDS[field], "form": form, "plain": plain}
    return render(request, "registry/reveal.html", context)


def account(request: Any, number: int, person: int) -> HttpResponse:
    """Connect a resident's account to a member, or take it off, with the reason."""
    home = household(number)
    whose = Person.objects.filter(pk=person, household=home).select_related("login").first()
    if whose is None:
        raise Http404
    form = (AccountForm if whose.login is None else ReasonForm)(request.POST or None)
    if form.is_valid():
        try:
            if whose.login is None:
                logins.connect(home, whose, form.cleaned_data["username"], form.cleaned_data["reason"])
            else:
                logins.disconnect(home, whose, form.cleaned_data["reason"])
        except ChangeError as error:
            form.add_error(None, error.text)
        else:
            messages.success(request, _("账号关联已更新。"))
            return redirect("registry:household_tab", number, "members")
    return render(request, "registry/account.html", {"household": home, "person": whose, "form": form})
