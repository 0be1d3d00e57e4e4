"""A check from beginning to end: authority first, then the findings, the comparison, the report in the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from doudi import __version__
from doudi.facts.vocabulary import Vocabulary
from doudi.law import library
from doudi.rules.errors import RegionError
from doudi.rules.parameters import Parameters
from doudi.verification import catalogue
from doudi.verification.authorisation import Consent
from doudi.verification.bank import add_balances
from doudi.verification.changes import changes_between
from doudi.verification.comparing import Comparison, compare_facts
from doudi.verification.declared import DeclaredPerson
from doudi.verification.errors import MeansError, fault
from doudi.verification.found import Found
from doudi.verification.objections import Objection, objections_to
from doudi.verification.reading import read_found
from doudi.verification.report import SCHEMA, Report, conclusion, counts, last_day, totals
from doudi.verification.request import Request
from doudi.verification.results import Result
from doudi.verification.sources import sources_told
from doudi.verification.store import Checks
from doudi.verification.supporters import compare_supporter, identified
from doudi.verification.terms import terms_of
from doudi.verification.things import compare_things
from doudi.verification.verifying import chain


def check(
    request: Request,
    evidence: Path,
    checks: Checks,
    by: str,
    *,
    store: Path | None = None,
    overlay: Path | None = None,
) -> Report:
    """Check a request against a build of evidence, and put the report in the store.

    ``by`` is the account of whoever asks. ``store`` is the folder of feeds, needed only for what banks answered.
    ``overlay`` is a region file with the terms of the place.

    Raises:
        MeansError: the authorisation does not allow it, or the evidence is none. FeedError, ParameterError: bad input.
    """
    content = examine(request, _found(request, evidence, store), by, overlay)
    return checks.add(request.region, request.day.year, lambda number: frozen(content, number))


def recheck(
    number: str,
    request: Request,
    evidence: Path,
    checks: Checks,
    by: str,
    *,
    store: Path | None = None,
    overlay: Path | None = None,
) -> Report:
    """Check again: a new report that names the earlier one, its hash, the objections to it, and what has changed.

    The authorisation must allow it now; the members asked about are those of the request.

    Raises:
        MeansError: the earlier report is missing, altered or of another household, or the authorisation does not allow it.
    """
    earlier = chain(checks, number)[-1]
    if (
        earlier.data["household_id"] != request.declared.household_id
        or earlier.data["region"] != request.region
    ):
        raise _other_household(number)
    if request.day < earlier.made_on:
        raise _before(earlier.made_on)
    content = examine(request, _found(request, evidence, store), by, overlay)
    objections = objections_to(checks, number)
    return checks.add(request.region, request.day.year, lambda new: frozen(content, new, earlier, objections))


def frozen(
    content: dict[str, Any], number: str, earlier: Report | None = None, objections: Sequence[Objection] = ()
) -> Report:
    """A report of a content under its number; ``earlier`` is the one that it takes the place of, with the objections to it."""
    results = [Result.from_data(each) for each in content["results"]]
    changes = changes_between(earlier.results, results) if earlier else []
    refers = {"number": earlier.number, "sha256": earlier.sha256} if earlier else None
    answered = [{"number": each.number, "sha256": each.sha256} for each in objections]
    return Report.freeze(
        {**content, "number": number, "refers_to": refers, "objections": answered, "changes": changes}
    )


def _found(request: Request, evidence: Path, store: Path | None) -> Found:
    """The findings of a build, read only once the authorisation allows it."""
    authorisation = request.authorisation
    _allowed(request)
    agreed = [each for each in authorisation.supporters if identified(each)]
    found = read_found(evidence, [*request.members, *(str(each.person_id) for each in agreed)])
    if store is not None and authorisation.covers("bank_balances"):
        add_balances(found, store, request.request_number, request.day)
    return found


def _allowed(request: Request) -> list[DeclaredPerson]:
    """The members asked about.

    Raises:
        MeansError: the authorisation does not allow it.
    """
    members = [person for person in request.declared.persons if person.person_id in request.members]
    refusals = request.authorisation.refusals(members, request.day)
    if refusals:
        raise MeansError(refusals)
    return members


def examine(request: Request, found: Found, by: str, overlay: Path | None = None) -> dict[str, Any]:
    """Hold what was declared against the findings: the content of a report that has no number yet.

    Raises:
        MeansError: the authorisation does not allow it.
    """
    declared, authorisation = request.declared, request.authorisation
    members = _allowed(request)
    terms = terms_of(request.region, request.day, overlay)
    comparison = Comparison(found, authorisation, terms, request.members)
    results = [result for person in members for result in compare_facts(person, comparison)]
    results += compare_things(declared, request.members, comparison)
    ordered = _in_order(results, request.members)
    until = last_day(request.day, terms.validity)
    return {
        "schema": SCHEMA,
        "region": request.region,
        "region_zh": _place(request.region, "zh"),
        "region_en": _place(request.region, "en"),
        "made_on": request.day.isoformat(),
        "made_by": by,
        "valid_until": until.isoformat() if until else None,
        "terms": terms.told,
        "household_id": declared.household_id,
        "members": [_member(person, found) for person in members],
        "authorisation": _authority(request),
        "evidence_day": found.day,
        "sources": sources_told(found, authorisation, request.day),
        "results": [result.as_data() for result in ordered],
        "supporters": [_supporter(each, comparison) for each in authorisation.supporters],
        "totals": totals(ordered),
        "counts": counts(ordered),
        "conclusion": conclusion(ordered),
        "versions": {"doudi": __version__, "items": catalogue.version(), "terms": terms.version},
    }


def _in_order(results: Sequence[Result], members: Sequence[str]) -> list[Result]:
    """By member, then by item; the household's own last."""
    places = {person: place for place, person in enumerate(members)}
    names = list(catalogue.items())
    return sorted(
        results, key=lambda each: (places.get(each.person_id or "", len(places)), names.index(each.item))
    )


def _member(person: DeclaredPerson, found: Found) -> dict[str, Any]:
    known = found.people.get(person.person_id)
    return {
        "person_id": person.person_id,
        "name": person.name or (known.name if known else ""),
        "id_number": known.id_number if known else "",
        "relation": person.relation,
        "identified": known is not None,
    }


def _authority(request: Request) -> dict[str, Any]:
    authorisation = request.authorisation
    return {
        "number": authorisation.number,
        "request_number": request.request_number,
        "purpose": authorisation.purpose,
        "sources": list(authorisation.sources),
        "signed_on": authorisation.signed_on.isoformat(),
        "valid_until": authorisation.valid_until.isoformat(),
        "signed": [{**asdict(each), "on": each.on.isoformat()} for each in authorisation.signed],
    }


def _supporter(consent: Consent, comparison: Comparison) -> dict[str, Any]:
    return {
        "supporter_id": consent.supporter_id,
        "relation": consent.relation,
        "name": consent.name,
        "agreed": consent.agreed,
        "on": consent.on.isoformat() if consent.on else None,
        "result": compare_supporter(consent, comparison).as_data(),
    }


@cache
def _regions() -> Parameters:
    return library.parameters(Vocabulary.load().codes)


def _place(region: str, language: str) -> str:
    """The name of the county where the law knows it, else its code."""
    try:
        found = _regions().region(region)
    except RegionError:
        return region
    return found.zh if language == "zh" else found.en


def _other_household(number: str) -> MeansError:
    return fault(
        "means.other_household", "请求的家庭不是原报告的家庭", "the request is for another household than the report",
        f"核对编号 {number} 和请求", f"check the number {number} and the request",
    )  # fmt: skip


def _before(day: date) -> MeansError:
    return fault(
        "means.too_early", "复核日期早于原报告", "the re-check lies before the report",
        "改正日期", "correct the date", value=day.isoformat(),
    )  # fmt: skip
