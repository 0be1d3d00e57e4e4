"""The six tables that ``doudi run`` reads, of what is used; what is not known stays a gap."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from doudi.evidence.people import Population
from doudi.evidence.registry import declared_type
from doudi.facts.register import write_table
from doudi.facts.vocabulary import Fact, Vocabulary

UNKNOWN = "unknown"
"""Stands for a date that is not known where a gap would mean that there is none."""
_MEASURED = ("home", "shop", "woodland")


def typed(fact: Fact, used: pl.DataFrame, subjects: pl.DataFrame) -> pl.Series:
    """The used values (``subject_id``, ``value``) of a fact for the subjects in their order, as a register writes them."""
    values = subjects.select(subject_id=subjects.columns[0]).join(
        used, on="subject_id", how="left", maintain_order="left"
    )["value"]
    if fact.may_be_none:
        return values.fill_null(UNKNOWN).alias(fact.column)
    entity = Vocabulary.load().entities[fact.entity]
    if fact.kind == "flag":
        return (values == "true").alias(fact.column)
    if fact.kind == "date":
        return values.str.to_date().alias(fact.column)
    return values.cast(declared_type(entity, fact.column)).alias(fact.column)


def start(people: Population) -> dict[str, pl.DataFrame]:
    """The tables of households and persons with their ids and names alone, in their order."""
    return {
        "household": people.households.select("household_id"),
        "person": people.present.select("person_id", "name"),
    }


def write_register(folder: Path, tables: dict[str, pl.DataFrame], items: pl.DataFrame) -> None:
    """Lay down the six tables."""
    folder.mkdir(parents=True)
    for entity in Vocabulary.load().entities.values():
        table = tables[entity.name] if entity.name in tables else _items(items, entity.name)
        columns = [column for column in entity.facts if column in table.columns]
        write_table(entity, table.select(columns), folder / f"{entity.table}.parquet")


def _items(items: pl.DataFrame, entity: str) -> pl.DataFrame:
    """The used items of one entity; who has no floor area of their own has none."""
    used = items.filter((pl.col("entity") == entity) & pl.col("used"))
    area = (
        pl.when(pl.col("area").is_null() & ~pl.col("kind").is_in(_MEASURED)).then(pl.lit(0)).otherwise("area")
    )
    return used.with_columns(area.cast(pl.Decimal(14, 2)).alias("area"))
