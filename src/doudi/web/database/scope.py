"""Whose eyes the database is read with: a role, a person's account, and a region with all that lies in it.

The scope holds for a block of code and everything called from it. Each transaction of the application takes it along
(``SET LOCAL``), and the policies of row-level security read it. Where no scope is set, protected tables are empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

CODE_LENGTH = 12
NOWHERE_LOW, NOWHERE_HIGH = "~", ""


@dataclass(frozen=True, slots=True)
class Scope:
    """``prefix`` is the beginning of the 12-digit codes that may be seen: "" everything, None nothing. ``office``: the department or
    organisation that somebody works for, who sees within the region only what was sent to it."""

    role: str
    prefix: str | None
    user: str = ""
    office: str = ""

    @property
    def low(self) -> str:
        """The lowest code in scope; above every code when nothing is in scope."""
        return NOWHERE_LOW if self.prefix is None else self.prefix.ljust(CODE_LENGTH, "0")

    @property
    def high(self) -> str:
        """The highest code in scope; below every code when nothing is in scope."""
        return NOWHERE_HIGH if self.prefix is None else self.prefix.ljust(CODE_LENGTH, "9")

    def covers(self, code: str) -> bool:
        """Whether a region's code lies in scope."""
        return self.low <= code <= self.high

    def settings(self) -> dict[str, str]:
        """The scope as the settings that policies read."""
        return {
            "doudi.role": self.role, "doudi.user": self.user, "doudi.low": self.low, "doudi.high": self.high,
            "doudi.office": self.office,
        }  # fmt: skip


NOBODY = Scope("", None)
_current: ContextVar[Scope] = ContextVar("doudi_scope", default=NOBODY)


def current() -> Scope:
    """The scope that holds now; ``NOBODY`` when none was set."""
    return _current.get()


def system(role: str = "system") -> Scope:
    """The scope of work that no person does: jobs, imports, log-in. It sees every region."""
    return Scope(role, "")


@contextmanager
def acting_as(scope: Scope) -> Iterator[Scope]:
    """Let ``scope`` hold for the block, in a transaction that is open already as well."""
    token = _current.set(scope)
    _tell_open_transaction()
    try:
        yield scope
    finally:
        _current.reset(token)
        _tell_open_transaction()


def _tell_open_transaction() -> None:
    from django.db import connection

    if connection.in_atomic_block and not connection.needs_rollback:
        connection.apply_scope()
