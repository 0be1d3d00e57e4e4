"""Public notice (公示、公布): exactly what may be shown, masked, for its period, and gone afterwards.

M57 art. 24 permits the name of the applicant, the number of members and the sum; nothing else about a person leaves this
module. Whether the name stands in full is a local choice; the names of minors and of families with illness are masked
further.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from doudi.linkage.characters import surnames
from doudi.procedure.ground import Ground

NameManner = Literal["full", "masked"]
HIDDEN = "某"
SEPARATOR = "·"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is known of a household when a notice is made. ``monthly`` is the sum in fen.

    ``is_minor``: the applicant is under 18. ``has_illness``: a member is gravely ill or disabled, or the reason of the aid
    would tell so. Neither is ever shown; both only mask the name.
    """

    applicant: str
    members: int
    monthly: int
    is_minor: bool = False
    has_illness: bool = False


@dataclass(frozen=True, slots=True)
class Manner:
    """How names stand here: in full or masked, and whether vulnerable families are masked further."""

    names: NameManner
    masks_vulnerable: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a notice: the three things that may be shown. ``monthly`` is in fen."""

    name: str
    members: int
    monthly: int


@dataclass(frozen=True, slots=True)
class Notice:
    """A line with the time from which and until which it may be seen; ``until`` None: the notice has not been stopped."""

    line: Line
    posted: datetime
    last: date
    stopped: datetime | None = None

    def is_visible(self, at: datetime) -> bool:
        """Whether the line may be seen at a moment: from posting to the end of the last day, and not once it is stopped."""
        if at < self.posted or at.date() > self.last:
            return False
        return self.stopped is None or at < self.stopped


def manner_of(ground: Ground) -> Manner:
    """How names stand in the notices of a place; masked where nobody has set it."""
    names: NameManner = "full" if ground.code("choice.notice_names") == "full" else "masked"
    return Manner(names, ground.value("choice.notice_mask_vulnerable") != 0)


def line_of(subject: Subject, manner: Manner) -> Line:
    """The line of a household.

    Raises:
        ValueError: no member, or a sum below zero.
    """
    if subject.members < 1 or subject.monthly < 0:
        raise ValueError("a notice needs a member and no negative sum")
    return Line(shown_name(subject, manner), subject.members, subject.monthly)


def shown_name(subject: Subject, manner: Manner) -> str:
    """The name as it may be shown: in full, with the given name partly hidden, or the surname alone."""
    name = subject.applicant.strip()
    if manner.masks_vulnerable and (subject.is_minor or subject.has_illness):
        return surname(name) + HIDDEN * 2
    return name if manner.names == "full" else masked_name(name)


def masked_name(name: str) -> str:
    """Surname and last character, the surname alone for names of two: 王小明 → 王某明, 王明 → 王某. Of a name with a middle dot
    the first part stays: 阿依古丽·买买提 → 阿依古丽·某."""
    first, dot, _ = name.partition(SEPARATOR)
    if dot:
        return f"{first}{SEPARATOR}{HIDDEN}"
    family = surname(name)
    given = name[len(family) :]
    return family + (HIDDEN * (len(given) - 1) + given[-1] if len(given) > 1 else HIDDEN)


def surname(name: str) -> str:
    """The surname: two characters for compound ones, else the first character, also of a name with a middle dot."""
    is_compound = SEPARATOR not in name and len(name) > 2 and name[:2] in surnames().compound
    return name[: 2 if is_compound else 1]


def visible_lines(notices: Iterable[Notice], at: datetime) -> list[Line]:
    """The lines that may be seen at a moment, in the order of posting; nothing of those that are over."""
    return [notice.line for notice in sorted(notices, key=lambda each: each.posted) if notice.is_visible(at)]
