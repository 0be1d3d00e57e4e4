"""How a condition is written, and what it may look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from doudi.procedure.case import Actor, Case, Event, Inputs, Plain
from doudi.procedure.ground import Ground
from doudi.procedure.model.papers import Paper
from doudi.procedure.model.stages import Input, Step
from doudi.procedure.running import Reading
from doudi.procedure.standing import Standing


@dataclass(frozen=True, slots=True)
class View:
    """What a condition may look at: the case and where it stands, the rules of the place, who acts, when, and the inputs."""

    case: Case
    standing: Standing
    ground: Ground
    papers: Mapping[str, Paper]
    vocabulary: Mapping[str, Input]
    actor: Actor
    at: datetime
    step: Step
    inputs: Inputs
    reading: Callable[[str], Reading | None]

    @property
    def day(self) -> date:
        """The day of the step."""
        return self.at.date()

    def fact(self, name: str) -> Plain | None:
        """A fact of the case, or the input that will become one."""
        return self.inputs.get(name, self.standing.facts.get(name))

    def words(self, name: str) -> tuple[str, ...]:
        """The words of a list that is filled in; empty when there is none."""
        value = self.inputs.get(name)
        return tuple(str(word) for word in value) if isinstance(value, tuple) else ()

    def last(self, step: str) -> Event | None:
        """The last time that a step was taken and still counts."""
        return self.standing.counting.get(step)


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: its title, and the sentence that is told when it does not hold, with what to do about it."""

    name: str
    title_zh: str
    title_en: str
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str
    asks_inputs: bool
    holds: Callable[[View], bool]


@dataclass(slots=True)
class Conditions:
    """The conditions of one module."""

    found: dict[str, Condition] = field(default_factory=dict)

    def add(
        self,
        title_zh: str,
        title_en: str,
        zh: str,
        en: str,
        remedy_zh: str,
        remedy_en: str,
        asks_inputs: bool = False,
    ) -> Callable[[Callable[[View], bool]], Callable[[View], bool]]:
        """Register a function under its own name."""

        def register(function: Callable[[View], bool]) -> Callable[[View], bool]:
            name = function.__name__
            self.found[name] = Condition(
                name, title_zh, title_en, zh, en, remedy_zh, remedy_en, asks_inputs, function
            )
            return function

        return register
