"""Declaring near relatives (近亲属备案): whoever is kin handles no case of the household any more."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from doudi import procedure
from doudi.web.audit import record
from doudi.web.cases.marks import marks_of
from doudi.web.cases.models import Case, Kinship
from doudi.web.cases.services.cases import as_procedure
from doudi.web.registry.models import Household


@transaction.atomic
def declare(household: Household, user: Any, relation: str, by: Any) -> Kinship:
    """Put on record that a member of the staff is a near relative of a household; declared again it stays as it is."""
    found, new = Kinship.objects.get_or_create(
        user=user, household=household, until=None,
        defaults={"region_id": household.region_id, "relation": relation, "declared_by": by},
    )  # fmt: skip
    if new:
        record("kinship.declare", household, details={"account": user.pk})
        _mark(household)
    return found


@transaction.atomic
def end(kinship: Kinship, on: date) -> None:
    """It no longer holds from a day on."""
    kinship.until = on
    kinship.save(update_fields=["until"])
    record("kinship.end", kinship.household, details={"account": kinship.user_id})


def _mark(household: Household) -> None:
    """The open cases of the household show it."""
    for case in Case.objects.filter(household=household, closed_at__isnull=True):
        known = as_procedure(case)
        case.marks = marks_of(procedure.standing(procedure.procedure(), known), known)
        case.save(update_fields=["marks"])
