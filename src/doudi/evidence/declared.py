"""What households declared, and what is taken for granted of what their declaration leaves out."""

from __future__ import annotations

from typing import Any

import polars as pl

from doudi.evidence.ground import Ground, canonical, said, start_of, yuan
from doudi.evidence.precedence import Order
from doudi.evidence.registry import DECLARED_ON
from doudi.evidence.schema import DECLARED, REGISTRY
from doudi.facts.values import show
from doudi.facts.vocabulary import Companion, Fact, Vocabulary


def declared(ground: Ground, subject: str, fact: str) -> list[pl.LazyFrame]:
    """What was declared of the people, or the households, of the day on one fact; nothing where no table has it."""
    entities = Vocabulary.load().entities
    known = entities[subject].facts[fact]
    tables = {entities[name].table for name in ground.registry.declared}
    table = ground.stated.get(subject)
    if table is None:
        return []
    key = f"{subject}_id"
    found = []
    if fact in table.columns:
        value = canonical(known.kind, pl.col(fact))
        value = value.fill_null("none") if known.may_be_none else value
        rows = table.lazy().filter(pl.lit(known.may_be_none) | pl.col(fact).is_not_null())
        found.append(_said(rows, key, value, None))
    elif known.stated_by in tables:
        found.append(_said(table.lazy(), key, pl.lit("true"), None))
    by_feeds = known.companion is not None and Order.load().facts[subject, fact].feeds
    if known.in_engine and known.absent == "none" and not (known.group or by_feeds or known.stated_by):
        found.append(_left_out(ground, subject, known))
    return found


def _left_out(ground: Ground, subject: str, fact: Fact) -> pl.LazyFrame:
    """The value that the vocabulary gives to what is not written: where the table has no such column, and for members who
    came after the declaration."""
    written = fact.column in ground.stated[subject].columns
    rows = ground.came_later[subject] if written else ground.covered[subject]
    if fact.companion is not None:
        rows = rows.join(_called_for(ground, subject, fact.companion), on=f"{subject}_id", how="anti")
    usual = pl.lit(show(fact, fact.default))
    return _said(rows.lazy(), f"{subject}_id", yuan(usual) if fact.kind == "money" else usual, "not_written")


def _called_for(ground: Ground, subject: str, companion: Companion) -> pl.DataFrame:
    """Of whom a fact has to be told because another one calls for it: a duty of support, by the relation. Of them nothing is
    taken for granted."""
    deciding = Vocabulary.load().facts[companion.fact]
    tables = (
        ground.people.present if subject == "person" else ground.people.households,
        ground.stated[subject],
    )
    known = next((table for table in tables if deciding.column in table.columns), tables[0].clear())
    if deciding.column not in known.columns:
        return known.select(f"{subject}_id")
    calling = pl.col(deciding.column).is_null() | pl.col(deciding.column).is_in(_written(deciding, companion))
    return known.filter(calling).select(f"{subject}_id")


def _written(deciding: Fact, companion: Companion) -> list[Any]:
    """The values that call for the companion, as tables have them: codes, or flags."""
    if deciding.codes is None:
        return [bool(value) for value in companion.codes]
    return [deciding.codes.codes[code] for code in companion.codes]


def children(ground: Ground, fact: str) -> list[pl.LazyFrame]:
    """Income of those younger than the age of the vocabulary, in households with a declaration that says nothing of it: none."""
    entity = Vocabulary.load().entities["person"]
    age = entity.groups[str(entity.facts[fact].group)].child_age
    homes = ground.registry.declared.get("household")
    if homes is None:
        return []
    young = ground.people.present.lazy().filter(pl.col("born").dt.offset_by(f"{age}y") > ground.day)
    stated = young.select("person_id", "household_id").join(
        homes.lazy().select("household_id"), on="household_id", how="semi"
    )
    return [said(stated, "person_id", pl.lit("0.00"), REGISTRY, rule="child")]


def _said(rows: pl.LazyFrame, key: str, value: pl.Expr, rule: str | None) -> pl.LazyFrame:
    return said(rows, key, value, DECLARED, received_at=start_of(pl.col(DECLARED_ON)), rule=rule)
