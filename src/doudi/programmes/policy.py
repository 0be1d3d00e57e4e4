"""A programme or tier as anybody may read it (政策库): who may have it, how much, on what figures and by which article.

Everything is read from the rules, the catalogue and the parameters of a place and day. Nothing here knows a household.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from doudi.assessment.citations import ParameterUse, citations, parameter_use
from doudi.assessment.conditions import TIERS, Step, steps
from doudi.programmes.catalogue import catalogue
from doudi.programmes.entries import Funding, Programme
from doudi.programmes.law import Offer, all_parameters
from doudi.programmes.phrases import Phrases
from doudi.rules.parameters import DatedValue, iso

RECOGNISED = tuple(
    code for code in TIERS if code not in {one.held_as for one in catalogue().programmes.values()}
)
"""Tiers that open programmes without being one: nothing is paid for them alone."""
_SPOKEN = ("amounts", "dibao", "low_margin", "rigid", "property")
"""Topics beside those of programmes whose sums and limits are told too."""
_SUM = re.compile(r"[0-9] ?(元|CNY|%|倍|times)")
DEEPEST = 4
"""How far tests below tests are told."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One test: what it asks for, how it is worked out where that says more, and the tests that it rests on.

    ``wanted`` is the truth that is asked of it. How tests belong together (and, or) is what the phrase above them says.
    """

    label: str
    phrase: str
    wanted: bool
    articles: tuple[str, ...]
    tests: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """What a sum or class that is named on the way is."""

    label: str
    phrase: str


@dataclass(frozen=True, slots=True)
class Version:
    """What one dated entry says of a figure: since when, until when (ISO, empty without end), which place, by which document."""

    since: str
    until: str
    place: str
    values: tuple[str, ...]
    reference: str
    url: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the place and day: one line for each code of its table, and all its versions, the newest first."""

    name: str
    label: str
    uses: tuple[ParameterUse, ...]
    versions: tuple[Version, ...]

    @property
    def verified(self) -> bool:
        """Whether somebody has compared every value with its text."""
        return all(use.verified for use in self.uses)


@dataclass(frozen=True)
class Policy:
    """One programme (or, without it, one tier) at a place on a day, in ``zh`` or ``en``."""

    id: str
    offer: Offer
    language: str
    programme: Programme | None

    @property
    def name(self) -> str:
        """What it is called."""
        if self.programme is not None:
            return self.programme.name(self.language)
        codes = self.offer.statute.variable("tier").kind.codes
        assert codes is not None
        return codes.label(self.id, self.language)

    @property
    def due(self) -> str:
        """The rule that decides."""
        return TIERS[self.id] if self.programme is None else self.programme.due

    @property
    def rule(self) -> str:
        """How the conditions belong together, in one sentence; empty where one alone decides."""
        return self._told.rule

    @property
    def summary(self) -> str:
        """For whom it is, in one line."""
        return self.rule or self.conditions[0].label

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Who may have it: the tests that decide."""
        return self._told.conditions

    @property
    def amount(self) -> str:
        """How much, for one period; empty where there is no sum."""
        return self._told.amount

    @property
    def terms(self) -> tuple[Term, ...]:
        """What is named on the way and is worked out itself."""
        return self._told.terms

    @property
    def basis(self) -> tuple[Term, ...]:
        """The first terms that hold a sum or share, for an amount that names none itself."""
        if not self.amount or _SUM.search(self.amount):
            return ()
        return tuple(term for term in self.terms if _SUM.search(term.phrase))[:2]

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of the place and day that were named."""
        return tuple(_figure(self.offer, name, self.language) for name in self._told.parameters)

    @cached_property
    def articles(self) -> tuple[str, ...]:
        """The articles on which it rests, on the day."""
        statute = self.offer.statute
        found = [*self.programme.references] if self.programme else []
        found += citations(statute.variable(self.due).formula, statute.day)
        return tuple(dict.fromkeys(each.sentence(self.language) for each in found))

    @property
    def funding(self) -> Funding | None:
        """Who pays on the day; None where that is not written."""
        day = self.offer.statute.context["today"]
        shares = self.programme.funding if self.programme else ()
        return next((one for one in reversed(shares) if one.since <= day), None)

    @property
    def unset(self) -> tuple[str, ...]:
        """The figures that the place has not set: until then it is open."""
        return tuple(one.label for one in self.figures if any(use.value is None for use in one.uses))

    @cached_property
    def _told(self) -> _Told:
        phrases = Phrases(self.offer.statute, self.language)
        reader, amount = _Reader(self.offer, phrases), ""
        if self.programme is not None and self.programme.amount:
            amount = phrases.of(self.programme.amount, self.programme.due)
        rule, conditions = phrases.of(self.due), reader.conditions(self.due)
        alone = len(conditions) == 1 and rule in (conditions[0].label, conditions[0].phrase)
        terms = tuple(reader.terms())
        return _Told("" if alone else rule, conditions, amount, terms, tuple(phrases.parameters))


@dataclass(frozen=True, slots=True)
class _Told:
    rule: str
    conditions: tuple[Condition, ...]
    amount: str
    terms: tuple[Term, ...]
    parameters: tuple[str, ...]


def policy(offer: Offer, name: str, language: str = "zh") -> Policy | None:
    """The policy of an id in a place; None where the place has no such programme or tier."""
    if name in RECOGNISED:
        return Policy(name, offer, language, None)
    found = next((one for one in offer.programmes if one.id == name), None)
    return None if found is None else Policy(name, offer, language, found)


@dataclass
class _Reader:
    offer: Offer
    phrases: Phrases

    def conditions(self, name: str) -> tuple[Condition, ...]:
        """The tests that a rule asks for; the rule itself when it asks for none. Each is told once."""
        told = {name}
        asked = steps(self.offer.statute.graph, name)
        return tuple(self._condition(step, told, 1) for step in asked or (Step(name, True, False),))

    def _condition(self, step: Step, told: set[str], depth: int) -> Condition:
        statute = self.offer.statute
        formula = statute.variable(step.name).formula
        label = formula.zh if self.phrases.language == "zh" else formula.en
        phrase = self.phrases.of(step.name)
        asked = (
            [each for each in steps(statute.graph, step.name) if each.name not in told]
            if depth < DEEPEST
            else []
        )
        told.update(each.name for each in asked)
        below = tuple(self._condition(each, told, depth + 1) for each in asked)
        articles = tuple(each.sentence(self.phrases.language) for each in citations(formula, statute.day))
        return Condition(label, "" if phrase == label else phrase, step.wanted, articles, below)

    def terms(self) -> Iterator[Term]:
        """The sums and classes named so far, and those named in telling them."""
        told: set[str] = set()
        while waiting := [name for name in self.phrases.rules if name not in told and self._spoken(name)]:
            for name in waiting:
                told.add(name)
                formula = self.offer.statute.variable(name).formula
                label = formula.zh if self.phrases.language == "zh" else formula.en
                phrase = self.phrases.of(name)
                if phrase not in (label, "0"):
                    yield Term(label, phrase)

    def _spoken(self, name: str) -> bool:
        formula = self.offer.statute.variable(name).formula
        near = formula.topic.startswith("programmes/") or formula.topic in _SPOKEN
        return near and not formula.is_test and formula.entity in (None, "household", "person")


def _figure(offer: Offer, name: str, language: str) -> Figure:
    resolved = offer.statute.resolved
    definition = resolved.definition(name)
    codes = [None] if definition.by is None else [code for code in definition.by.codes if code != "none"]
    uses = tuple(parameter_use(resolved, name, code, language) for code in codes)
    found = [
        (region, entry)
        for region in resolved.chain
        for entry in all_parameters().said_by(region.code).get(name, ())
    ]
    found.sort(key=lambda pair: (-pair[1].source.start, -len(pair[0].code.rstrip("0"))))
    versions = tuple(
        _version(offer, name, entry, region.zh if language == "zh" else region.en, language)
        for region, entry in found
    )
    return Figure(name, definition.zh if language == "zh" else definition.en, uses, versions)


def _version(offer: Offer, name: str, entry: DatedValue, place: str, language: str) -> Version:
    definition, source = offer.statute.resolved.definition(name), entry.source
    values = []
    for key, value in entry.values.items():
        code, text = definition.code(key), definition.format(value, language)
        if code != "none":
            values.append(
                text
                if code is None or definition.by is None
                else f"{definition.by.label(code, language)} {text}"
            )
    return Version(
        iso(source.start), iso(source.until) if source.until else "", place, tuple(values),
        source.reference.sentence(language), source.url, source.verified,
    )  # fmt: skip
