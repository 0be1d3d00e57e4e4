"""Rows of departments as rules see them: an entity for each feed, a value for each of its fields that tells a fact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from doudi.evidence.namings import parts_of
from doudi.facts.vocabulary import FIRST_DAY
from doudi.feeds import Contract, contracts
from doudi.feeds.contract_model import STATE, Field
from doudi.law import library
from doudi.rules.kinds import COUNT, DATE, FLAG, MONEY, RATE, Entity, Input, Kind, Link, code

ENTITY_NAMES = {"disability": "certificate"}
"""Entities that are not called like their feed, because facts are called so."""
MOST_ROWS = 5_000
"""Rows of one feed that a household may have."""
LAST_DAY = 2200_12_31
_KINDS = {"money": MONEY, "count": COUNT, "date": DATE, "month": DATE, "flag": FLAG, "number": RATE}
_SCALES = {"money": 100, "number": RATE.denominator, "count": 1}
_WIDEST = {"money": 10**10, "count": 10**6, "number": 10**12}


@dataclass(frozen=True, slots=True)
class Told:
    """A field of a feed as a rule asks for it: ``name`` is ``<entity>_<field>``. ``optional``: the department may leave it out."""

    name: str
    field: Field
    input: Input

    @property
    def optional(self) -> bool:
        """Whether a row may say nothing here."""
        return not self.field.required


@dataclass(frozen=True)
class RowsOf:
    """The rows of one feed. ``parts`` are the persons whom a row may name; each is a link of that name."""

    contract: Contract
    entity: Entity
    parts: tuple[str, ...]
    told: Mapping[str, Told]

    @property
    def name(self) -> str:
        """The entity."""
        return self.entity.name

    @property
    def doubt(self) -> str:
        """The value that says whether there may be rows beyond those received."""
        return self.entity.doubt

    def standard(self) -> tuple[Input, ...]:
        """What every row has beside its fields: when it came, whether it is new, and what became of whom it names."""
        presence = code(library.indicator_code_sets()["presence"])
        return (
            Input(f"{self.name}_received_on", self.name, DATE, FIRST_DAY, LAST_DAY),
            Input(f"{self.name}_is_new", self.name, FLAG, 0, 1),
            *(Input(f"{self.name}_{part}_state", self.name, presence, 0, 4) for part in self.parts),
            *(Input(f"{self.name}_{part}_ended_on", self.name, DATE, 0, LAST_DAY) for part in self.parts),
        )


@cache
def rows_of_feeds() -> Mapping[str, RowsOf]:
    """All feeds whose rows may be monitored, by entity; those for authorised checks only are not among them."""
    found = [_rows_of(made) for made in contracts().values() if not made.check_only]
    return {one.name: one for one in found}


def entity_of(feed: str) -> str:
    """The entity of a feed's rows."""
    return ENTITY_NAMES.get(feed, feed)


def _rows_of(made: Contract) -> RowsOf:
    name = entity_of(made.name)
    parts = tuple(part.name for part in parts_of(made.name))
    links = (Link("household", "household"), *(Link(part, "person", optional=True) for part in parts))
    told = {}
    for field in made.fields.values():
        kind = _kind(field)
        if kind is not None and field.name != STATE:
            full = f"{name}_{field.name}"
            told[full] = Told(full, field, Input(full, name, kind, *_range(field, kind)))
    return RowsOf(made, Entity(name, links, MOST_ROWS, f"{name}_may_be_more"), parts, told)


def _kind(field: Field) -> Kind | None:
    return code(field.codes) if field.codes is not None else _KINDS.get(field.type)


def _range(field: Field, kind: Kind) -> tuple[int, int]:
    if kind.codes is not None:
        return 0, len(kind.codes) - 1
    if kind is FLAG:
        return 0, 1
    if kind is DATE:
        return FIRST_DAY, LAST_DAY
    scale, widest = _SCALES[field.type], _WIDEST[field.type]
    least = -widest if field.least is None else int(Decimal(field.least) * scale)
    greatest = widest if field.greatest is None else int(Decimal(field.greatest) * scale)
    return least, greatest


__all__ = ["MOST_ROWS", "RowsOf", "Told", "entity_of", "rows_of_feeds"]
