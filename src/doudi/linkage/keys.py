"""The keys of rows and persons, and the headings of their tables: what is wrong with them, where, and nothing about people."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import polars as pl

from doudi.facts.shown import shown
from doudi.rules.errors import Problem, nearest

_MOST = 20


def missing_column(
    table: pl.DataFrame, column: str, known: Collection[str], file: str | None = None
) -> Problem:
    """The fault that a column is missing; without any ``known`` column the first row is no heading and is not told."""
    if not any(name in known for name in table.columns) and not nearest(column, table.columns):
        return Problem(
            "linkage.column", "缺少这一列，第一行似乎不是表头", "a column is missing; the first row seems to be no heading",
            f"第一行写列名，至少有 {column}", f"write the names of the columns in the first row, at least {column}",
            file=file, column=column,
        )  # fmt: skip
    names = [shown(name) for name in table.columns]
    return Problem(
        "linkage.column", "缺少这一列", "a column is missing", f"现有列：{'、'.join(names)}",
        f"there are: {', '.join(names)}", file=file, column=column,
    )  # fmt: skip


def key_problems(
    keys: pl.Series, rows: pl.Series | None = None, file: str | None = None
) -> Iterator[Problem]:
    """Keys that are empty or given twice: the first rows of each, and how many more there are. ``rows``: their numbers in the file."""
    texts = keys.cast(pl.String)
    empty = texts.is_null() | (texts.str.strip_chars() == "")
    twice = texts.is_duplicated() & ~empty
    for which, code, zh, en, remedy_zh, remedy_en in (
        (empty, "linkage.key_empty", "没有编号", "no key", "补上编号", "give the row a key"),
        (
            twice,
            "linkage.key_twice",
            "编号重复",
            "a key is given twice",
            "一行一个编号",
            "one key for each row",
        ),
    ):
        places = which.arg_true().to_list()
        for place in places[:_MOST]:
            yield Problem(
                code, zh, en, remedy_zh, remedy_en, file=file, column=keys.name,
                row=None if rows is None else int(rows[place]), value=shown(texts[place] or "") or None,
            )  # fmt: skip
        if len(places) > _MOST:
            more = len(places) - _MOST
            yield Problem(code, f"另有 {more} 行{zh}", f"{more} more rows: {en}", remedy_zh, remedy_en, file=file,
                          column=keys.name)  # fmt: skip
