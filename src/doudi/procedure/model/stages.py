"""Stages (阶段) and steps (环节): the state machine of one kind of case, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from doudi.rules.documents import Reference

InputKind = Literal["text", "flag", "count", "money", "day", "list", "code", "steps"]
NeedKind = Literal["condition", "done", "apart_from", "period_over", "fact"]


@dataclass(frozen=True, slots=True)
class Role:
    """Who acts. ``staff``: works for the office, so that own and relatives' cases are closed to this role."""

    name: str
    zh: str
    en: str
    staff: bool


@dataclass(frozen=True, slots=True)
class Input:
    """What a step asks for. ``codes`` are the permitted words of a code, with their titles."""

    name: str
    zh: str
    en: str
    kind: InputKind
    codes: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Validity:
    """The first and the last day on which something is law; None is open."""

    start: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether it is law on that day."""
        return (self.start is None or self.start <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Need:
    """What must hold before a step.

    ``condition``: a named condition holds. ``done``: each named step has been taken and not been voided since.
    ``apart_from``: the person did not take any of the named steps (four eyes). ``period_over``: the named period has
    run its full length. ``fact``: each named fact (``result=apply|urgent``) has one of the values.
    """

    kind: NeedKind
    names: tuple[str, ...]
    validity: Validity
    reference: Reference | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a case stands, and who has to act next; ``final``: the case is over."""

    name: str
    zh: str
    en: str
    owner: str
    final: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step from a stage to another (``to`` empty: the stage stays).

    ``voids`` names earlier steps that no longer count. ``pauses`` and ``resumes`` name reasons (a clock says which
    reasons make it rest). ``opens`` names the kind of case that the step starts beside this one. ``sets`` are facts that
    hold once the step is taken.
    """

    name: str
    zh: str
    en: str
    origins: tuple[str, ...]
    to: str
    roles: tuple[str, ...]
    needs: tuple[Need, ...]
    inputs: tuple[tuple[Input, bool], ...]
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    pauses: tuple[str, ...]
    resumes: tuple[str, ...]
    documents: tuple[str, ...]
    voids: tuple[str, ...]
    opens: tuple[str, ...]
    sets: Mapping[str, str | bool]
    reference: Reference | None
    validity: Validity
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Machine:
    """All stages and steps of one kind of case; a step may have versions under different dates."""

    name: str
    zh: str
    en: str
    about: str
    begins: str
    stages: Mapping[str, Stage]
    steps: Mapping[str, tuple[Step, ...]]
    file: str

    def step(self, name: str, day: date) -> Step | None:
        """The version of a step that is law on the day; None when there is none."""
        return next((step for step in self.steps.get(name, ()) if step.validity.covers(day)), None)

    def steps_on(self, day: date) -> list[Step]:
        """All steps that are law on the day, in the order of the file."""
        return [step for versions in self.steps.values() for step in versions if step.validity.covers(day)]
