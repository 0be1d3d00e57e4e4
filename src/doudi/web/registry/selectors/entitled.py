"""Every programme for a household (应享已享): got, missed, too little, beyond, open, giving way, not due; and the statement of a year.

The same facts, law and functions as ``doudi statement``: facts of the registry → ``File.facts`` → ``doudi.programmes``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from doudi.assessment.sentences import sentence
from doudi.programmes.catalogue import catalogue
from doudi.programmes.entries import Programme
from doudi.programmes.standing import STATES, Standing, Standings
from doudi.programmes.statement import Line, Statement, Sum, statement
from doudi.programmes.words import named, pick
from doudi.web.registry.paid import programme_of
from doudi.web.registry.selectors.files import File, Member
from doudi.web.registry.selectors.ledger import paid_to

SHOWN = ("missed", "short", "beyond", "gets", "undetermined", "gives_way", "not_due")
"""The states in the order in which they are shown: first what somebody should do something about."""
YEARS = 5
"""How far back a statement may go."""


@dataclass(frozen=True, slots=True)
class Row:
    """One programme for the household (``member`` None) or a member. Sums in fen."""

    programme: Programme
    member: Member | None
    state: str
    due: int | None
    held: int | None
    gap: int | None
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The programmes in one state."""

    state: str
    word: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Payments:
    """One programme over the year: its sum, and each payment or what was due with its day."""

    sum: Sum
    member: Member | None
    word: str
    missing: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass
class Entitled:
    """What all programmes come to for one household on a day, in ``zh`` or ``en``."""

    file: File
    language: str

    @cached_property
    def groups(self) -> list[Group]:
        """The programmes by their state.

        Raises:
            FactError, LawError: the facts cannot be read, or the law cannot be had.
        """
        found = self.file.standings
        return [
            Group(state, pick(STATES[state], self.language), tuple(self._rows(found, found.in_state(state))))
            for state in SHOWN
        ]

    def year(self, year: int) -> tuple[Statement, list[Payments]]:
        """The statement of a year, up to the day of the file in its own year, with its payments by programme.

        Raises:
            FactError, LawError: the facts cannot be read, or the law of a month cannot be had.
        """
        until = self.file.law_day if year == self.file.law_day.year else date(year, 12, 31)
        place = self.file.standings.offer.statute.region
        made = statement(self.file.facts, place, year, until=until)
        return made, [self._payments(one, made.lines) for one in made.sums]

    def untold(self, year: int) -> int:
        """What was paid in a year under a name that is no programme of the catalogue, in fen: it counts for none of them."""
        paid = paid_to(self.file.household, self.file.law_day)
        return sum(each.amount for each in paid if each.month.year == year and programme_of(each) is None)

    @property
    def years(self) -> range:
        """The years of which there may be a statement, the latest first."""
        latest = self.file.law_day.year
        return range(latest, latest - YEARS, -1)

    def _payments(self, one: Sum, lines: Iterable[Line]) -> Payments:
        own = tuple(line for line in lines if line.programme is one.programme and line.row == one.row)
        missing = tuple(named(name, self.language) for name in one.missing)
        return Payments(one, self._member(one.row), pick(STATES[one.state], self.language), missing, own)

    def _rows(self, found: Standings, standings: Iterable[Standing]) -> Iterator[Row]:
        for one in standings:
            why = tuple(self._why(found, one))
            yield Row(one.programme, self._member(one.row), one.state, one.due, one.held, one.gap, why)

    def _why(self, found: Standings, one: Standing) -> Iterator[str]:
        """Which fact is missing, to what it gives way, or which test fails and by how much."""
        yield from (named(name, self.language) for name in one.missing)
        if one.to:
            yield catalogue().programmes[one.to].name(self.language)
        if one.relation is not None:
            yield one.relation.sentence(self.language)
        if one.state == "not_due":
            failed = found.failed(one)
            yield from (sentence(found.reasons, result, self.language, name_row=False) for result in failed)

    def _member(self, row: int | None) -> Member | None:
        return None if row is None else self.file.members[row]
