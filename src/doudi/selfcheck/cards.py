"""Each programme and tier as a card: whether it may be had, how much, why, what is still open, and what to bring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from doudi.assessment.conditions import TIERS, steps
from doudi.assessment.determination import Determination, assess
from doudi.assessment.explanation_tiers import Condition, TierEntry, tiers_of
from doudi.assessment.sentences import NEEDED, Missing, missing, money, row_label, sentence
from doudi.assessment.statute import Statute
from doudi.facts.household import HouseholdFacts
from doudi.programmes.entries import PERIODS, Programme
from doudi.programmes.law import Offer
from doudi.programmes.policy import RECOGNISED, policy
from doudi.programmes.standing import Standing, Standings, standings
from doudi.rules.kinds import RATE_DENOMINATOR
from doudi.selfcheck.law import Law

Chance = Literal["likely", "held", "open", "close", "unset"]
KINDS = {
    "basic": ("基本生活", "basic living"),
    "urgent": ("急难", "emergencies"),
    "special": ("专项救助", "special aid"),
    "service": ("服务", "services"),
    "charity": ("慈善", "charity"),
}
_URGENT = ("temporary", "disaster")
_SETTLED = ("insurance",)
"""What is settled with the hospital, and nobody asks for."""
_DUE = ("missed", "short", "gets", "beyond")
_MARK = {True: "met", False: "failed", None: "open"}


@dataclass(frozen=True, slots=True)
class Reason:
    """How one test came out (``met``, ``failed``, ``open``), in a sentence."""

    state: str
    text: str


@dataclass(frozen=True, slots=True)
class Share:
    """What the household (``whose`` empty) or a member would get for one period: fen, and as text."""

    whose: str
    fen: int
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """One programme, or a tier that is recognised without being paid (``programme`` None).

    ``chance``: ``likely`` by what was said; ``held`` already, as was said; ``open``: something was left open, ``missing``; ``close``: one
    test fails by a little; ``unset``: the place has not set what it takes, whatever is answered. ``formula`` says how the amount is
    worked out, and what it is made of.
    """

    id: str
    name: str
    kind: str
    chance: Chance
    programme: Programme | None
    shares: tuple[Share, ...]
    formula: tuple[str, ...]
    reasons: tuple[Reason, ...]
    missing: tuple[Missing, ...]

    @property
    def in_year(self) -> int:
        """What it comes to in a year, in fen; 0 where there is no amount."""
        return 0 if self.programme is None else sum(self.programme.in_year(each.fen) for each in self.shares)


@dataclass(frozen=True)
class Reader:
    """Makes the cards of a household in ``zh`` or ``en``: by the rules of the tiers and those of all programmes of a place and day."""

    household: HouseholdFacts
    law: Law
    language: str
    held: frozenset[str] = frozenset()
    """Tiers that somebody says they have now."""

    @property
    def offer(self) -> Offer:
        """All programmes of the place."""
        return self.law.offer

    @property
    def statute(self) -> Statute:
        """The tiers of the place."""
        return self.law.statute

    @cached_property
    def standings(self) -> Standings:
        """Every programme of the place."""
        return standings(self.household, self.offer)

    @cached_property
    def determination(self) -> Determination:
        """The tier, with every test."""
        return assess(self.household, self.statute)

    @cached_property
    def tiers(self) -> tuple[TierEntry, ...]:
        """Every tier of the household and its members."""
        return tiers_of(self.determination, self.language)

    @property
    def tier_range(self) -> tuple[str, str]:
        """The least and the greatest tier that is possible, by name."""
        codes = self.statute.variable("tier").kind.codes
        assert codes is not None
        low, high = self.determination.tier_range
        return codes.label(low, self.language), codes.label(high, self.language)

    def cards(self) -> Iterator[Card]:
        """All that are worth showing: tiers first, then programmes in the order of the catalogue."""
        for tier in RECOGNISED:
            yield from self._of_tier(tier)
        rows: dict[str, list[Standing]] = defaultdict(list)
        for standing in self.standings.standings:
            rows[standing.programme.id].append(standing)
        for one in self.offer.programmes:
            if one.form not in _SETTLED:
                yield from self._of_programme(one, rows[one.id])

    def _of_tier(self, tier: str) -> Iterator[Card]:
        entry = next(each for each in self.tiers if each.tier == tier)
        if tier in self.held:
            yield self._card(tier, entry.label, "held", None, reasons=self._told(entry))
        elif self.determination.tier == tier:
            yield self._card(tier, entry.label, "likely", None, reasons=self._told(entry))
        elif entry.holds is None:
            names = [name for reason in entry.reasons(None) for name in reason.rests_on]
            yield self._open(tier, entry.label, None, names, self._told(entry))
        elif self._is_close(entry):
            yield self._card(tier, entry.label, "close", None, reasons=self._told(entry))

    def _of_programme(self, one: Programme, rows: list[Standing]) -> Iterator[Card]:
        """What is due counts whether or not it is known how much of it is received."""
        due = [each for each in rows if each.due] or [
            each for each in rows if each.state in _DUE and not one.amount
        ]
        opened = [each for each in rows if each.due is None]
        shares = tuple(self._share(one, each) for each in due if each.due)
        if one.held_as in self.held:
            yield self._card(
                one.id, one.name(self.language), "held", one, shares, self._why(one, due or rows[:1])
            )
        elif due:
            yield self._card(one.id, one.name(self.language), "likely", one, shares, self._why(one, due))
        elif opened:
            names = [name for each in opened for name in each.missing]
            yield self._open(one.id, one.name(self.language), one, names, self._why(one, opened))
        elif self._close_to(one):
            yield self._card(one.id, one.name(self.language), "close", one, reasons=self._why(one, rows[:1]))

    def why_not(self) -> tuple[Reason, ...]:
        """What stands in the way of dibao, for whoever may have nothing."""
        entry = next(each for each in self.tiers if each.tier == "dibao")
        return tuple(each for each in self._told(entry) if each.state == "failed")

    def _open(
        self, name: str, label: str, one: Programme | None, names: Iterable[str], reasons: tuple[Reason, ...]
    ) -> Card:
        """What cannot be told: because of what was left open, or of what the place has not set."""
        found = missing(self.standings.reasons, tuple(dict.fromkeys(names)), self.language)
        chance: Chance = "open" if all(each.kind == "fact" for each in found) else "unset"
        return self._card(name, label, chance, one, reasons=reasons, wanted=tuple(found))

    def _card(
        self, name: str, label: str, chance: Chance, one: Programme | None, shares: tuple[Share, ...] = (),
        reasons: tuple[Reason, ...] = (), wanted: tuple[Missing, ...] = (),
    ) -> Card:  # fmt: skip
        formula = () if one is None else self._formula(one)
        return Card(name, label, _kind(one), chance, one, shares, formula, reasons, wanted)

    def _formula(self, one: Programme) -> tuple[str, ...]:
        """How the amount is worked out there, the same for everybody: with what it is made of, where it names no sum itself."""

        def told() -> tuple[str, ...]:
            found = policy(self.offer, one.id, self.language)
            if found is None or not found.amount:
                return ()
            mark = "：" if self.language == "zh" else ": "
            return (found.amount, *(f"{term.label}{mark}{term.phrase}" for term in found.basis))

        return self.offer.statute.once(("self-check formula", one.id, self.language), told)

    def _told(self, entry: TierEntry) -> tuple[Reason, ...]:
        """The tests of a tier, each opened down to what decides."""
        found = []
        for test in entry.tests:
            if _goes_without_saying(test, entry):
                continue
            found += [
                Reason(_MARK[test.met], _brief(each.sentence, self.language))
                for each in test.reasons(test.met)
            ]
        return tuple(dict.fromkeys(found))

    def _share(self, one: Programme, standing: Standing) -> Share:
        assert standing.due is not None
        whose = (
            "" if standing.row is None else row_label(self.household, "person", standing.row, self.language)
        )
        period = PERIODS[one.period][self.language != "zh"]
        amount = money(standing.due, self.language)
        return Share(
            whose, standing.due, f"{period} {amount}" if self.language == "zh" else f"{amount} {period}"
        )

    def _why(self, one: Programme, rows: list[Standing]) -> tuple[Reason, ...]:
        """The tests of a programme as they came out: those of its tier where it is what the tier pays."""
        tier = next((name for name in TIERS if name == one.held_as), "")
        row = rows[0].row
        if tier:
            entry = next(each for each in self.tiers if each.tier == tier and each.row == row)
            return self._told(entry)
        graph, found = self.offer.statute.graph, []
        for step in steps(graph, one.due):
            own = graph.variables[step.name].formula.entity == one.unit
            test = self.standings.reasons.trace.test(step.name, row if own else None)
            met = None if test.truth is None else test.truth == step.wanted
            if not (step.one_of and met is not True) and (step.wanted or not met):
                told = sentence(
                    self.standings.reasons, test, self.language, step.wanted, name_row=len(rows) > 1
                )
                found.append(Reason(_MARK[met], _brief(told, self.language)))
        return tuple(found)

    def _close_to(self, one: Programme) -> bool:
        entry = next((each for each in self.tiers if each.tier == one.held_as and each.row is None), None)
        return entry is not None and self._is_close(entry)

    def _is_close(self, entry: TierEntry) -> bool:
        """Whether a single test fails, by no more than the place calls a little (``coverage.critical_share``)."""
        share = self.statute.values.get("coverage.critical_share")
        failed = entry.reasons(False)
        if share is None or entry.holds is not False or len(failed) != 1:
            return False
        only = failed[0]
        if not only.limit or only.distance is None or only.distance_text is None:
            return False
        return -only.distance * RATE_DENOMINATOR <= only.limit * int(share)


def _goes_without_saying(test: Condition, entry: TierEntry) -> bool:
    """What is not so, as it should be; and of several of which one suffices, those that are not met beside one that is."""
    if not test.wanted and test.met:
        return True
    return test.one_of and test.met is not True and any(each.one_of and each.met for each in entry.tests)


def _brief(told: str, language: str) -> str:
    """A sentence without the list of what is still needed: that is said once for all."""
    before, found, _ = told.partition(NEEDED[language])
    return f"{before}{'。' if language == 'zh' else '.'}" if found else told


def _kind(one: Programme | None) -> str:
    if one is None or one.group == "basic":
        return "basic"
    if one.group == "charity":
        return "charity"
    if one.group in _URGENT:
        return "urgent"
    return "service" if one.form == "service" else "special"
