"""Clocks (时限): what must be done by when, by whom, what makes the limit rest, and who is told when it is overdue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from doudi.rules.documents import Reference

Nature = Literal["limit", "period", "interval"]


@dataclass(frozen=True, slots=True)
class Instead:
    """Another limit that applies once a fact of the case has a value."""

    fact: str
    value: str
    limit: str


@dataclass(frozen=True, slots=True)
class When:
    """A fact of the case that must have a value for the clock to start."""

    fact: str
    value: str


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock.

    ``limit``: to be done before the end. ``period``: has to run out before the next step (公示期). ``interval``: after it
    something falls due again (定期核查). ``limit`` is the parameter that holds the length; ``instead`` the lengths of
    special cases, the first that fits. ``pauses`` says for which reasons it rests, by which article. ``rolls``: a limit in
    calendar days that would end on a rest day ends with the next working day (``rolls_by`` names the local choice that
    decides so instead); ``month_end``: one in months ends with the
    last day of its month. ``outlives``: runs on when the case is over. ``applies``: starts only for such cases.
    ``from_fact``: starts on the day that this fact names, not on that of the step.
    """

    name: str
    zh: str
    en: str
    nature: Nature
    bound: str
    limit: str
    instead: tuple[Instead, ...]
    pauses: Mapping[str, Reference]
    overdue_to: str
    rolls: bool
    rolls_by: str
    month_end: bool
    outlives: bool
    applies: When | None
    from_fact: str
    reference: Reference
    file: str
    line: int
