"""What was declared and handed in with a case, for those who work on it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from doudi.facts.vocabulary import Vocabulary
from doudi.web.applications.declared import declaration_of
from doudi.web.applications.models import Attachment, Authorisation
from doudi.web.applications.selectors.dossiers import unsigned
from doudi.web.audit import record
from doudi.web.cases.selectors.folders import case
from doudi.web.registry.errors import ChangeError
from doudi.web.registry.known import shown_value
from doudi.web.registry.selectors.files import File
from doudi.web.registry.sensitive import masked_name
from doudi.web.registry.services.newcomers import Newcomer, join
from doudi.web.registry.templatetags.registry import language


def declared(request: Any, number: int) -> HttpResponse:
    """The declaration, papers and signatures; who is not registered yet can be registered from here."""
    found = case(number)
    told = declaration_of(found)
    if request.method == "POST" and told is not None:
        return _register(request, found, told)
    record("case.declared", found)
    file = File(found.household)
    files = Attachment.objects.filter(case=found, removed_at__isnull=True).defer("sealed").order_by("pk")
    signatures = Authorisation.objects.filter(household=found.household).select_related("person", "signer")
    context = {
        "case": found, "told": told, "people": _people(file, told) if told else [],
        "household": _facts("household", told["household"]) if told else [], "files": files,
        "items": told["items"] if told else [], "unlisted": _unlisted(told) if told else [],
        "unsigned": unsigned(found), "signed": signatures.order_by("-pk")[:50],
    }  # fmt: skip
    return render(request, "applications/declared.html", context)


def _people(file: File, told: dict[str, Any]) -> list[tuple[Any, list[tuple[str, str]]]]:
    return [(each, _facts("person", told["persons"].get(each.person.number, {}))) for each in file.members]


def _facts(kind: str, told: dict[str, str | None]) -> list[tuple[str, str]]:
    facts = Vocabulary.load().entities[kind].facts
    zh = language() == "zh"
    return [
        (facts[name].zh if zh else facts[name].en, shown_value(facts[name], value, language()))
        for name, value in told.items()
        if name in facts
    ]


def _unlisted(told: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**row, "masked": masked_name(row["name"])} for row in told["unlisted"]]


def _register(request: Any, found: Any, told: dict[str, Any]) -> HttpResponse:
    """Register one of those who were not listed."""
    place = request.POST.get("place", "")
    rows = told["unlisted"]
    if place.isascii() and place.isdigit() and int(place) < len(rows):
        row = rows[int(place)]
        born = date.fromisoformat(row["born"]) if row["born"] else None
        try:
            join(
                found.household, Newcomer(row["name"], row["relation"], row["id_number"], born), request.user
            )
        except ChangeError as error:
            messages.error(request, error.text)
        else:
            messages.success(request, _("已登记到这一户。"))
    return redirect("applications:declared", found.pk)
