"""What was answered so far, and which screen comes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from doudi.selfcheck.questions import Answer, Question, Screen, screens

ELDER, ADULT = 60, 18


@dataclass(frozen=True, slots=True)
class Step:
    """A screen, and of whom: the member or supporter at ``place``, from 0; None for the household."""

    screen: Screen
    place: int | None

    @property
    def key(self) -> str:
        """What stands for it in addresses and in what is kept: ``costs``, ``income-1``."""
        return self.screen.name if self.place is None else f"{self.screen.name}-{self.place}"


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers by step and question; a step that is there was gone through, also where all of it was left open."""

    told: Mapping[str, Mapping[str, Answer]] = field(default_factory=dict)

    def of(self, step: str, question: str) -> Answer:
        """One answer; None where it was left open or not asked."""
        return self.told.get(step, {}).get(question)

    def number(self, step: str, question: str) -> int | None:
        """One answer that is a number."""
        found = self.of(step, question)
        return found if isinstance(found, int) else None

    def chosen(self, step: str, question: str) -> tuple[str, ...]:
        """One answer of several codes; none of them where it was left open."""
        found = self.of(step, question)
        return found if isinstance(found, tuple) else ()

    def with_step(self, step: str, answers: Mapping[str, Answer]) -> Answers:
        """With the answers of one step; what was said of people who are no longer there, or no longer asked, goes."""
        found = Answers({**self.told, step: dict(answers)})
        keys = {each.key for each in found.steps()}
        return Answers({key: each for key, each in found.told.items() if key in keys})

    @property
    def size(self) -> int:
        """How many people live together; 0 as long as that was not said."""
        return self.number("family", "size") or 0

    def age(self, place: int) -> int | None:
        """A member's age in full years."""
        return self.number(f"person-{place}", "age")

    def disabled(self, place: int) -> bool:
        """Whether a member has a certificate of disability."""
        return self.of(f"condition-{place}", "disability") not in (None, "none")

    def steps(self) -> tuple[Step, ...]:
        """All steps that belong to these answers, in order."""
        return tuple(self._steps())

    def _steps(self) -> Iterator[Step]:
        for name, screen in screens().items():
            if screen.of == "household":
                if name != "elsewhere" or self.old or self.minors:
                    yield Step(screen, None)
                continue
            places = range(
                self.size if screen.of == "person" else self.number("elsewhere", "children_away") or 0
            )
            yield from (step for place in places if self.asked(step := Step(screen, place)))

    @property
    def old(self) -> tuple[int, ...]:
        """The members whom grown-up children may owe support: the old, and the disabled who are grown up."""
        return tuple(
            place
            for place in range(self.size)
            if (age := self.age(place)) is not None
            and (age >= ELDER or (age >= ADULT and self.disabled(place)))
        )

    @property
    def minors(self) -> tuple[int, ...]:
        """The members below 18."""
        return tuple(
            place for place in range(self.size) if (age := self.age(place)) is not None and age < ADULT
        )

    def asked(self, step: Step) -> tuple[Question, ...]:
        """The questions of a step: those for somebody of this age, and for whom the answer is open."""
        age = None if step.place is None or step.screen.of != "person" else self.age(step.place)
        found = []
        for each in step.screen.questions.values():
            first = step.key == "person-0" and each.name == "relation"
            idle = (each.name == "children_away" and not self.old) or (
                each.name == "parents_away" and not self.minors
            )
            if each.asked(age) and not first and not idle:
                found.append(each)
        return tuple(found)

    def step(self, key: str) -> Step | None:
        """The step of a key; None where there is none with these answers."""
        return next((each for each in self.steps() if each.key == key), None)

    def next_open(self) -> Step | None:
        """The first step that was not gone through; None when all were."""
        return next((each for each in self.steps() if each.key not in self.told), None)

    def as_data(self) -> dict[str, dict[str, Any]]:
        """As plain data, to be kept."""
        return {
            step: {name: list(each) if isinstance(each, tuple) else each for name, each in told.items()}
            for step, told in self.told.items()
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Mapping[str, Any]]) -> Answers:
        """From what was kept."""
        return cls(
            {
                step: {name: tuple(each) if isinstance(each, list) else each for name, each in told.items()}
                for step, told in data.items()
            }
        )
