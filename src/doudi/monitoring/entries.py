"""An indicator of the catalogue: what it is called, how grave it is, who answers it and by when, what a visit looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from doudi.rules.documents import Reference

Class = Literal["urgent", "need", "dynamic", "error"]
Level = Literal["red", "orange", "yellow", "blue"]
Subject = Literal["person", "household", "departed"]
Origin = Literal["published", "derived"]

CLASSES = {
    "urgent": ("急难", "urgent"),
    "need": ("需求", "need"),
    "dynamic": ("动态", "change"),
    "error": ("防错", "error"),
}
LEVELS = {
    "red": ("红色", "red"),
    "orange": ("橙色", "orange"),
    "yellow": ("黄色", "yellow"),
    "blue": ("蓝色", "blue"),
}
"""The gravest first."""
SUBJECTS = {
    "person": ("个人", "person"),
    "household": ("家庭", "household"),
    "departed": ("已去世或者迁出的人", "person who died or left"),
}
ORIGINS = {"published": ("已公布", "published"), "derived": ("自拟", "derived")}
FAMILIES = {
    "missed": ("应享未享", "due and not received"),
    "short": ("已享少于应享", "received too little"),
    "beyond": ("已享多于应享", "received beyond what is due"),
}
"""Indicators written once and made for every programme: what a household is due less what it holds."""
TIME_KINDS = {"hours": ("小时", "hours"), "working": ("个工作日", "working days"), "calendar": ("天", "days")}


@dataclass(frozen=True, slots=True)
class Within:
    """The time to respond, counted from when the warning is raised: hours run through nights and holidays, working days are
    those of the calendar of the State Council."""

    count: int
    kind: str

    def text(self, language: str = "zh") -> str:
        """``24小时``, ``24 hours``."""
        zh, en = TIME_KINDS[self.kind]
        return f"{self.count}{zh}" if language == "zh" else f"{self.count} {en}"


@dataclass(frozen=True, slots=True)
class Words:
    """The same in Chinese and English."""

    zh: str
    en: str

    def text(self, language: str = "zh") -> str:
        """The words in ``zh`` or ``en``."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator.

    ``rule`` is the test that raises it, of a person, of a household, or of somebody who has died or left; its two sides are the
    ``value`` and the ``limit`` of a warning. ``number`` is what a published list calls it, empty if none does. ``sources``: feeds
    and the months that each must reach back, 0 where its newest period is enough. ``stands`` is for how many days a warning
    stands once raised, for indicators of a change, which hold on one night only; 0: as long as the rule holds. ``worse`` says
    in which direction the value worsens. ``says`` tells the warning in a sentence with ``{value}`` and ``{limit}``. ``helps``:
    ids of programmes that usually help. ``region`` is where it applies, ``000000`` everywhere. ``family`` and ``programme`` are
    set for the indicators that are made for every programme, ``numbers`` for the family before they are made: programmes and
    what a published list calls theirs. ``needs`` says which data no department sends: such an indicator has
    no rule, and it is told that it is not judged.
    """

    id: str
    number: str
    zh: str
    en: str
    group: Class
    level: Level
    subject: Subject
    rule: str
    says: Words
    worse: Literal["higher", "lower", ""]
    stands: int
    sources: Mapping[str, int]
    within: Within
    responds: str
    visit: tuple[Words, ...]
    helps: tuple[str, ...]
    references: tuple[Reference, ...]
    origin: Origin
    verified: bool
    region: str
    family: str
    programme: str
    numbers: Mapping[str, str]
    needs: Words | None
    file: str
    line: int

    def name(self, language: str = "zh") -> str:
        """The name in ``zh`` or ``en``."""
        return self.zh if language == "zh" else self.en
