"""A case (办件) is the list of what happened to it; everything else about it is computed from that list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

Plain = str | int | bool | tuple[str, ...] | tuple[tuple[str, int], ...]
"""What an input may hold: text, code or ISO day; count; money in fen; flag; list of words; steps of (month, fen)."""

Inputs = Mapping[str, Plain]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account, never a name, in a role."""

    account: str
    role: str


@dataclass(frozen=True, slots=True)
class Event:
    """One step that was taken. ``number`` counts from 1; ``before`` and ``after`` are stages; times are local."""

    number: int
    step: str
    at: datetime
    actor: Actor
    inputs: Inputs
    before: str
    after: str
    documents: tuple[str, ...]

    @staticmethod
    def frozen(inputs: Inputs) -> Inputs:
        """The inputs as a mapping that cannot be changed."""
        return MappingProxyType(dict(inputs))


@dataclass(frozen=True, slots=True)
class Case:
    """One case: the kind of procedure (``machine``), the region whose rules hold, and its events in order.

    ``household`` are the accounts of the household, ``kin`` the accounts of staff who are near relatives of it.
    """

    machine: str
    region: str
    events: tuple[Event, ...] = ()
    household: frozenset[str] = frozenset()
    kin: frozenset[str] = frozenset()

    def with_event(self, event: Event) -> Case:
        """The case with one more event."""
        return replace(self, events=(*self.events, event))
