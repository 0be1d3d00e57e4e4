"""Supporters outside the household: asked about only if they agree (《社会救助法》 art. 41), and only by what they earn."""

from __future__ import annotations

from doudi.verification.authorisation import Consent
from doudi.verification.catalogue import items
from doudi.verification.comparing import Comparison, compare_facts, compared, with_word
from doudi.verification.declared import DeclaredPerson
from doudi.verification.results import NO_ANSWER, Result


def identified(consent: Consent) -> bool:
    """Whether a supporter agrees and is somebody the evidence can know."""
    return consent.agreed and consent.person_id is not None


def compare_supporter(consent: Consent, comparison: Comparison) -> Result:
    """The supporter's own income as declared against the sum of what the sources that answer tell of it.

    The sum counts every kind of income that a source can tell. If one of them has no answer neither has the sum.
    """
    key = f"supporter/{consent.supporter_id}"
    declared = consent.own_income
    if not consent.agreed:
        return Result(key, None, "wage", NO_ANSWER, "refused", declared)
    if consent.person_id is None:
        return Result(key, None, "wage", NO_ANSWER, "unidentified", declared)
    nobody = DeclaredPerson(consent.person_id, "", "", None, {})
    income = [
        result
        for result in compare_facts(nobody, comparison)
        if items()[result.item].group == "income" and items()[result.item].sources
    ]
    silent = next(
        (each for each in income if each.outcome == NO_ANSWER and each.reason != "not_declared"), None
    )
    if silent is not None:
        return Result(key, None, "wage", NO_ANSWER, silent.reason, declared)
    found = sum(int(result.found or 0) for result in income)
    result = compared(key, None, items()["wage"], declared, found, comparison)
    return with_word(
        result, [word for each in income for word in comparison.words_of(consent.person_id, each.item)]
    )
