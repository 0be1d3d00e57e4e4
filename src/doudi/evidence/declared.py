"""What households declared, and what is taken for granted of what their declaration leaves out."""

from __future__ import annotations

import polars as pl

from doudi.evidence.ground import Ground, canonical, yuan
from doudi.evidence.registry import DECLARED_ON
from doudi.evidence.schema import DECLARED, REGISTRY
from doudi.facts.values import show
from doudi.facts.vocabulary import Fact, Vocabulary


def declared(ground: Ground, subject: str, fact: str) -> list[pl.LazyFrame]:
    """What was declared of the people, or the households, of the day on one fact; nothing where no table has it."""
    entities = Vocabulary.load().entities
    known = entities[subject].facts[fact]
    tables = {entities[name].table for name in ground.registry.declared}
    table = ground.registry.declared.get(subject)
    if table is None:
        return []
    key = f"{subject}_id"
    here = ground.people.present if subject == "person" else ground.people.households
    found = []
    if fact in table.columns:
        value = canonical(known.kind, pl.col(fact))
        value = value.fill_null("none") if known.may_be_none else value
        rows = table.lazy().filter(pl.lit(known.may_be_none) | pl.col(fact).is_not_null())
        found.append(_said(rows.join(here.lazy().select(key), on=key, how="semi"), key, value, None))
    elif known.stated_by in tables:
        found.append(
            _said(table.lazy().join(here.lazy().select(key), on=key, how="semi"), key, pl.lit("true"), None)
        )
    if known.in_engine and known.absent == "none" and not (known.group or known.companion or known.stated_by):
        found.append(_left_out(ground, table, key, here, known))
    return found


def _left_out(ground: Ground, table: pl.DataFrame, key: str, here: pl.DataFrame, fact: Fact) -> pl.LazyFrame:
    """The value that the vocabulary gives to what is not written: where the table has no such column, and for members who
    came after the declaration."""
    homes = ground.registry.declared["household"].lazy().select("household_id", DECLARED_ON)
    members = here.lazy().select(key, "household_id") if key != "household_id" else here.lazy().select(key)
    rows = members.join(homes, on="household_id")
    if fact.column in table.columns:
        rows = rows.join(table.lazy().select(key), on=key, how="anti")
    usual = pl.lit(show(fact, fact.default))
    return _said(rows, key, yuan(usual) if fact.kind == "money" else usual, "not_written")


def children(ground: Ground, fact: str) -> list[pl.LazyFrame]:
    """Income of those younger than the age of the vocabulary, in households with a declaration that says nothing of it: none."""
    entity = Vocabulary.load().entities["person"]
    age = entity.groups[str(entity.facts[fact].group)].child_age
    homes = ground.registry.declared.get("household")
    if homes is None:
        return []
    young = ground.people.present.lazy().filter(pl.col("born").dt.offset_by(f"{age}y") > ground.day)
    return [young.join(homes.lazy().select("household_id"), on="household_id", how="semi").select(
        subject_id="person_id", value=pl.lit("0.00"), source=pl.lit(REGISTRY), row_ids=pl.lit([], pl.List(pl.String())),
        period=pl.lit(None, pl.String), received_at=pl.lit(None, pl.Datetime("us", "UTC")), since=pl.lit(None, pl.Date),
        confidence=pl.lit(1.0), rule=pl.lit("child"),
    )]  # fmt: skip


def _said(rows: pl.LazyFrame, key: str, value: pl.Expr, rule: str | None) -> pl.LazyFrame:
    return rows.select(
        subject_id=pl.col(key), value=value.cast(pl.String), source=pl.lit(DECLARED),
        row_ids=pl.lit([], pl.List(pl.String())), period=pl.lit(None, pl.String),
        received_at=pl.col(DECLARED_ON).cast(pl.Datetime("us")).dt.replace_time_zone("Asia/Shanghai").dt.convert_time_zone("UTC"),
        since=pl.lit(None, pl.Date), confidence=pl.lit(1.0), rule=pl.lit(rule, pl.String),
    )  # fmt: skip
