"""Beginning a case."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from doudi import procedure
from doudi.web.accounts.models import Region
from doudi.web.audit import record
from doudi.web.cases.models import Case
from doudi.web.cases.numbers import case_number
from doudi.web.cases.services.cases import aware_now, summarise
from doudi.web.registry.models import Household, Person


@transaction.atomic
def open_case(
    kind: str,
    household: Household | None,
    by: Any = None,
    parent: Case | None = None,
    at: Any = None,
    region: Region | None = None,
) -> Case:
    """Begin a case of a household where it lives; ``by`` None: the system, or a step of the parent, begins it.

    A case of the county itself (``reading``) has no household; ``region`` is then the county.

    Raises:
        LawError: there is no such kind of case.
    """
    at = at or aware_now()
    local = timezone.make_naive(at)
    machine = procedure.procedure().machine(kind)
    place = household.region_id if household else region.code if region else ""
    county = household.county if household else place[:6]
    case = Case(
        region_id=place, county=county, kind=machine.name, household=household, parent=parent,
        accounts=household_accounts(household), opened_at=at, moved_at=at, number=case_number(county, local.year),
    )  # fmt: skip
    known = procedure.Case(kind, case.county, household=frozenset(case.accounts))
    summarise(case, known, local)
    case.save()
    record("case.open", case, details={"kind": kind, "parent": parent.pk if parent else None})
    return case


def running_review(household: Household) -> Case | None:
    """The review (核查) of a household that runs or that somebody asked for; the yearly one that only waits is not meant."""
    waits_for_its_year = Q(stage="due") & ~Q(parent__kind="warning")
    found = Case.objects.filter(household=household, kind="review", closed_at__isnull=True)
    return found.exclude(waits_for_its_year).order_by("pk").first()


def follow(kind: str, parent: Case, by: Any, at: Any) -> Case | None:
    """Begin a case that a step of another one opens; None where the household is under review already, which is then enough."""
    asked_again = kind == "review" and parent.kind == "warning" and parent.household is not None
    if asked_again and running_review(parent.household) is not None:
        return None
    return open_case(kind, parent.household, by, parent, at)


def household_accounts(household: Household | None) -> list[str]:
    """The accounts of those who live in a household; none where there is no household."""
    return accounts_of([household.pk]).get(household.pk, []) if household else []


def accounts_of(households: Collection[int]) -> dict[int, list[str]]:
    """The accounts of those who live in households, by household; none is asked where there is none."""
    found: dict[int, set[str]] = {number: set() for number in households}
    living = Person.objects.filter(
        memberships__household__in=found, memberships__until__isnull=True, login__isnull=False
    )
    for household, login in living.values_list("memberships__household_id", "login_id"):
        found[household].add(str(login))
    return {number: sorted(accounts) for number, accounts in found.items()}
