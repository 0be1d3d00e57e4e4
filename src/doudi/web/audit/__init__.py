"""The audit trail (审计): who did, saw, tried what, and when; the database refuses to change or delete any of it.

    record("household.view", household, subject=person.pk, reason="…")

One call, in the transaction of the deed it tells of: both happen or neither.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from doudi.web.audit.recording import Deed


def record(action: str, target: Any = None, **about: Any) -> None:
    """Record one deed; see :func:`doudi.web.audit.recording.record`."""
    from doudi.web.audit.recording import record as write

    write(action, target, **about)


def record_all(action: str, deeds: Iterable[Deed], **about: Any) -> int:
    """Record many deeds of one kind at once; see :func:`doudi.web.audit.recording.record_all`."""
    from doudi.web.audit.recording import record_all as write

    return write(action, deeds, **about)


__all__ = ["record", "record_all"]
