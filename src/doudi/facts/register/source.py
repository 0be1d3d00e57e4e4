"""One table of a register as received, and what its rows and columns are called in the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from doudi.facts.vocabulary import EntityFacts
from doudi.rules.errors import Problem

Form = Literal["parquet", "csv", "xlsx"]
REQUIRED = ("household", "person")


@dataclass(frozen=True, slots=True)
class Source:
    """One table as received. ``rows`` are the numbers of its rows in the file, from 1 and with the heading counted,
    for CSV and XLSX, whose empty lines are left out; in Parquet the first row is 1.

    ``letters`` are the letters that a spreadsheet gives the columns, by heading; ``nameless`` those of columns that have values
    and no heading; ``twice`` those of columns that share a heading. Parquet has none of these.
    """

    entity: EntityFacts
    file: str
    form: Form
    raw: pl.LazyFrame
    height: int
    rows: pl.Series | None = None
    letters: Mapping[str, str] = field(default_factory=dict)
    nameless: Sequence[str] = ()
    twice: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def row_number(self, place: int) -> int:
        """The number, in the file, of the row at ``place`` (from 0)."""
        return place + 1 if self.rows is None else int(self.rows[place])


def source_of_texts(
    entity: EntityFacts,
    file: str,
    form: Form,
    headings: Sequence[str],
    body: pl.DataFrame,
    above: int,
    left: int = 0,
) -> Source:
    """The source of a table of texts: ``body`` has one column for each heading, in their order.

    Empty texts become nulls, empty rows and columns without heading and values are left out. ``above`` rows, the heading
    among them, stand over the body in the file, and ``left`` columns beside it.
    """
    if body.height:
        body = body.with_columns(pl.all().replace("", None))
    rows = pl.int_range(above + 1, above + 1 + body.height, eager=True)
    filled = body.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    body, rows = body.filter(filled), rows.filter(filled)
    letters: dict[str, list[str]] = {}
    kept: list[pl.Series] = []
    for place, (heading, column) in enumerate(zip(headings, body.iter_columns(), strict=True)):
        if not heading.strip() and column.null_count() == len(column):
            continue
        if heading.strip() and heading not in letters:
            kept.append(column.alias(heading))
        letters.setdefault(heading if heading.strip() else "", []).append(letter_of(left + place))
    nameless = letters.pop("", [])
    return Source(
        entity, file, form, pl.DataFrame(kept).lazy(), body.height, rows,
        {heading: found[0] for heading, found in letters.items()},
        nameless,
        {heading: found for heading, found in letters.items() if len(found) > 1},
    )  # fmt: skip


def letter_of(place: int) -> str:
    """What a spreadsheet calls the column at ``place`` (from 0): A, B … Z, AA …"""
    letters = ""
    while place >= 0:
        place, letter = divmod(place, 26)
        letters = chr(65 + letter) + letters
        place -= 1
    return letters


def empty(entity: EntityFacts, file: str) -> Problem:
    """The fault that a table has no rows."""
    return Problem(
        "fact.empty", f"“{entity.zh}”表是空的", f"the table {entity.table} is empty",
        "写入表头和各行", "write its heading and rows", file=file,
    )  # fmt: skip


def broken(file: str, form: str) -> Problem:
    """The fault that a file is not of the form that its name says."""
    return Problem(
        "fact.syntax", f"不是有效的 {form} 文件", f"not a valid {form} file",
        "重新导出该表", "export the table again", file=file,
    )  # fmt: skip
