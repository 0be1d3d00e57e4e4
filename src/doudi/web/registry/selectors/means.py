"""Income, expenses and property of a household, each value with its source; where sources differ, side by side."""

from __future__ import annotations

from dataclasses import dataclass

from doudi.facts.vocabulary import Fact, Vocabulary
from doudi.web.registry.known import Item, Subject, Told
from doudi.web.registry.selectors.files import File, Member

INCOME = "income"
NOTHING = frozenset({"0", "0.00", "0.0"})


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of one subject: the values told of it, the used one first. ``member``: whose, where that is not said around."""

    fact: Fact
    told: list[Told]
    member: Member | None = None

    @property
    def differs(self) -> bool:
        """Whether sources say different things."""
        return len({each.value for each in self.told if each.value is not None}) > 1

    @property
    def used(self) -> Told | None:
        """The value that counts; None where none is known."""
        return next((each for each in self.told if each.used), None)

    @property
    def telling(self) -> bool:
        """Whether it is more than a nothing on which all agree."""
        return self.differs or self.used is None or self.used.value not in NOTHING


@dataclass(frozen=True, slots=True)
class Incomes:
    """The income of one member: what is told, and how many kinds are known to be nothing or not known."""

    member: Member
    lines: list[Line]
    nothing: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Means:
    """All of it."""

    incomes: list[Incomes]
    expenses: list[Item]
    assets: list[Item]
    holdings: list[Item]
    conflicts: list[Line]


def means(file: File) -> Means:
    """The means of the household as known on the day of the file."""
    known = file.known
    members = {member.person.number: member for member in file.members}
    conflicts = [
        Line(told[0].fact, told, members.get(subject.number))
        for subject in known.subjects()
        for told in subject.conflicts()
    ]
    return Means(
        [_incomes(member, file.subject_of(member)) for member in file.members],
        known.items_of("expense"), known.items_of("asset"), known.items_of("holding"), conflicts,
    )  # fmt: skip


def _incomes(member: Member, subject: Subject) -> Incomes:
    facts = Vocabulary.load().entities["person"].groups[INCOME].facts
    lines = [Line(told[0].fact, told) for column in facts if (told := subject.by_fact.get(column))]
    shown = [line for line in lines if (line.telling and line.used is not None) or line.differs]
    unknown = len(facts) - sum(line.used is not None for line in lines)
    return Incomes(
        member, shown, len(facts) - unknown - sum(line.used is not None for line in shown), unknown
    )
