"""A case of procedure as it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from doudi.procedure.case import Actor, Inputs


@dataclass(frozen=True, slots=True)
class Done:
    """One step as written: what, when, by whom, with what; ``because`` are the reasons of one that must be refused."""

    step: str
    at: datetime
    actor: Actor
    inputs: Inputs
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClockAlone:
    """A clock looked at without a case: when it starts, its rests, and the facts that choose its limit."""

    clock: str
    start: datetime
    pauses: tuple[tuple[datetime, datetime], ...]
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Expected:
    """What must hold at a moment; what is not written is not looked at."""

    at: datetime
    stage: str = ""
    owner: str = ""
    clocks: Mapping[str, Mapping[str, str]] | None = None
    facts: Mapping[str, str] | None = None
    may: Mapping[str, tuple[str, ...]] | None = None
    may_not: tuple[Done, ...] = ()
    documents: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProcedureCase:
    """One case: either events of a kind of case, or a clock alone."""

    zh: str
    en: str
    source: str
    region: str
    kind: str
    kin: frozenset[str]
    events: tuple[Done, ...]
    refused: tuple[Done, ...]
    clock: ClockAlone | None
    expected: Expected | None
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The cases of one file."""

    path: str
    cases: tuple[ProcedureCase, ...]
