"""Contesting a decision (申诉), and complaining about how one was treated (投诉)."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction

from doudi.web.accounts.roles import Role
from doudi.web.cases.models import Case, Paper, Step
from doudi.web.cases.services.moving import take
from doudi.web.cases.services.opening import open_case
from doudi.web.registry.models import Household


@transaction.atomic
def appeal_against(paper: Paper, claims: str, user: Any, token: uuid.UUID, authorised: bool = False) -> Case:
    """Open an appeal against a decision; whoever took part in its case is named, so that none of them reviews it.

    Raises:
        CaseError: the procedure refuses it, for example because nobody was authorised.
    """
    earlier = Step.objects.select_related("case").filter(token=token).first()
    if earlier is not None:
        return earlier.case
    found = open_case("appeal", paper.case.household, user, paper.case)
    inputs = {"decision_number": paper.number, "claims": claims, "earlier_accounts": took_part(paper.case)}
    more = {} if user.role == Role.RESIDENT else {"authorised": authorised}
    return take(found, "file_appeal", user, inputs | more, token=token).case


def took_part(case: Case) -> tuple[str, ...]:
    """The accounts of the staff that took a step in a case or in the one it came from."""
    cases = [case.pk, *([case.parent_id] if case.parent_id else [])]
    taken = Step.objects.filter(case__in=cases, by__isnull=False).exclude(role=Role.RESIDENT)
    return tuple(sorted({str(number) for number in taken.values_list("by_id", flat=True)}))


@transaction.atomic
def complain(household: Household, claims: str, user: Any, token: uuid.UUID) -> Case:
    """Open a complaint of a household about how it was treated, by name.

    Raises:
        CaseError: the procedure refuses it.
    """
    earlier = Step.objects.select_related("case").filter(token=token).first()
    if earlier is not None:
        return earlier.case
    found = open_case("complaint", household, user)
    return take(found, "make_complaint", user, {"claims": claims, "named": True}, token=token).case
