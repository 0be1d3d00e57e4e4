"""Whom a row of a feed names, and in which columns: most rows name one person, some name several."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from doudi.feeds import Contract

WHO = ("id_number", "name", "sex", "born", "village")
"""What linkage compares."""
_OF_PERSONS = frozenset({"id_number", "name", "phone"})


@dataclass(frozen=True, slots=True)
class Part:
    """One person whom a row names: the columns of number and name, and the sex where the part tells it."""

    name: str
    number: str
    written: str
    sex: str | None = None


SELF = Part("person", "id_number", "name")
_MORE = {
    "births": (
        Part("mother", "mother_id", "mother_name", "female"),
        Part("father", "father_id", "father_name", "male"),
    ),
    "children_support": (Part("guardian", "guardian_id", "guardian_name"),),
}
_INSTEAD = {
    "marriages": (
        Part("man", "man_id", "man_name", "male"),
        Part("woman", "woman_id", "woman_name", "female"),
    ),
}


def parts_of(feed: str) -> tuple[Part, ...]:
    """The persons whom each row of the feed may name."""
    return _INSTEAD.get(feed, (SELF, *_MORE.get(feed, ())))


def naming(part: Part, made: Contract) -> dict[str, pl.Expr]:
    """What a row says of the person in this part, as texts by the names in :data:`WHO`."""
    said = {"id_number": pl.col(part.number), "name": pl.col(part.written)}
    if part is SELF:
        said |= {name: pl.col(name) for name in ("sex", "born", "village") if name in made.fields}
    elif part.sex:
        said["sex"] = pl.lit(part.sex)
    return {name: said.get(name, pl.lit(None)).cast(pl.String) for name in WHO}


def facts_in(made: Contract) -> list[str]:
    """The columns of a feed that tell facts: all but numbers, names and telephones of people."""
    return [field.name for field in made.fields.values() if field.type not in _OF_PERSONS]
