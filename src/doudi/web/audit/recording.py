"""Recording a deed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from doudi.web.accounts.models.region import NATION
from doudi.web.audit.context import actor
from doudi.web.audit.models import Entry, Outcome
from doudi.web.errors import WebError

_COLUMNS = (
    "action", "outcome", "actor", "actor_name", "role", "region", "target_kind", "target", "subject", "reason",
    "address", "request", "details",
)  # fmt: skip
# Not by the ORM: it would read the new row back, which only the auditor may.
_INSERT = f"INSERT INTO audit_entry (at, {', '.join(_COLUMNS)}) VALUES (clock_timestamp(), {', '.join(['%s'] * len(_COLUMNS))})"
ACTION = Entry._meta.get_field("action").max_length


def record(
    action: str,
    target: Any = None,
    *,
    subject: object = "",
    reason: str = "",
    outcome: str = Outcome.DONE,
    region: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Record one deed of whoever acts now, in the open transaction.

    Args:
        action: ``thing.verb``, such as ``household.view``.
        target: what it was done to: a model instance, or a pair of kind and number.
        subject: the number of the person whose data it was about, never a name or an id number.
        region: the region it concerns, if not that of the target or of the actor; the nation where there is none.
        details: plain data; no personal data, since nothing here can ever be erased.

    Raises:
        WebError: ``action`` is not of the form ``thing.verb``.
    """
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, _values(action, target, str(subject), reason, outcome, region, details))


def record_each(action: str, targets: Iterable[tuple[Any, Mapping[str, Any]]]) -> None:
    """Record the same deed on many, each with its details: an entry for each, written together.

    Raises:
        WebError: ``action`` is not of the form ``thing.verb``.
    """
    values = [_values(action, target, "", "", Outcome.DONE, "", details) for target, details in targets]
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT, values)


def _values(
    action: str, target: Any, subject: str, reason: str, outcome: str, region: str, details: Mapping[str, Any] | None
) -> tuple[str, ...]:  # fmt: skip
    """The columns of an entry."""
    if "." not in action or len(action) > ACTION:
        raise WebError(f"an action is written thing.verb: {action}")
    who = actor()
    kind, number = _named(target)
    return (
        action, str(outcome), who.number, who.name, who.role,
        region or str(getattr(target, "region_id", "") or "") or who.region or NATION,
        kind, number, subject, reason[:500], who.address, who.request,
        json.dumps(details or {}, ensure_ascii=False, sort_keys=True, default=str),
    )  # fmt: skip


def _named(target: Any) -> tuple[str, str]:
    """Kind and number of what was acted on."""
    if target is None:
        return "", ""
    if isinstance(target, tuple):
        kind, number = target
        return str(kind), str(number)
    return target._meta.label_lower, str(target.pk)
