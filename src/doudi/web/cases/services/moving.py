"""Taking a step: judged by the procedure, written once, with all that follows from it, in one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from doudi import procedure
from doudi.procedure.case import Plain
from doudi.rules.errors import Problem
from doudi.web.cases.errors import CaseError, ChangedError, refused
from doudi.web.cases.models import Case, Step
from doudi.web.cases.roles import acting_roles
from doudi.web.cases.services.carrying import Done, Move, carry
from doudi.web.cases.services.cases import as_procedures, local_now
from doudi.web.cases.services.opening import accounts_of
from doudi.web.database.scope import current
from doudi.web.scoped import OFFICES


@transaction.atomic
def take(
    case: Case | int,
    step: str,
    user: Any,
    inputs: Mapping[str, Plain] | None = None,
    *,
    seen: int | None = None,
    token: uuid.UUID | None = None,
    at: datetime | None = None,
    role: str = "",
) -> Done:
    """Take a step.

    Args:
        user: who takes it; None: the system, or with ``role`` anyone, somebody who need not say who he is.
        seen: how many steps the case had when its form was opened.
        token: drawn by the form; the same token takes the step once.
        at: the moment, local and naive; now, if not given.
        role: as what the person acts; if not given, the role of the account that the step asks for.

    Raises:
        ChangedError: somebody took a step meanwhile.
        CaseError: every reason against it, or no such case in scope.
    """
    found = locked(case)
    earlier = Step.objects.filter(token=token).first() if token else None
    if earlier is not None:
        return Done(found, earlier, again=True)
    if seen is not None and seen != found.steps:
        raise ChangedError(_changed(found))
    return take_known(found, as_known(found), step, user, inputs, token=token, at=at, role=role)


def locked(case: Case | int, *beside: str) -> Case:
    """The case as it stands now, locked until the transaction ends; ``beside``: what is read with it, by the names of fields.

    Raises:
        CaseError: no such case in scope.
    """
    number = case if isinstance(case, int) else case.pk
    rows = Case.objects.select_for_update(of=("self",)).filter(pk=number)
    found: Case | None = (rows.select_related(*beside) if beside else rows).first()
    if found is None:
        raise CaseError(
            refused("case.unknown", "没有这个办件，或者不在您的管辖范围内", "no such case in scope")
        )
    return found


def as_known(case: Case) -> procedure.Case:
    """A locked case as the procedure knows it, with the accounts that its household has now."""
    return all_known([case])[case.pk]


def all_known(cases: Sequence[Case]) -> dict[int, procedure.Case]:
    """The same of many, in three queries."""
    if current().role not in OFFICES:
        accounts = accounts_of({case.household_id for case in cases if case.household_id is not None})
        for case in cases:
            case.accounts = accounts.get(case.household_id, [])
    return as_procedures(cases)


def take_known(
    found: Case,
    known: procedure.Case,
    step: str,
    user: Any,
    inputs: Mapping[str, Plain] | None = None,
    *,
    token: uuid.UUID | None = None,
    at: datetime | None = None,
    role: str = "",
) -> Done:
    """Take a step of a locked case whose steps were read; see :func:`take`. The caller holds the transaction."""
    now = at or local_now()
    return carry([applied(found, known, step, user, now, inputs, role)], user, now, token)[0]


def applied(
    case: Case, known: procedure.Case, step: str, user: Any, at: datetime,
    inputs: Mapping[str, Plain] | None = None, role: str = "",
) -> Move:  # fmt: skip
    """What taking a step of a locked case brings about; nothing is stored yet.

    Raises:
        CaseError: every reason against it.
    """
    try:
        taken = procedure.apply(known, step, _actor(case, step, user, role), at, dict(inputs or {}))
    except procedure.MoveError as error:
        raise CaseError(error.problems) from error
    return Move(case, known, taken)


def _actor(case: Case, step: str, user: Any, role: str) -> procedure.Actor:
    """Who acts, as what: of the roles of the account the first that the step is for."""
    if user is None:
        return procedure.Actor(role or "system", role or "system")
    mine = acting_roles(user)
    versions = procedure.procedure().machine(case.kind).steps.get(step, ())
    asked = {name for version in versions for name in version.roles}
    if role and role in mine:
        return procedure.Actor(str(user.pk), role)
    return procedure.Actor(str(user.pk), next((name for name in mine if name in asked), _known(mine)))


def _known(roles: tuple[str, ...]) -> str:
    """A role that the procedure knows; accounts without one act as anyone."""
    return next(name for name in roles if name in procedure.procedure().roles)


def _changed(case: Case) -> list[Problem]:
    last = case.taken.select_related("by").order_by("-number").first()
    when = timezone.localtime(case.moved_at).strftime("%H:%M")
    name = last.by.name if last and last.by else "系统"
    return refused(
        "case.changed", f"{name} 已在 {when} 办理了这个办件", f"{name} took a step at {when}",
        "看过现在的情况，再决定是否办理", "look at how the case stands now and decide again",
    )  # fmt: skip
