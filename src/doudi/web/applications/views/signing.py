"""Signing the authorisation: on the screen by hand, or on paper with a photo of it."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _

from doudi.web.applications.errors import ApplyError, FileError
from doudi.web.applications.forms import SignForm
from doudi.web.applications.models.authorisation import How
from doudi.web.applications.pictures import MOST_BYTES, clean, drawn
from doudi.web.applications.selectors.dossiers import ADULT, Dossier, dossier
from doudi.web.applications.services import signing
from doudi.web.registry.selectors.files import Member

OUTSIDE = "outside"
_PREFIX = "data:image/png;base64,"


def sign(request: Any, number: int, person: int) -> HttpResponse:
    """The text, and the place to sign."""
    found = dossier(number, request.user)
    member = found.member(str(person))
    guardians = _guardians(found, member) if needs_guardian(found, member) else None
    form = SignForm(guardians, request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            _sign(request, found, member, form.cleaned_data)
        except (ApplyError, FileError) as error:
            form.add_error(None, error.text)
        else:
            messages.success(request, _("已签署。"))
            return redirect("applications:section", number, "authorisation")
    context = {
        "dossier": found, "draft": found.draft, "member": member, "name": found.name_of(member), "form": form,
        "text": signing.TEXT, "guardians": guardians is not None, "already": found.signed.get(person),
        "section": found.section("authorisation"),
    }  # fmt: skip
    return render(request, "applications/sign.html", context)


def needs_guardian(found: Dossier, member: Member) -> bool:
    """Whether somebody else signs: for minors, and for those without civil capacity."""
    age = found.age(member)
    unable = found.answered("members", str(member.person.pk)).get("no_civil_capacity")
    return (age is not None and age < ADULT) or unable == "true"


def _guardians(found: Dossier, member: Member) -> list[tuple[str, Any]]:
    inside = [
        (str(each.person.pk), format_html('<span translate="no">{}</span>', found.name_of(each)))
        for each in found.adults
        if each.person.pk != member.person.pk
    ]
    return [("", _("请选择")), *inside, (OUTSIDE, _("不同住的监护人"))]


def _sign(request: Any, found: Dossier, member: Member, data: dict[str, Any]) -> None:
    chosen = data.get("signer", str(member.person.pk))
    signer = None if chosen == OUTSIDE else found.member(chosen).person
    upload = data.get("paper")
    if upload is not None:
        content = b"" if upload.size > MOST_BYTES else upload.read()
        how, picture = How.PAPER, clean(content, upload.size)
    else:
        how, picture = How.SCREEN, drawn(_drawing(data["drawn"]))
    signing.sign(found.household, member.person, signer, how, picture, request.user, draft=found.draft)


def _drawing(text: str) -> bytes:
    """The picture in what the page sent; nothing where it is none."""
    try:
        return base64.b64decode(text.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return b""
