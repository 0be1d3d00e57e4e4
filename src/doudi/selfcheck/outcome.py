"""What the answers come to: the cards, what all of it may come to in a month, and which answers would tell more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from doudi.assessment.sentences import Missing
from doudi.facts.vocabulary import Vocabulary
from doudi.selfcheck.answers import Answers, Step
from doudi.selfcheck.cards import KINDS, Card, Chance, Reader
from doudi.selfcheck.household import ABILITIES, household_of
from doudi.selfcheck.law import Law

_BEHIND = {
    "asset_value": "means",
    "assets_stated": "means",
    "expense_amount": "costs",
    "expenses_stated": "costs",
    "supporters_stated": "elsewhere",
    "supporter_born": "support",
    "disability_grade": "condition",
    "works": "income",
    **dict.fromkeys(ABILITIES, "condition"),
}
"""Screens that settle a fact by an answer which is not the fact itself."""


@dataclass(frozen=True)
class Outcome:
    """What may be had in one language. It is a computation on what somebody said: an office decides, on what is found to be so.

    ``tiers`` are the least and the greatest tier that it may come to, by name.
    """

    answers: Answers
    cards: tuple[Card, ...]
    tiers: tuple[str, str]
    language: str

    def of(self, *chances: Chance) -> tuple[Card, ...]:
        """The cards of some chances."""
        return tuple(each for each in self.cards if each.chance in chances)

    def by_kind(self, *chances: Chance) -> Iterator[tuple[str, tuple[Card, ...]]]:
        """The same, kind by kind, each kind with its name; first what comes to most in a year."""
        chosen = sorted(self.of(*chances), key=lambda card: -card.in_year)
        for kind, names in KINDS.items():
            cards = tuple(each for each in chosen if each.kind == kind)
            if cards:
                yield names[self.language != "zh"], cards

    @property
    def monthly(self) -> int:
        """What the likely programmes that are paid each month come to together, in fen."""
        return sum(
            share.fen
            for card in self.of("likely", "held")
            if card.programme is not None and card.programme.period == "month" and card.programme.gains
            for share in card.shares
        )

    def left_open(self) -> tuple[tuple[Step, tuple[str, ...]], ...]:
        """The steps whose answers would tell more, in their order, each with the facts that are asked there."""
        found: dict[str, dict[str, None]] = {}
        for need in self._needs():
            step = self._step_of(need)
            if step is not None:
                found.setdefault(step.key, {}).update(dict.fromkeys(self._names(need)))
        return tuple((step, tuple(found[step.key])) for step in self.answers.steps() if step.key in found)

    def found_later(self) -> tuple[str, ...]:
        """The facts that nobody is asked for here: departments and the office find them out."""
        needs = (need for need in self._needs() if self._step_of(need) is None)
        return tuple(dict.fromkeys(name for need in needs for name in self._names(need)))

    def _needs(self) -> Iterator[Missing]:
        return (need for card in self.of("open") for need in card.missing)

    def _names(self, need: Missing) -> list[str]:
        facts = (Vocabulary.load().facts[name] for name in need.facts)
        return [each.zh if self.language == "zh" else each.en for each in facts]

    def _step_of(self, need: Missing) -> Step | None:
        """Where something is asked; None where it is not."""
        fact = need.facts[0]
        steps = {step.key: step for step in self.answers.steps()}
        for step in steps.values():
            facts = {each.fact.name for each in self.answers.asked(step) if each.fact is not None}
            whose = need.row if step.screen.of == "person" else None
            if fact in facts and (step.screen.of == "supporter" or step.place == whose):
                return step
        screen = _BEHIND.get(fact)
        return steps.get(f"{screen}-{need.row}") or steps.get(f"{screen}-0") or steps.get(str(screen))


def outcome(answers: Answers, law: Law, language: str = "zh") -> Outcome:
    """What the law of a place and day says of the answers.

    Raises:
        FactError: the answers make no household.
    """
    reader = Reader(household_of(answers, law.statute.day), law, language)
    return Outcome(answers, tuple(reader.cards()), reader.tier_range, language)
