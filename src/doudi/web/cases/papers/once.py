"""What very many documents share, looked up once: offices, authorities, counties."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Found = TypeVar("Found")
_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("doudi_papers_once", default=None)


@contextmanager
def lookups_kept() -> Iterator[None]:
    """Within the block, what was looked up is looked up no second time; for some seconds at most, by one account."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def once(key: Hashable, look_up: Callable[[], Found]) -> Found:
    """What ``look_up`` gives; outside of ``lookups_kept`` it is asked each time."""
    kept = _kept.get()
    if kept is None:
        return look_up()
    if key not in kept:
        kept[key] = look_up()
    found: Found = kept[key]
    return found
