"""Signing the authorisation: on the screen by hand, or on paper with a photo of it; in a draft, or later for a case."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from doudi.web.accounts.roles import Role
from doudi.web.applications.declared import declaration_of
from doudi.web.applications.errors import ApplyError, FileError
from doudi.web.applications.forms import SignForm
from doudi.web.applications.models import Draft
from doudi.web.applications.models.authorisation import How
from doudi.web.applications.pictures import MOST_BYTES, clean, drawn
from doudi.web.applications.questions import is_of_age
from doudi.web.applications.selectors.dossiers import dossier, signed
from doudi.web.applications.services import signing
from doudi.web.applications.sources import left_out
from doudi.web.audit import record
from doudi.web.cases.models import Case
from doudi.web.cases.selectors.folders import case as case_in_scope
from doudi.web.registry.models import Household
from doudi.web.registry.selectors.files import File, Member

OUTSIDE = "outside"
_PREFIX = "data:image/png;base64,"


@dataclass
class Signing:
    """Whose signature is asked for, in a draft or for a case; ``unable``: has no civil capacity. ``back`` leads where one came from."""

    household: Household
    person: int
    user: Any
    back: str
    unable: bool = False
    draft: Draft | None = None
    case: Case | None = None

    def __post_init__(self) -> None:
        self.members = File(self.household).members

    @property
    def member(self) -> Member:
        """The member.

        Raises:
            Http404: nobody of this household.
        """
        return self.of(self.person)

    def of(self, person: int) -> Member:
        """A member by the number of the row."""
        found = next((each for each in self.members if each.person.pk == person), None)
        if found is None:
            raise Http404
        return found

    def name_of(self, member: Member) -> str:
        """A name as it is shown: to the household in full, to others masked."""
        return member.person.name if self.user.role == Role.RESIDENT else member.person.masked_name

    @property
    def guardians(self) -> list[tuple[str, Any]] | None:
        """Who may sign for a minor, or for somebody without civil capacity; None where the member signs alone."""
        if not self.unable and _is_of_age(self.member):
            return None
        grown = [each for each in self.members if each.person.pk != self.person and _is_of_age(each)]
        inside = [
            (str(each.person.pk), format_html('<span translate="no">{}</span>', self.name_of(each)))
            for each in grown
        ]
        return [("", _("请选择")), *inside, (OUTSIDE, _("不同住的监护人"))]


def sign(request: Any, number: int, person: int) -> HttpResponse:
    """Sign in a draft."""
    found = dossier(number, request.user)
    unable = found.answered("members", str(person)).get("no_civil_capacity") == "true"
    back = reverse("applications:section", args=[number, "authorisation"])
    return _page(request, Signing(found.household, person, request.user, back, unable, draft=found.draft))


def sign_later(request: Any, number: int, person: int) -> HttpResponse:
    """Sign for a case that was submitted without this signature."""
    found = case_in_scope(number)
    if found.closed_at is not None:
        raise Http404
    told = declaration_of(found) or {"persons": {}}
    view = "applications:my_case" if request.user.role == Role.RESIDENT else "applications:declared"
    asked = Signing(found.household, person, request.user, reverse(view, args=[number]), case=found)
    asked.unable = told["persons"].get(asked.member.person.number, {}).get("no_civil_capacity") == "true"
    return _page(request, asked)


def _page(request: Any, asked: Signing) -> HttpResponse:
    member, guardians = asked.member, asked.guardians
    form = SignForm(guardians, request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            _sign(request, asked, form.cleaned_data)
        except (ApplyError, FileError) as error:
            form.add_error(None, error.text)
        else:
            messages.success(request, _("已签署。"))
            return redirect(asked.back)
    record("authorisation.view", asked.household, subject=member.person.pk)
    context = {
        "name": asked.name_of(member), "form": form, "text": signing.TEXT, "guardians": guardians is not None,
        "already": signed(asked.household, [asked.person]).get(asked.person), "back": asked.back,
    }  # fmt: skip
    return render(request, "applications/sign.html", context)


def _sign(request: Any, asked: Signing, data: dict[str, Any]) -> None:
    chosen = data.get("signer", str(asked.person))
    signer = None if chosen == OUTSIDE else asked.of(int(chosen)).person
    upload = data.get("paper")
    if upload is not None:
        content = b"" if upload.size > MOST_BYTES else upload.read()
        how, picture = How.PAPER, clean(content, upload.size)
    else:
        how, picture = How.SCREEN, drawn(_drawing(data["drawn"]))
    signing.sign(
        asked.household,
        asked.member.person,
        signer,
        how,
        picture,
        request.user,
        draft=asked.draft,
        case=asked.case,
        refused=left_out(data["allowed"]),
    )


def _drawing(text: str) -> bytes:
    """The picture in what the page sent; nothing where it is none."""
    try:
        return base64.b64decode(text.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _is_of_age(member: Member) -> bool:
    return is_of_age(member.person.born, timezone.localdate())
