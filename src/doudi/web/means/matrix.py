"""A report as the page shows it: sources and members as a table, and every item on which they disagree or no answer came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from doudi.verification.catalogue import GROUPS, items
from doudi.verification.document_results import result_row
from doudi.verification.results import (
    DECLARED_ONLY,
    DIFFERS,
    FOUND_ONLY,
    MATCH,
    NO_ANSWER,
    OUTCOME_WORDS,
    REASONS,
    Result,
)
from doudi.verification.sources import STATES
from doudi.web.registry.sensitive import masked_name

_GRAVEST = (DIFFERS, FOUND_ONLY, DECLARED_ONLY, MATCH, NO_ANSWER)
_COLOURS = {MATCH: "state-done", NO_ANSWER: ""}


@dataclass(frozen=True, slots=True)
class Cell:
    """What a source said of somebody: the gravest outcome, and of how many items it holds."""

    outcome: str
    number: int

    def word(self, language: str) -> str:
        """The outcome in words."""
        return OUTCOME_WORDS[self.outcome][language != "zh"]

    @property
    def colour(self) -> str:
        """Its colour; the word stands in it."""
        return _COLOURS.get(self.outcome, "state-returned")


@dataclass(frozen=True, slots=True)
class Row:
    """One source, as the report tells it, with a cell for each member and one for the household together."""

    told: Mapping[str, Any]
    cells: list[Cell]

    def name(self, language: str) -> str:
        """What the source is called."""
        return str(self.told[language])

    def state(self, language: str) -> str:
        """Whether it answers."""
        return STATES[self.told["state"]][language != "zh"]

    @property
    def answers(self) -> bool:
        """Whether it was asked and answers."""
        return bool(self.told["state"] == "answered")


@dataclass(frozen=True, slots=True)
class Line:
    """One result: whose, and the cells of the document (item, declared, found, difference, outcome)."""

    whose: str
    cells: tuple[Any, ...]
    result: Result


@dataclass(frozen=True)
class Shown:
    """A report, or the content of one that was not made yet, for a page."""

    data: Mapping[str, Any]

    @property
    def results(self) -> list[Result]:
        """All results."""
        return [Result.from_data(each) for each in self.data["results"]]

    @property
    def members(self) -> list[str]:
        """The masked names of the members, in their order."""
        return [masked_name(str(each["name"])) for each in self.data["members"]]

    def rows(self) -> list[Row]:
        """The sources, those that answer first."""
        whose: list[str | None] = [str(each["person_id"]) for each in self.data["members"]]
        results = self.results
        made = [
            Row(source, [_cell(str(source["feed"]), person, results) for person in [*whose, None]])
            for source in self.data["sources"]
        ]
        return sorted(made, key=lambda row: not row.answers)

    def differences(self, language: str) -> list[Line]:
        """What was declared and found and is not the same."""
        return self._lines([each for each in self.results if each.disagrees], language)

    def unanswered(self, language: str) -> list[tuple[str, int]]:
        """Why there is no answer, and for how many items."""
        reasons = [each.reason for each in self.results if each.outcome == NO_ANSWER]
        return [(REASONS[each][language != "zh"], reasons.count(each)) for each in dict.fromkeys(reasons)]

    def totals(self, language: str) -> list[tuple[str, Mapping[str, Any]]]:
        """The sums of each group."""
        sums = self.data["totals"]
        return [(GROUPS[group][language != "zh"], sums[group]) for group in GROUPS if group != "status"]

    def _lines(self, results: Sequence[Result], language: str) -> list[Line]:
        names = {str(each["person_id"]): masked_name(str(each["name"])) for each in self.data["members"]}
        return [
            Line(names.get(each.person_id or "", ""), result_row(each, language), each) for each in results
        ]


def _cell(feed: str, person: str | None, results: Sequence[Result]) -> Cell:
    own = [each for each in results if each.person_id == person and feed in items()[each.item].sources]
    told = [each.outcome for each in own if feed in each.sources]
    if not told:
        return Cell(NO_ANSWER, sum(each.outcome == NO_ANSWER for each in own))
    gravest = next(outcome for outcome in _GRAVEST if outcome in told)
    return Cell(gravest, told.count(gravest))
