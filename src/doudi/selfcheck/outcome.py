"""What the answers come to: the cards, what all of it may come to in a month, and which answers would tell more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from doudi.assessment.sentences import Missing
from doudi.facts.vocabulary import Vocabulary
from doudi.selfcheck.answers import Answers, Step
from doudi.selfcheck.cards import KINDS, Card, Chance, Reader, Reason
from doudi.selfcheck.household import ABILITIES, household_of, supporter_numbers
from doudi.selfcheck.law import Law
from doudi.selfcheck.questions import Question

_BEHIND = {
    "asset_value": ("means", "deposits"),
    "asset_area": ("means", "home_area"),
    "assets_stated": ("means", "vehicle"),
    "expense_amount": ("costs", "medical"),
    "expenses_stated": ("costs", "medical"),
    "supporters_stated": ("elsewhere", "children_away"),
    "supporter_born": ("support", "age"),
    "disability_grade": ("condition", "disability_grade"),
    "works": ("income", "wage"),
    "pension": ("income", "resident_pension"),
    "basic_pension_central": ("income", "resident_pension"),
    "urgent_event_on": ("urgent", "urgent_event"),
    **dict.fromkeys(ABILITIES, ("condition", "cannot")),
}
"""Screen and question that settle a fact by an answer which is not the fact itself."""


@dataclass(frozen=True)
class Outcome:
    """What may be had in one language. It is a computation on what somebody said: an office decides, on what is found to be so.

    ``tiers`` are the least and the greatest tier that it may come to, by name; ``why_not`` what stands in the way of dibao.
    """

    answers: Answers
    cards: tuple[Card, ...]
    tiers: tuple[str, str]
    why_not: tuple[Reason, ...]
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
        """What the likely programmes that are paid out each month come to together, in fen."""
        return sum(
            share.fen
            for card in self.of("likely", "held")
            if card.programme is not None
            and card.programme.period == "month"
            and card.programme.form == "cash"
            for share in card.shares
        )

    @property
    def pension_is_split(self) -> bool:
        """Whether the central part of a resident's pension was taken from a figure that is not verified."""
        return any(
            self.answers.number(f"income-{place}", "resident_pension") for place in range(self.answers.size)
        )

    def left_open(self) -> tuple[tuple[Step, tuple[str, ...]], ...]:
        """The steps whose answers would tell more, in their order, each with the questions that are meant."""
        found: dict[str, dict[str, None]] = {}
        for place in filter(None, map(self._asked_in, self._needs())):
            step, question = place
            words = question.zh if self.language == "zh" else question.en
            found.setdefault(step.key, {})[words] = None
        return tuple((step, tuple(found[step.key])) for step in self.answers.steps() if step.key in found)

    def found_later(self) -> tuple[str, ...]:
        """The facts that nobody is asked for here: departments and the office find them out."""
        needs = (need for need in self._needs() if self._asked_in(need) is None)
        return tuple(dict.fromkeys(name for need in needs for name in self._named(need)))

    def _named(self, need: Missing) -> Iterator[str]:
        """What is needed, in words: of members and things without whose it is."""
        if need.entity == "household":
            yield need.label
            return
        for name in need.facts:
            fact = Vocabulary.load().facts[name]
            yield fact.zh if self.language == "zh" else fact.en

    def _needs(self) -> Iterator[Missing]:
        return (need for card in self.of("open") for need in card.missing)

    def _asked_in(self, need: Missing) -> tuple[Step, Question] | None:
        """Where something is asked; None where it is not."""
        fact, place = need.facts[0], need.row
        if need.entity == "supporter":
            numbers = supporter_numbers(self.answers)
            place = numbers[need.row] if need.row is not None and need.row < len(numbers) else None
        for step in self.answers.steps():
            if step.screen.of != "household" and step.place != place:
                continue
            for each in self.answers.asked(step):
                is_fact = each.fact is not None and each.fact.name == fact
                if is_fact or _BEHIND.get(fact) == (step.screen.name, each.name):
                    return step, each
        return None


def outcome(answers: Answers, law: Law, language: str = "zh") -> Outcome:
    """What the law of a place and day says of the answers.

    Raises:
        FactError: the answers make no household.
    """
    held = frozenset(answers.chosen("held", "held"))
    reader = Reader(household_of(answers, law.statute.day), law, language, held)
    cards = tuple(reader.cards())
    return Outcome(answers, cards, reader.tier_range, reader.why_not(), language)
