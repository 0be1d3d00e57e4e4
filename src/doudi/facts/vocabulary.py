"""The vocabulary of facts: every fact of a household with its type, unit, range, labels and what its absence means.

The vocabulary is written in ``vocabulary/*.yaml``, one file per entity, and read once. A fact has a column name, used
in files, and an engine name, unique over all entities: facts of supporters, assets, expenses and holdings carry the
name of their entity in front (``supporter_born``), those of persons and households do not.

In the engine every value is an integer: money in fen, areas in 0.01 m², dates as ``yyyymmdd`` (0: there is none),
flags as truth values, codes as their place in their set.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from doudi.rules.codes import CodeSet, load_code_sets
from doudi.rules.kinds import BASIC_KINDS, Entity, Input, Kind, Link, code

FactKind = Literal["money", "count", "area", "flag", "date", "code", "id", "link", "text"]
Absent = Literal["unknown", "none", "required"]

ENTITIES = ("household", "person", "supporter", "asset", "expense", "holding")
FIRST_DAY, LAST_DAY = 1890_01_01, 2099_12_31
_FOLDER = Path(__file__).parent / "vocabulary"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SCALES = {"money": 100, "area": 100}
_FLAGS = {"true": 1, "false": 0}
_OUTSIDE_THE_ENGINE = ("id", "link", "text")


def engine_date(day: date) -> int:
    """A day as the engine holds it, ``yyyymmdd``."""
    return day.year * 10_000 + day.month * 100 + day.day


@dataclass(frozen=True, slots=True)
class Companion:
    """A fact that must be given once another is: the grade of a disability, once there is a disability; the duty of support,
    once the relation is one whose duty rests on a condition; whether somebody was in tekun as a minor, once he was in it.

    ``codes`` are the engine values of ``fact`` that call for it. When one of them is written, or ``fact`` is not
    known, a companion that is not written is unknown instead of its default.
    """

    fact: str
    codes: frozenset[int]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. ``low``, ``high`` and ``default`` are engine integers; ``scale`` is engine units per file unit.

    ``absent`` says what it means that the fact is not written: it is not known, it is ``default``, or it must be
    written. ``group`` names a set of facts that are complete once one of them is written. ``stated_by`` names the
    table whose presence the flag records. ``to`` and ``link`` are set for links only.
    """

    entity: str
    column: str
    name: str
    zh: str
    en: str
    kind: FactKind
    unit: str
    period: str
    codes: CodeSet | None
    low: int
    high: int
    absent: Absent
    default: int
    companion: Companion | None
    group: str | None
    stated_by: str | None
    to: str | None
    link: str | None
    help: str

    @property
    def scale(self) -> int:
        """Engine units in one unit of the files: 100 for money and areas, else 1."""
        return _SCALES.get(self.kind, 1)

    @property
    def in_engine(self) -> bool:
        """Whether rules may read it. Ids, links and names stay outside."""
        return self.kind not in _OUTSIDE_THE_ENGINE

    @property
    def may_be_none(self) -> bool:
        """Whether it is a date of something that need not have happened; 0 then stands for none."""
        return self.kind == "date" and self.absent == "none"

    @property
    def lowest(self) -> int:
        """The least integer the engine may meet, counting the 0 of a date that is none."""
        return 0 if self.may_be_none else self.low

    @property
    def filler(self) -> int:
        """The integer that stands where the value is unknown and masked; always within the range."""
        return min(max(0, self.lowest), self.high)


@dataclass(frozen=True, slots=True)
class Group:
    """Facts stated together. If none is written they are unknown, but zero for persons younger than ``child_age``."""

    name: str
    zh: str
    en: str
    child_age: int
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntityFacts:
    """An entity, its table, and its facts by column name. One parent has ``at_most`` rows."""

    name: str
    zh: str
    en: str
    table: str
    at_most: int
    facts: Mapping[str, Fact]
    groups: Mapping[str, Group]

    @property
    def parent(self) -> str | None:
        """The entity it belongs to; None for the household."""
        return self.links[0].to if self.links else None

    @property
    def links(self) -> tuple[Fact, ...]:
        """Its links; the first leads to its parent."""
        return tuple(fact for fact in self.facts.values() if fact.kind == "link")

    def find(self, heading: str) -> Fact | None:
        """The fact with that column name or Chinese label."""
        fact = self.facts.get(heading)
        return fact or next((fact for fact in self.facts.values() if fact.zh == heading), None)

    def engine_facts(self) -> tuple[Fact, ...]:
        """The facts that rules may read."""
        return tuple(fact for fact in self.facts.values() if fact.in_engine)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All entities by name, all facts of the engine by engine name, all code sets by name."""

    entities: Mapping[str, EntityFacts]
    facts: Mapping[str, Fact]
    codes: Mapping[str, CodeSet]

    @staticmethod
    def load() -> Vocabulary:
        """The vocabulary that ships; read once, then kept."""
        return _load()

    def table(self, name: str) -> EntityFacts | None:
        """The entity whose table has that name, in English or Chinese."""
        return next((entity for entity in self.entities.values() if name in (entity.table, entity.zh)), None)

    def engine_entities(self) -> dict[str, Entity]:
        """The entities as formulas see them."""
        return {
            entity.name: Entity(
                entity.name,
                tuple(Link(str(fact.link), str(fact.to), fact.absent != "required") for fact in entity.links),
                entity.at_most,
            )
            for entity in self.entities.values()
        }

    def engine_inputs(self) -> dict[str, Input]:
        """The facts as formulas see them, by engine name."""
        return {
            fact.name: Input(fact.name, fact.entity, _engine_kind(fact), fact.lowest, fact.high)
            for fact in self.facts.values()
        }


def _engine_kind(fact: Fact) -> Kind:
    return code(fact.codes) if fact.codes is not None else BASIC_KINDS[fact.kind]


@cache
def _load() -> Vocabulary:
    codes = {name: _with_labels(found) for name, found in load_code_sets(_FOLDER / "codes.yaml").items()}
    entities = {name: _entity(name, codes) for name in ENTITIES}
    facts = {fact.name: fact for entity in entities.values() for fact in entity.engine_facts()}
    return Vocabulary(entities, facts, codes)


def _with_labels(codes: CodeSet) -> CodeSet:
    """The same set, which also accepts its Chinese labels."""
    labels = {zh: name for name, (zh, _) in codes.entries.items() if zh not in codes.entries}
    return CodeSet(codes.name, codes.entries, {**labels, **codes.aliases})


def _entity(name: str, codes: Mapping[str, CodeSet]) -> EntityFacts:
    page: dict[str, Any] = yaml.load((_FOLDER / f"{name}.yaml").read_bytes(), Loader=_LOADER)
    written: dict[str, dict[str, Any]] = page.get("groups", {})
    prefix = f"{page['prefix']}_" if "prefix" in page else ""
    facts: dict[str, Fact] = {}
    for column, body in page["facts"].items():
        inherited = written[body["group"]] if "group" in body else {}
        facts[column] = _fact(name, prefix, column, {**inherited, **body}, codes)
    groups = {
        group: Group(group, body["zh"], body["en"], body["child_age"], _members(facts, group))
        for group, body in written.items()
    }
    return EntityFacts(name, page["zh"], page["en"], page["table"], page.get("at_most", 1), facts, groups)


def _members(facts: Mapping[str, Fact], group: str) -> tuple[str, ...]:
    return tuple(column for column, fact in facts.items() if fact.group == group)


def _fact(
    entity: str, prefix: str, column: str, body: Mapping[str, Any], codes: Mapping[str, CodeSet]
) -> Fact:
    kind: FactKind = body["kind"]
    code_set = codes[body["codes"]] if kind == "code" else None
    low, high = _range(kind, body.get("range"), code_set)
    return Fact(
        entity=entity, column=column, name=column if column.startswith(prefix) else prefix + column,
        zh=body["zh"], en=body["en"], kind=kind, unit=body.get("unit", ""), period=body.get("period", ""),
        codes=code_set, low=low, high=high, absent=body["absent"], default=int(body.get("default", 0)),
        companion=_companion(prefix, body["with"], codes) if "with" in body else None,
        group=body.get("group"), stated_by=body.get("stated_by"), to=body.get("to"), link=body.get("as"),
        help=body["help"],
    )  # fmt: skip


def _range(kind: FactKind, written: list[Any] | None, codes: CodeSet | None) -> tuple[int, int]:
    if codes is not None:
        return 0, len(codes) - 1
    if kind == "date":
        return (engine_date(written[0]), engine_date(written[1])) if written else (FIRST_DAY, LAST_DAY)
    if written:
        scale = _SCALES.get(kind, 1)
        return written[0] * scale, written[1] * scale
    return 0, 1


def _companion(prefix: str, written: str, codes: Mapping[str, CodeSet]) -> Companion:
    """From ``disability`` (any code but the first), ``disability=multiple``, ``relation=sibling|other``, or ``already_tekun=true``."""
    column, _, chosen = written.partition("=")
    if chosen in _FLAGS:
        return Companion(prefix + column, frozenset({_FLAGS[chosen]}))
    code_set = codes[column]
    values = {code_set.index(each) for each in chosen.split("|")} if chosen else set(range(1, len(code_set)))
    return Companion(prefix + column, frozenset(values))
