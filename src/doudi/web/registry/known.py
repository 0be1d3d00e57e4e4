"""What is known of a household and its members at a date, from whom, and which value is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from doudi.assessment.sentences import fact_value
from doudi.evidence.schema import RULES
from doudi.facts.values import ValueFault, parse
from doudi.facts.vocabulary import Fact, Vocabulary
from doudi.feeds import contracts

HOUSEHOLD, PERSON = "household", "person"
_OWN_SOURCES = {
    "registry": ("民政登记", "registry of civil affairs"),
    "declared": ("家庭申报", "declared by the household"),
    "presumed": ("推定", "presumed"),
    "payment": ("民政发放", "paid by civil affairs"),
}
_NO_AREA = "0.00"
_ITEM_VALUES = ("value", "amount", "monthly", "area", "family_income")


@dataclass(frozen=True, slots=True)
class Told:
    """What one source says of one fact: ``value`` is canonical text, None where the source does not tell."""

    fact: Fact
    subject: str
    value: str | None
    source: str
    period: str | None
    received: str | None
    since: str | None
    confidence: float | None
    used: bool
    rule: str
    rows: tuple[str, ...]

    def shown(self, language: str) -> str:
        """The value as people read it."""
        return shown_value(self.fact, self.value, language)

    def why(self, language: str) -> str:
        """Why it is used or not."""
        return RULES.get(self.rule, (self.rule, self.rule))[language != "zh"]


def shown_value(fact: Fact, value: str | None, language: str) -> str:
    """A canonical value of a fact as people read it; as it stands where the vocabulary cannot read it."""
    if value is None:
        return "不清楚" if language == "zh" else "not known"
    if not fact.in_engine:
        return value
    try:
        return fact_value(fact, parse(fact, value), language)
    except ValueFault:
        return value


@dataclass(frozen=True)
class Item:
    """One asset, expense, supporter or holding as a source tells it; ``columns`` are those of ``evidence.schema.ITEMS``."""

    columns: Mapping[str, Any]

    @property
    def entity(self) -> str:
        """asset, expense, supporter or holding."""
        return str(self.columns["entity"])

    @property
    def used(self) -> bool:
        """Whether it counts."""
        return bool(self.columns["used"])

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows of the department that it rests on."""
        return tuple(self.columns["row_ids"] or ())

    def kind(self, language: str) -> str:
        """What it is: kind of asset or expense, programme, relation."""
        column = {"supporter": "relation", "holding": "programme"}.get(self.entity, "kind")
        return self.shown(column, language)

    def shown(self, column: str, language: str) -> str:
        """A value as people read it."""
        fact = Vocabulary.load().entities[self.entity].facts[column]
        return shown_value(fact, self.columns[column], language)

    def sums(self, language: str) -> list[tuple[str, str]]:
        """Its sums and measures with their names."""
        facts = Vocabulary.load().entities[self.entity].facts
        named = [
            facts[name]
            for name in _ITEM_VALUES
            if name in facts and self.columns[name] not in (None, _NO_AREA)
        ]
        return [
            (fact.zh if language == "zh" else fact.en, self.shown(fact.column, language)) for fact in named
        ]

    def why(self, language: str) -> str:
        """Why it is used or not."""
        return RULES.get(str(self.columns["rule"]), ("", ""))[language != "zh"]


@dataclass
class Subject:
    """A household or one person, with all that is told of it."""

    kind: str
    number: str
    tellings: list[Told] = field(default_factory=list)

    @cached_property
    def by_fact(self) -> dict[str, list[Told]]:
        """What is told of each fact, the used value first, facts in the order of the vocabulary."""
        order = {name: place for place, name in enumerate(Vocabulary.load().entities[self.kind].facts)}
        told = sorted(self.tellings, key=lambda each: (order[each.fact.column], not each.used, each.source))
        found: dict[str, list[Told]] = {}
        for each in told:
            found.setdefault(each.fact.column, []).append(each)
        return found

    def value(self, column: str) -> str | None:
        """The used value of a fact, None where it is not known."""
        return next((each.value for each in self.by_fact.get(column, ()) if each.used), None)

    def conflicts(self) -> Iterator[list[Told]]:
        """The facts on which sources differ."""
        for told in self.by_fact.values():
            if len({each.value for each in told if each.value is not None}) > 1:
                yield told


@dataclass
class Known:
    """The household, its members by number, and its items, as known on ``day``."""

    day: date | None
    household: Subject
    people: dict[str, Subject]
    items: list[Item]

    def subjects(self) -> list[Subject]:
        """The household and each member."""
        return [self.household, *self.people.values()]

    def items_of(self, *entities: str) -> list[Item]:
        """The items of some entities, those used first."""
        return sorted(
            (item for item in self.items if item.entity in entities),
            key=lambda item: (entities.index(item.entity), not item.used, str(item.columns["item_id"])),
        )


def read_subject(kind: str, number: str, content: Mapping[str, Any] | None) -> Subject:
    """A subject from the content of its sheet; facts that the vocabulary no longer has are left out."""
    facts = Vocabulary.load().entities[kind].facts
    rows: Sequence[Mapping[str, Any]] = content["facts"] if content else ()
    told = [
        Told(facts[row["fact"]], number, row["value"], row["source"], row["period"], row["received_at"], row["since"],
             row["confidence"], bool(row["used"]), row["rule"], tuple(row["row_ids"] or ()))
        for row in rows if row["fact"] in facts
    ]  # fmt: skip
    return Subject(kind, number, told)


def source_name(source: str, language: str) -> str:
    """What a source is called; two feeds joined by + each by its name."""
    parts = [_one_source(part, language) for part in source.split("+")]
    return "＋".join(parts) if language == "zh" else " + ".join(parts)


def _one_source(source: str, language: str) -> str:
    if source in _OWN_SOURCES:
        return _OWN_SOURCES[source][language != "zh"]
    made = contracts().get(source)
    if made is None:
        return source
    return made.zh if language == "zh" else made.en
