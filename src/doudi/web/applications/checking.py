"""The request for a means check of a case, in the form that ``doudi.verification`` reads: the declaration and the authorisations."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from doudi.facts.vocabulary import Vocabulary
from doudi.verification.catalogue import items
from doudi.web.applications.declared import declaration_of, newest_declaration
from doudi.web.applications.models import Authorisation
from doudi.web.applications.sources import left_out
from doudi.web.cases.models import Case
from doudi.web.cases.words import kind_word
from doudi.web.registry.selectors.files import File, Member

OUTSIDE = "不同住的监护人"


def check_request(case: Case, day: date) -> dict[str, Any] | None:
    """What ``doudi means check`` takes (docs/verification.md), about every member; None where nobody has signed.

    Persons bear the numbers under which the evidence knows them. Without a declaration nothing is stated.
    """
    newest = newest_signed(case)
    file = File(case.household)
    present = {each.person.pk for each in file.members}
    if not present & newest.keys():
        return None
    told = declaration_of(case) or newest_declaration(case.household) or _silence(file)
    return {
        "region": case.county, "date": day.isoformat(),
        "authorisation": _authorisation(case, [row for row in newest.values() if row.person_id in present], told),
        "declared": {
            "household": {"id": case.household.number, "area": case.household.area or None, **_facts("household", told["household"])},
            "persons": [_person(each, told) for each in file.members],
            **_things(told),
        },
    }  # fmt: skip


def newest_signed(case: Case) -> dict[int, Authorisation]:
    """The newest authorisation of each person of the household, by the row of the person."""
    rows = Authorisation.objects.filter(household_id=case.household_id).select_related("person", "signer")
    return {row.person_id: row for row in rows.order_by("pk")}


def _authorisation(case: Case, rows: list[Authorisation], told: dict[str, Any]) -> dict[str, Any]:
    withdrawn = [timezone.localdate(each.withdrawn_at) for each in rows if each.withdrawn_at]
    found: dict[str, Any] = {
        "number": f"SQ-{case.number}", "purpose": kind_word(case.kind, "zh"), "sources": _sources(rows),
        "signed_on": max(timezone.localdate(each.signed_at) for each in rows).isoformat(),
        "valid_until": min(each.valid_until for each in rows).isoformat(),
        "persons": [_signature(each) for each in rows],
        "supporters": [
            {"supporter": each["supporter_id"], "agreed": each["consents"]}
            for each in told["items"] or ()
            if each["entity"] == "supporter" and each["consents"] is not None
        ],
    }  # fmt: skip
    return found | ({"withdrawn_on": min(withdrawn).isoformat()} if withdrawn else {})


def _sources(rows: list[Authorisation]) -> list[str] | str:
    """What every one of them allows to be asked: an answer of a source may tell of several members."""
    refused = {feed for each in rows for feed in each.refused}
    return left_out(refused) if refused else "all"


def _signature(row: Authorisation) -> dict[str, Any]:
    on = timezone.localdate(row.signed_at).isoformat()
    return {"person": row.person.number, "signed_by": _signer(row), "signed_on": on}


def _silence(file: File) -> dict[str, Any]:
    """A declaration that states nothing: every item of the check is open."""
    facts = {item.fact: None for item in items().values() if item.fact is not None}
    return {"household": {}, "persons": {each.person.number: facts for each in file.members}, "items": None}


def _signer(row: Authorisation) -> str:
    if row.signer_id == row.person_id:
        return "self"
    return row.signer.number if row.signer else OUTSIDE


def _person(member: Member, told: dict[str, Any]) -> dict[str, Any]:
    person = member.person
    return {
        "id": person.number, "name": person.name, "relation": member.relation or None,
        "born": person.born.isoformat() if person.born else None, "sex": person.sex or None,
        **_facts("person", told["persons"].get(person.number, {})),
    }  # fmt: skip


def _facts(kind: str, told: dict[str, str | None]) -> dict[str, Any]:
    """Facts in the sections of a household file."""
    facts = Vocabulary.load().entities[kind].facts
    found: dict[str, Any] = {}
    for name, value in told.items():
        fact = facts.get(name)
        if fact is not None and fact.in_engine and not name.endswith("_stated"):
            place = found.setdefault(fact.group, {}) if fact.group else found
            place[name] = value
    return found


def _things(told: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The lists of a household file; none where the household stated nothing."""
    if told["items"] is None:
        return {}
    entities = Vocabulary.load().entities
    return {
        str(entities[entity].table): [_item(each) for each in told["items"] if each["entity"] == entity]
        for entity in ("asset", "expense", "supporter")
    }


def _item(told: dict[str, Any]) -> dict[str, Any]:
    facts = Vocabulary.load().entities[told["entity"]].facts
    found = {
        name: str(value).lower() if isinstance(value, bool) else value
        for name, value in told.items()
        if name in facts and name not in ("person_id", "supporter_id") and value is not None
    }
    for name, column in (("person", "person_id"), ("number", "number"), ("id", "supporter_id")):
        if told.get(column):
            found[name] = told[column]
    return found
