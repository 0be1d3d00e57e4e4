"""The registry of civil affairs: who is known to live in the county, and what households have declared.

identities.parquet   person_id, household_id, relation, id_number, name, sex, born, village, since, until
households.parquet   household_id, area, village, address
declared/            tables of a register (docs/facts.md) of the households that hold aid or applied, with ``declared_on``
                     in ``households`` or in each table; a column ``number`` of assets and holdings is read
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from doudi.evidence.errors import EvidenceError
from doudi.facts.vocabulary import EntityFacts, Vocabulary
from doudi.rules.errors import Problem, Problems

_TEXT, _DAY = pl.String(), pl.Date()
IDENTITIES: Mapping[str, pl.DataType] = {
    "person_id": _TEXT, "household_id": _TEXT, "relation": _TEXT, "id_number": _TEXT, "name": _TEXT, "sex": _TEXT,
    "born": _DAY, "village": _TEXT, "since": _DAY, "until": _DAY,
}  # fmt: skip
HOUSEHOLDS: Mapping[str, pl.DataType] = {
    "household_id": _TEXT, "area": _TEXT, "village": _TEXT, "address": _TEXT,
}  # fmt: skip
DECLARED_ON = "declared_on"


@dataclass(frozen=True, slots=True)
class Registry:
    """What civil affairs holds. ``declared``: tables by the name of their entity, each with ``household_id`` and
    ``declared_on``, values as they stand in the files."""

    identities: pl.DataFrame
    households: pl.DataFrame
    declared: Mapping[str, pl.DataFrame]


def read_registry(folder: Path, day: date) -> Registry:
    """The registry as of a day: persons who were known by then, the last household of each.

    Raises:
        EvidenceError: tables or columns that are missing or of another type, keys that are empty or given twice; all at once.
    """
    problems = Problems()
    identities = _table(folder / "identities.parquet", IDENTITIES, problems)
    households = _table(folder / "households.parquet", HOUSEHOLDS, problems)
    declared = {
        entity.name: table
        for entity in Vocabulary.load().entities.values()
        if (table := _declared(folder / "declared" / f"{entity.table}.parquet", entity, problems)) is not None
    }
    problems.raise_as(EvidenceError)
    identities = identities.filter(pl.col("since").is_null() | (pl.col("since") <= day))
    identities = identities.sort("person_id", "since").unique("person_id", keep="last", maintain_order=True)
    _keys(folder / "households.parquet", households, "household_id", problems)
    _keys(folder / "identities.parquet", identities, "person_id", problems)
    declared = _with_days(declared, day, folder, problems)
    problems.raise_as(EvidenceError)
    return Registry(identities, households.sort("household_id"), declared)


def _table(path: Path, schema: Mapping[str, pl.DataType], problems: Problems) -> pl.DataFrame:
    if not path.exists():
        problems.add(Problem("evidence.no_table", "登记数据缺少这个表", "a table of the registry is missing",
                             "核对文件夹", "check the folder", file=str(path)))  # fmt: skip
        return pl.DataFrame(schema=schema)
    table = pl.read_parquet(path)
    for column in schema:
        if column not in table.columns:
            problems.add(Problem("evidence.no_column", "缺少这一列", "a column is missing", "补上这一列",
                                 "add the column", file=str(path), column=column))  # fmt: skip
    if len(problems):
        return pl.DataFrame(schema=schema)
    return _cast(path, table.select(list(schema)), schema, problems)


def _declared(path: Path, entity: EntityFacts, problems: Problems) -> pl.DataFrame | None:
    """A declared table with the vocabulary's columns that it has, in their types."""
    if not path.exists():
        return None
    table = pl.read_parquet(path)
    schema = {column: declared_type(entity, column) for column in entity.facts if column in table.columns}
    schema |= {name: kind for name, kind in ((DECLARED_ON, _DAY), ("number", _TEXT)) if name in table.columns}
    return _cast(path, table.select(list(schema)), schema, problems)


def declared_type(entity: EntityFacts, column: str) -> pl.DataType:
    """The type in which a column of the vocabulary is kept: yuan and m² with two decimals, dates, flags, numbers, texts."""
    kinds: dict[str, pl.DataType] = {
        "money": pl.Decimal(14, 2), "area": pl.Decimal(14, 2), "flag": pl.Boolean(), "date": pl.Date(), "count": pl.Int64(),
    }  # fmt: skip
    return kinds.get(entity.facts[column].kind, _TEXT)


def _cast(
    path: Path, table: pl.DataFrame, schema: Mapping[str, pl.DataType], problems: Problems
) -> pl.DataFrame:
    found = table.with_columns(pl.col(name).cast(kind, strict=False) for name, kind in schema.items())
    for name in schema:
        lost = found[name].null_count() - table[name].null_count()
        if lost:
            problems.add(Problem(
                "evidence.type", f"有 {lost} 个值不是这一列的类型", f"{lost} values are not of the type of their column",
                f"应为 {schema[name]}", f"write {schema[name]}", file=str(path), column=name,
            ))  # fmt: skip
    return found


def _keys(path: Path, table: pl.DataFrame, key: str, problems: Problems) -> None:
    wrong = table[key].null_count() + table.height - table[key].n_unique()
    if wrong:
        problems.add(Problem("evidence.key", f"有 {wrong} 个编号为空或重复", f"{wrong} keys are empty or given twice",
                             "一行一个编号", "one key for each row", file=str(path), column=key))  # fmt: skip


def _with_days(
    declared: Mapping[str, pl.DataFrame], day: date, folder: Path, problems: Problems
) -> dict[str, pl.DataFrame]:
    """Each table with household and day of declaration; what was declared after ``day`` is not known yet."""
    if not declared:
        return {}
    homes = declared.get("household")
    if homes is None or DECLARED_ON not in homes.columns:
        problems.add(Problem("evidence.no_declared_on", "申报缺少申报日期", "declarations have no date",
                             "households 表写 declared_on", "write declared_on in households",
                             file=str(folder / "declared"), column=DECLARED_ON))  # fmt: skip
        return {}
    days = homes.select("household_id", DECLARED_ON)
    persons = declared.get("person", pl.DataFrame(schema={"person_id": _TEXT, "household_id": _TEXT}))
    where = persons.select("person_id", "household_id")
    found = {}
    for name, table in declared.items():
        if "household_id" not in table.columns:
            table = table.join(where, on="person_id", how="left")
        if DECLARED_ON not in table.columns:
            table = table.join(days, on="household_id", how="left")
        found[name] = table.filter(pl.col(DECLARED_ON) <= day)
    return found
