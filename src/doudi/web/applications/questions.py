"""The questions of the task list, read from ``questions.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from doudi.facts.vocabulary import Fact, Vocabulary

EVERY_AGE = (0, 200)
ADULT = 18
_SUBJECTS = {"members": "person", "income": "person", "difficulty": "household"}


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the fact it asks, of whom, in which kinds of application; ``group``: of income its kind; ``relations``: to
    the head, of members who are asked, of all where there are none."""

    fact: Fact
    subject: str
    kinds: tuple[str, ...]
    ages: tuple[int, int]
    relations: tuple[str, ...]
    group: str
    zh: str
    en: str

    @property
    def name(self) -> str:
        """The column of the vocabulary."""
        return self.fact.column

    def asked(self, kind: str, age: int | None = None, relation: str = "") -> bool:
        """Whether it is asked in a kind of application, of somebody of this age and relation; where one is not known
        everything is asked."""
        of_age = age is None or self.ages[0] <= age <= self.ages[1]
        related = not self.relations or not relation or relation in self.relations
        return (not self.kinds or kind in self.kinds) and of_age and related


@cache
def questions() -> Mapping[str, tuple[Question, ...]]:
    """The questions of each section."""
    page = _page()
    return {
        section: tuple(_question(subject, entry) for entry in page[section])
        for section, subject in _SUBJECTS.items()
    }


@cache
def income_groups() -> Mapping[str, tuple[str, str]]:
    """The five kinds of income in Chinese and English."""
    return {name: (words["zh"], words["en"]) for name, words in _page()["income_groups"].items()}


def age_on(born: date | None, day: date) -> int | None:
    """Full years on a day; None where the birth is not known."""
    if born is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_of_age(born: date | None, day: date) -> bool:
    """Whether somebody is an adult (《民法典》第十七条) on a day; taken for granted where the birth is not known."""
    age = age_on(born, day)
    return age is None or age >= ADULT


@cache
def _page() -> dict[str, Any]:
    page: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("questions.yaml").read_text("utf-8"))
    return page


def _question(subject: str, entry: Mapping[str, Any]) -> Question:
    fact = Vocabulary.load().entities[subject].facts[entry["fact"]]
    low, high = entry.get("ages", EVERY_AGE)
    return Question(
        fact, subject, tuple(entry.get("kinds", ())), (low, high), tuple(entry.get("relations", ())),
        entry.get("group", ""), entry.get("zh", ""), entry.get("en", ""),
    )  # fmt: skip
