"""Tables from files: Parquet or CSV (UTF-8 or GB 18030); id numbers and dates of CSV stay text."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from doudi.linkage.errors import LinkageError
from doudi.rules.errors import Problem


def read_table(path: Path) -> pl.DataFrame:
    """The table in a file.

    Raises:
        LinkageError: it is neither Parquet nor CSV, or is damaged.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        file.read(1)
    try:
        if path.suffix.lower() == ".parquet":
            return pl.read_parquet(path)
        if path.suffix.lower() == ".csv":
            return pl.read_csv(path, infer_schema=False, encoding=_encoding(path))
    except (pl.exceptions.PolarsError, UnicodeError):
        raise LinkageError([Problem(
            "linkage.file", "文件损坏或格式不对", "the file is damaged or of another format",
            "重新导出为 CSV 或 Parquet", "export it again as CSV or Parquet", file=str(path),
        )]) from None  # fmt: skip
    raise LinkageError([Problem(
        "linkage.file_kind", "只能读 .parquet 和 .csv", "only .parquet and .csv can be read",
        "另存为 CSV 或 Parquet", "save as CSV or Parquet", file=str(path),
    )])  # fmt: skip


def _encoding(path: Path) -> str:
    try:
        path.read_text("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf8"
