"""Recording a deed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection

from doudi.web.accounts.models.region import NATION
from doudi.web.audit.context import actor
from doudi.web.audit.models import Entry, Outcome
from doudi.web.errors import WebError

_COLUMNS = (
    "action", "outcome", "actor", "actor_name", "role", "region", "target_kind", "target", "subject", "reason",
    "address", "request", "details",
)  # fmt: skip
# Not by the ORM: it would read the new rows back, which only the auditor may.
_INSERT = (
    f"INSERT INTO audit_entry (at, {', '.join(_COLUMNS)})"
    f" SELECT clock_timestamp(), * FROM unnest({', '.join(['%s::text[]'] * len(_COLUMNS))})"
)
_AT_ONCE = 5000
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
    deed = Deed(target, str(subject), region, details)
    record_all(action, [deed], reason=reason, outcome=outcome)


class Deed(NamedTuple):
    """What one of many entries is about; see :func:`record`."""

    target: Any
    subject: str = ""
    region: str = ""
    details: Mapping[str, Any] | None = None


def record_all(action: str, deeds: Iterable[Deed], *, reason: str = "", outcome: str = Outcome.DONE) -> int:
    """Record many deeds of one kind, one entry for each, in the open transaction; how many.

    Raises:
        WebError: ``action`` is not of the form ``thing.verb``.
    """
    if "." not in action or len(action) > ACTION:
        raise WebError(f"an action is written thing.verb: {action}")
    waiting, written = iter(deeds), 0
    while rows := [_row(action, deed, reason, outcome) for deed in islice(waiting, _AT_ONCE)]:
        with connection.cursor() as cursor:
            cursor.execute(_INSERT, [list(column) for column in zip(*rows, strict=True)])
        written += len(rows)
    return written


def _row(action: str, deed: Deed, reason: str, outcome: str) -> tuple[str, ...]:
    who, (kind, number) = actor(), _named(deed.target)
    return (
        action, str(outcome), who.number, who.name, who.role,
        deed.region or str(getattr(deed.target, "region_id", "") or "") or who.region or NATION,
        kind, number, deed.subject, reason[:500], who.address, who.request,
        json.dumps(deed.details or {}, ensure_ascii=False, sort_keys=True, default=str),
    )  # fmt: skip


def _named(target: Any) -> tuple[str, str]:
    """Kind and number of what was acted on."""
    if target is None:
        return "", ""
    if isinstance(target, tuple):
        kind, number = target
        return str(kind), str(number)
    return target._meta.label_lower, str(target.pk)
