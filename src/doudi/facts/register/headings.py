"""The headings of a table and the facts they stand for; what does not fit is told before any row is read."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import polars as pl

from doudi.facts.register.source import REQUIRED, Source, empty
from doudi.facts.shown import shown
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
    found: dict[str, str] = {}
    unknown: list[str] = []
    faults: list[Problem] = []
    for heading, dtype in source.raw.collect_schema().items():
        if heading == ERROR_COLUMN:
            continue
        fact = source.entity.find(heading.strip())
        if fact is None:
            unknown.append(heading)
        elif fact.column in found:
            faults.append(_twice(source, heading, found[fact.column]))
        else:
            found[fact.column] = heading
            if not _readable(fact, dtype):
                faults.append(_type(source, heading, fact, dtype))
    if is_no_heading(source.entity, [*found.values(), *unknown]):
        problems.add(no_heading(source.entity, source.file))
        return found
    problems.extend(_unknown(source, heading) for heading in unknown)
    problems.extend(faults)
    problems.extend(_written_twice(source, heading, letters) for heading, letters in source.twice.items())
    problems.extend(_nameless(source, letter) for letter in source.nameless)
    problems.extend(_missing(source, fact) for fact in _required(source.entity) if fact.column not in found)
    if source.height == 0 and source.entity.name in REQUIRED:
        problems.add(empty(source.entity, source.file))
    return found


def _readable(fact: Fact, dtype: pl.DataType) -> bool:
    if isinstance(dtype, pl.Datetime) and dtype.time_zone is not None:
        return False
    return dtype.base_type() in _READ[fact.kind]


def is_no_heading(entity: EntityFacts, headings: Collection[str]) -> bool:
    """Whether a first row seems to be no heading: no required column is there, and most of it is like none."""
    named = [heading.strip() for heading in headings if heading.strip()]
    found = {fact.column for heading in named if (fact := entity.find(heading)) is not None}
    strange = [heading for heading in named if entity.find(heading) is None and not _near(entity, heading)]
    return not any(fact.column in found for fact in _required(entity)) and 2 * len(strange) > len(named)


def no_heading(entity: EntityFacts, file: str) -> Problem:
    """The fault that the first row of a table is no heading; it may be about a person and is not told."""
    columns = ", ".join(fact.column for fact in _required(entity))
    return Problem(
        "fact.no_heading", "第一行不是表头", "the first row is no heading",
        f"第一行写列名（至少 {columns}），CSV 以英文逗号分列；删去表头上方的行",
        f"write the names of the columns in the first row (at least {columns}), in CSV with commas between; "
        "remove rows above it",
        file=file,
    )  # fmt: skip


def _required(entity: EntityFacts) -> list[Fact]:
    return [fact for fact in entity.facts.values() if fact.absent == "required"]


def _told(source: Source, heading: str) -> str:
    """A heading as it may be told; one that may be about a person is told by its letter."""
    return heading if shown(heading) == heading else source.letters.get(heading, "…")


def _unknown(source: Source, heading: str) -> Problem:
    near = _near(source.entity, heading.strip())
    return Problem(
        "fact.unknown_column", "没有这一列", "unknown column",
        f"是否为 {near}" if near else f"删去，或见 {source.entity.table} 的列名表",
        f"did you mean {near}" if near else f"remove it, or see the columns of {source.entity.table}",
        file=source.file, column=_told(source, heading),
    )  # fmt: skip


def _nameless(source: Source, letter: str) -> Problem:
    return Problem(
        "fact.nameless_column", f"{letter} 列有值，没有列名", f"column {letter} has values and no heading",
        "写上列名，或删去这一列", "write its heading, or remove the column", file=source.file, column=letter,
    )  # fmt: skip


def _written_twice(source: Source, heading: str, letters: Sequence[str]) -> Problem:
    return Problem(
        "fact.column_twice", "这个列名写了两次", "the heading is written twice",
        "只保留一列，或改正列名", "keep one of them, or correct the heading",
        file=source.file, column=_told(source, heading), value="、".join(letters),
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
