"""The headings of a table and the facts they stand for; what does not fit is told before any row is read."""

from __future__ import annotations

import polars as pl

from doudi.facts.register.sources import REQUIRED, Source, empty
from doudi.facts.vocabulary import EntityFacts, Fact
from doudi.rules.errors import Problem, Problems, nearest

ERROR_COLUMN = "错误"
"""The column that rows set aside carry; ignored when such a table, once mended, is read again."""

_INTEGERS = (pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64)
_TEXTS = (pl.String, pl.Categorical, pl.Enum, pl.Null)
_NUMBERS = (*_INTEGERS, pl.Float64, pl.Decimal, pl.String, pl.Null)
_READ = {
    "money": _NUMBERS, "area": _NUMBERS, "count": _NUMBERS,
    "flag": (pl.Boolean, *_INTEGERS, *_TEXTS),
    "code": (*_TEXTS, *_INTEGERS),
    "date": (pl.Date, pl.Datetime, pl.String, pl.Null, *_INTEGERS),
    "id": (*_TEXTS, *_INTEGERS), "link": (*_TEXTS, *_INTEGERS), "text": (*_TEXTS, *_INTEGERS),
}  # fmt: skip


def match_headings(source: Source, problems: Problems) -> dict[str, str]:
    """Column name → heading in the file, for all columns of the vocabulary that the table has."""
    schema = source.raw.collect_schema()
    found: dict[str, str] = {}
    for heading, dtype in schema.items():
        if heading == ERROR_COLUMN:
            continue
        fact = source.entity.find(heading.strip())
        if fact is None:
            problems.add(_unknown(source, heading))
        elif fact.column in found:
            problems.add(_twice(source, heading, found[fact.column]))
        else:
            found[fact.column] = heading
            if not _readable(fact, dtype):
                problems.add(_type(source, heading, fact, dtype))
    for fact in source.entity.facts.values():
        if fact.absent == "required" and fact.column not in found:
            problems.add(_missing(source, fact))
    if source.height == 0 and source.entity.name in REQUIRED:
        problems.add(empty(source.entity, source.file))
    return found


def _readable(fact: Fact, dtype: pl.DataType) -> bool:
    if isinstance(dtype, pl.Datetime) and dtype.time_zone is not None:
        return False
    return dtype.base_type() in _READ[fact.kind]


def _unknown(source: Source, heading: str) -> Problem:
    near = _near(source.entity, heading.split("_duplicated_")[0].strip())
    return Problem(
        "fact.unknown_column", "没有这一列", "unknown column",
        f"是否为 {near}" if near else f"删去，或见 {source.entity.table} 的列名表",
        f"did you mean {near}" if near else f"remove it, or see the columns of {source.entity.table}",
        file=source.file, column=heading,
    )  # fmt: skip


def _near(entity: EntityFacts, heading: str) -> str:
    labels = {fact.zh: column for column, fact in entity.facts.items()}
    return nearest(heading, entity.facts) or nearest(heading, labels)


def _twice(source: Source, heading: str, first: str) -> Problem:
    return Problem(
        "fact.column_twice", f"与列“{first}”重复", f"the same as the column '{first}'",
        "只保留一列", "keep one of them", file=source.file, column=heading,
    )  # fmt: skip


def _missing(source: Source, fact: Fact) -> Problem:
    return Problem(
        "fact.missing_column", f"缺少列“{fact.zh}”", "a required column is missing",
        f"加上列 {fact.column}（不清楚的留空）", f"add the column {fact.column}, empty where not known",
        file=source.file, column=fact.column,
    )  # fmt: skip


def _type(source: Source, heading: str, fact: Fact, dtype: pl.DataType) -> Problem:
    wanted = {
        "money": "Decimal(18, 2)",
        "area": "Decimal(18, 2)",
        "count": "Int64",
        "flag": "Boolean",
        "date": "Date",
    }
    use = wanted.get(fact.kind, "String")
    return Problem(
        "fact.column_type", "这一列的类型不能读", "a column of this type is not read",
        f"改为 {use}", f"make it {use}", file=source.file, column=heading, value=str(dtype),
    )  # fmt: skip
