"""Who acts now, and by which request: set once per request, read by ``record`` and by the log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts: the account's number and name, role and region, and the request by which."""

    number: str = ""
    name: str = ""
    role: str = ""
    region: str = ""
    address: str = ""
    request: str = ""


SYSTEM = Actor(role="system")
_current: ContextVar[Actor] = ContextVar("doudi_actor", default=SYSTEM)


def actor() -> Actor:
    """Whoever acts now; the system itself where nobody was named."""
    return _current.get()


@contextmanager
def deeds_of(who: Actor) -> Iterator[None]:
    """Let ``who`` be named for all that is recorded in the block."""
    token = _current.set(who)
    try:
        yield
    finally:
        _current.reset(token)
