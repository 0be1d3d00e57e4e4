"""What was answered so far, and which screen comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from doudi.selfcheck.questions import Answer, Question, Screen, screens

ELDER, ADULT = 60, 18
CONDITIONAL = ("sibling", "grandparent", "grandchild", "other")
"""Kin whose duty of support rests on a condition (《民法典》第一千零七十四条、第一千零七十五条)."""
BOTH = 2


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
        asked = {each.key: {question.name for question in found.asked(each)} for each in found.steps()}
        return Answers(
            {
                key: {name: answer for name, answer in each.items() if name in asked[key]}
                for key, each in found.told.items()
                if key in asked
            }
        )

    @property
    def size(self) -> int:
        """How many people live together; 0 as long as that was not said."""
        return self.number("family", "size") or 0

    def age(self, place: int) -> int | None:
        """A member's age in full years."""
        return self.number(f"person-{place}", "age")

    def relation(self, place: int) -> str:
        """What a member is to the first one, who is the head."""
        return str(self.of(f"person-{place}", "relation") or "head")

    def disabled(self, place: int) -> bool:
        """Whether a member has a certificate of disability."""
        return self.of(f"condition-{place}", "disability") not in (None, "none")

    def steps(self) -> tuple[Step, ...]:
        """All steps that belong to these answers, in order."""
        return tuple(self._steps())

    def _steps(self) -> Iterator[Step]:
        kin = Kin(self)
        counts = {"person": self.size, "supporter": len(kin.supporters)}
        for name, screen in screens().items():
            if screen.of == "household":
                if name != "elsewhere" or kin.elders or kin.dependants:
                    yield Step(screen, None)
                continue
            places = range(counts[screen.of])
            yield from (step for place in places if self.asked(step := Step(screen, place)))

    def asked(self, step: Step) -> tuple[Question, ...]:
        """The questions of a step: those for somebody of this age, and for whom the answer is open."""
        age = None if step.place is None or step.screen.of != "person" else self.age(step.place)
        idle = set()
        if step.key == "person-0":
            idle.add("relation")
        if step.place is not None and self.relation(step.place) not in CONDITIONAL:
            idle.add("duty_of_support")
        if step.screen.name == "elsewhere":
            kin = Kin(self)
            idle |= {
                name
                for name, whom in (("children_away", kin.elders), ("parents_away", kin.dependants))
                if not whom
            }
        return tuple(
            each for each in step.screen.questions.values() if each.asked(age) and each.name not in idle
        )

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


class Kin:
    """Family elsewhere who may owe support to members.

    Whom they are owed to is asked for one group of members at a time: the old of one generation, and those who live without a
    parent. Where a household has several such groups (an old man with his mother) or somebody is married to somebody elsewhere, a
    few questions do not tell: nothing is asked, and who they are stays not known (``unclear``).
    """

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self._relations = [answers.relation(place) for place in range(answers.size)]

    @cached_property
    def elders(self) -> tuple[int, ...]:
        """Whom grown-up children may owe support: the old and the disabled who are grown up, of one generation."""
        return () if self.unclear else next(iter(self._elders.values()), ())

    @cached_property
    def dependants(self) -> tuple[int, ...]:
        """Whom parents elsewhere may owe support: minors and disabled adults who do not live with both, of one kind."""
        return () if self.unclear else next(iter(self._dependants.values()), ())

    @property
    def unclear(self) -> bool:
        """Whether a few questions do not tell who owes support."""
        return len(self._elders) > 1 or len(self._dependants) > 1 or self._is_parted

    @property
    def supporters(self) -> tuple[tuple[tuple[int, ...], str], ...]:
        """Everybody elsewhere who was said to be there: to whom they owe support, and what they are to them."""
        children = self.answers.number("elsewhere", "children_away") or 0 if self.elders else 0
        parents = self.answers.number("elsewhere", "parents_away") or 0 if self.dependants else 0
        return (*[(self.elders, "child")] * children, *[(self.dependants, "parent")] * parents)

    def is_without_parents(self, place: int) -> bool:
        """Whether a minor lives with neither parent: then nobody knows what became of them."""
        age, relation = self.answers.age(place), self._relations[place]
        if age is None or age >= ADULT or relation in ("child", "spouse"):
            return False
        nearest = ("child", "child_in_law") if relation == "grandchild" else ("parent",)
        return not any(each in self._relations for each in nearest)

    @cached_property
    def _elders(self) -> dict[str, tuple[int, ...]]:
        return self._grouped(
            lambda place, age: age >= ELDER or (age >= ADULT and self.answers.disabled(place))
        )

    @cached_property
    def _dependants(self) -> dict[str, tuple[int, ...]]:
        def lives_without(place: int, age: int) -> bool:
            if not (age < ADULT or (age < ELDER and self.answers.disabled(place))):
                return False
            relation = self._relations[place]
            if relation == "child":
                return "spouse" not in self._relations
            if relation in ("head", "sibling"):
                return self._relations.count("parent") < BOTH
            return relation != "spouse"

        return self._grouped(lives_without)

    def _grouped(self, chosen: Callable[[int, int], bool]) -> dict[str, tuple[int, ...]]:
        """The chosen members by generation."""
        found: dict[str, list[int]] = {}
        for place, relation in enumerate(self._relations):
            age = self.answers.age(place)
            if age is not None and chosen(place, age):
                alone = relation in ("sibling", "other")
                name = "head" if relation == "spouse" else f"{relation}-{place}" if alone else relation
                found.setdefault(name, []).append(place)
        return {name: tuple(each) for name, each in found.items()}

    @property
    def _is_parted(self) -> bool:
        """Whether the first member is married to somebody who does not live here."""
        return self.answers.of("condition-0", "marital") == "married" and "spouse" not in self._relations
