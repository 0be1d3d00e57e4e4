"""What a household declares, taken from the answers of its draft and fixed when it is submitted, in the words of the vocabulary.

``persons`` facts by number of the member, ``household`` facts, ``items`` as in ``evidence.schema.ITEMS``; null is not known. Beside them
what is no fact: ``applicant``, ``cause``, ``unlisted`` (members who are not registered).
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from doudi.facts.vocabulary import Vocabulary
from doudi.web.applications.questions import questions
from doudi.web.applications.sections.base import UNKNOWN, canonical
from doudi.web.applications.sections.members import SUPPORTERS, UNLISTED
from doudi.web.registry.selectors.files import Member

SECTION = "declared"
_STATED = {"expenses": "expenses_stated", "property": "assets_stated"}
_PLAIN = ("phone", "address", "account", "kin_of_staff", "speaker", "speaker_name", "speaker_phone", "why")


def declaration(dossier: Any) -> dict[str, Any]:
    """All that the draft declares, of the sections that its kind of application has."""
    numbers = {str(each.person.pk): each.person.number for each in dossier.members}
    applicant = dossier.answered("applicant")
    household = _household(dossier)
    return {
        "made_on": timezone.localdate().isoformat(),
        "applicant": {
            "who": numbers.get(applicant.get("who", "")), **{name: applicant.get(name) or "" for name in _PLAIN}
        },
        "cause": dossier.answered("difficulty").get("cause", ""),
        "persons": {each.person.number: _person(dossier, each) for each in dossier.members},
        "household": household,
        "items": [
            *_assets(dossier, numbers), *_expenses(dossier, numbers), *_supporters(dossier, numbers)
        ],
        "unlisted": [_plain_row(row) for row in dossier.answered("members", UNLISTED) or ()],
    }  # fmt: skip


def _person(dossier: Any, member: Member) -> dict[str, str | None]:
    key = str(member.person.pk)
    told = dossier.answered("members", key)
    found = {
        each.name: canonical(each.fact, told.get(each.name))
        for each in questions()["members"]
        if each.name in told and not (each.name == "absence_months" and told.get(each.name) is None)
    }
    if told.get("absence") == "none":
        found["absence_months"] = "0"
    data = dossier.data("income", key)
    if data is not None:
        form = dossier.section("income").form(dossier, key, data)
        if form.is_valid():
            found |= {each.name: canonical(each.fact, form.yearly()[each.name]) for each in form.asked}
    return found


def _household(dossier: Any) -> dict[str, str | None]:
    told = dossier.answered("difficulty")
    found = {
        each.name: canonical(each.fact, told.get(each.name))
        for each in questions()["difficulty"]
        if each.name in told
    }
    if told.get("urgent_event") == "none":
        found |= {"urgent_event_on": "none"}
    stated = {fact: "true" for section, fact in _STATED.items() if dossier.is_done(section, "")}
    if dossier.is_done("members", SUPPORTERS):
        stated["supporters_stated"] = "true"
    return {**found, **stated, "applied_on": timezone.localdate().isoformat()}


def _assets(dossier: Any, numbers: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "entity": "asset", "person_id": numbers.get(row["whose"]), "kind": row["kind"], "value": _money(row["value"]),
            "area": None if row["area"] is None else f"{row['area']:.2f}", "purpose": row["purpose"] or "none",
            "number": row["number"] or None,
        }
        for row in dossier.answered("property") or ()
    ]  # fmt: skip


def _expenses(dossier: Any, numbers: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "entity": "expense", "person_id": numbers.get(row["whose"]), "kind": row["kind"],
            "amount": _money(row["amount"]), "paid_on": row["paid_on"].isoformat() if row["paid_on"] else None,
        }
        for row in dossier.answered("expenses") or ()
    ]  # fmt: skip


def _supporters(dossier: Any, numbers: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "entity": "supporter", "supporter_id": f"s{place}", "person_id": numbers.get(row["whose"]),
            "relation": row["relation"], "born": row["born"].isoformat() if row["born"] else None,
            "family_size": row["family_size"], "own_income": _money(row["own_income"]),
            "agreed_fee": _money(row["agreed_fee"]),
            "consents": None if row["consents"] == UNKNOWN else row["consents"] == "true",
        }
        for place, row in enumerate(dossier.answered("members", SUPPORTERS) or (), 1)
    ]  # fmt: skip


def _plain_row(row: dict[str, Any]) -> dict[str, str]:
    return {
        name: row[name].isoformat() if hasattr(row[name], "isoformat") else str(row[name] or "")
        for name in ("name", "relation", "id_number", "born")
    }


def _money(fen: int | None) -> str | None:
    return canonical(Vocabulary.load().entities["asset"].facts["value"], fen)
