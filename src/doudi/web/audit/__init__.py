"""The audit trail (审计): who did, saw, tried what, and when; the database refuses to change or delete any of it.

    record("household.view", household, subject=person.pk, reason="…")

One call, in the transaction of the deed it tells of: both happen or neither.
"""

from __future__ import annotations

from typing import Any


def record(action: str, target: Any = None, **about: Any) -> None:
    """Record one deed; see :func:`doudi.web.audit.recording.record`."""
    from doudi.web.audit.recording import record as write

    write(action, target, **about)


__all__ = ["record"]
