"""Tables from files: Parquet or CSV (UTF-8 or GB 18030); id numbers and dates of CSV stay text."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from doudi.facts.decoding import EncodingError, decode
from doudi.linkage.config import read_config
from doudi.linkage.errors import LinkageError
from doudi.linkage.keys import key_problems, missing_column
from doudi.rules.errors import Problem


def read_table(path: Path) -> pl.DataFrame:
    """The table in a file.

    Raises:
        LinkageError: it is neither Parquet nor CSV, is empty or damaged, or is in another encoding.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        file.read(1)
    if path.suffix.lower() not in (".parquet", ".csv"):
        raise LinkageError([Problem(
            "linkage.file_kind", "只能读 .parquet 和 .csv", "only .parquet and .csv can be read",
            "另存为 CSV 或 Parquet", "save as CSV or Parquet", file=str(path),
        )])  # fmt: skip
    if not path.stat().st_size:
        raise LinkageError([_empty(path)])
    try:
        return pl.read_parquet(path) if path.suffix.lower() == ".parquet" else _csv(path)
    except pl.exceptions.PolarsError:
        raise LinkageError([Problem(
            "linkage.file", "文件损坏或格式不对", "the file is damaged or of another format",
            "重新导出为 CSV 或 Parquet", "export it again as CSV or Parquet", file=str(path),
        )]) from None  # fmt: skip


def read_keyed(path: Path, key: str) -> pl.DataFrame:
    """The table in a file whose rows each have a key of their own; empty lines are left out.

    Raises:
        LinkageError: as for :func:`read_table`; the key's column is missing, or keys are empty or given twice, each with its row.
        OSError: it cannot be read.
    """
    table = read_table(path)
    first = 1 if path.suffix.lower() == ".parquet" else 2 + _lines_above(path)
    numbered = table.select(
        rows=pl.int_range(first, first + table.height), filled=pl.any_horizontal(pl.all().is_not_null())
    )
    table, rows = table.filter(numbered["filled"]), numbered["rows"].filter(numbered["filled"])
    if key not in table.columns:
        raise LinkageError([missing_column(table, key, read_config().kinds(), str(path))])
    if problems := list(key_problems(table[key], rows, str(path))):
        raise LinkageError(problems)
    return table


def _csv(path: Path) -> pl.DataFrame:
    try:
        text = decode(path.read_bytes())
    except EncodingError as error:
        raise LinkageError([error.problem(str(path))]) from None
    if not text.strip():
        raise LinkageError([_empty(path)])
    return pl.read_csv(text.encode(), infer_schema=False)


def _lines_above(path: Path) -> int:
    """How many empty lines stand above the heading of a CSV, whose encoding is read."""
    count = 0
    with path.open("rb") as file:
        for line in file:
            if line.removeprefix(b"\xef\xbb\xbf").strip(b"\r\n"):
                break
            count += 1
    return count


def _empty(path: Path) -> Problem:
    return Problem(
        "linkage.empty", "文件是空的", "the file is empty",
        "写入表头和各行", "write its heading and rows", file=str(path),
    )  # fmt: skip
