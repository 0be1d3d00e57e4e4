"""The folder that ``doudi converge`` wrote, read and checked before anything of it is stored."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from doudi.convergence.classes import COLUMNS, PLACED, REASONS
from doudi.convergence.survey import TASKS
from doudi.rules.errors import Problem, Problems
from doudi.web.convergence.errors import TakingError

PERSONS, VISITS, SUMMARY = "persons.parquet", "tasks.parquet", "summary.json"
FILES = (PERSONS, VISITS, SUMMARY)
MOST = 1_000_000
"""Rows of a file; a county has fewer."""
_UNREVIEWED = ("proposed", "settled")


@dataclass(frozen=True, slots=True)
class Result:
    """A result: ``persons`` without repeated rows, the ``visits`` of the merged survey; ``before``: visits of two surveys apart."""

    county: str
    day: date
    period: str
    rows: dict[str, int]
    persons: pl.DataFrame
    visits: pl.DataFrame
    before: int
    content: str


def read(folder: Path) -> Result:
    """Read a result.

    Raises:
        TakingError: files are missing, were not written by the command, or hold opinions given outside.
    """
    problems = Problems()
    for name in FILES:
        if not (folder / name).exists():
            problems.add(Problem("converge.file", f"缺少文件 {name}", f"the file {name} is missing",
                                 "选齐 doudi converge 写出的三个文件", "choose all three files that doudi converge wrote"))  # fmt: skip
    problems.raise_as(TakingError)
    persons = _table(folder / PERSONS, [column.name for column in COLUMNS] + ["state"])
    visits = _table(folder / VISITS, list(TASKS))
    told = _summary(folder / SUMMARY)
    _check(persons)
    digest = hashlib.sha256(b"".join((folder / name).read_bytes() for name in FILES)).hexdigest()
    return Result(
        str(told["region"])[:6], date.fromisoformat(told["date"]), str(told["period"] or "")[:20], told["rows"],
        persons.filter(pl.col("place") != "repeated"), visits, int(told["visits"]["before"]), digest,
    )  # fmt: skip


def _table(path: Path, columns: list[str]) -> pl.DataFrame:
    try:
        found = pl.scan_parquet(path)
        if found.select(pl.len()).collect().item() <= MOST:
            return found.select(columns).collect()
    except (pl.exceptions.PolarsError, OSError, ValueError):
        pass
    raise TakingError([_not_ours(path.name)])


def _summary(path: Path) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(path.read_text("utf-8"))
        date.fromisoformat(told["date"])
        int(told["visits"]["before"])
        if not all(isinstance(number, int) for number in told["rows"].values()):
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError):
        raise TakingError([_not_ours(path.name)]) from None
    return told


def _check(persons: pl.DataFrame) -> None:
    """The codes are known ones, and nobody has spoken outside."""
    problems = Problems()
    for column, known in (("place", [*PLACED, "repeated"]), ("reason", list(REASONS.codes))):
        strange = persons.filter(~pl.col(column).is_in(known) | pl.col(column).is_null()).height
        if strange:
            problems.add(_not_ours(f"{PERSONS}: {column}"))
    if not persons["row_id"].is_unique().all():
        problems.add(_not_ours(f"{PERSONS}: row_id"))
    said = persons.filter(~pl.col("state").is_in(_UNREVIEWED)).height
    if said:
        problems.add(Problem(
            "converge.reviewed", f"{said} 人已有线下意见", f"{said} persons have opinions given outside",
            "接收没有 --opinions 的结果，在这里审核", "take in a result without --opinions, and review it here", file=PERSONS,
        ))  # fmt: skip
    problems.raise_as(TakingError)


def _not_ours(name: str) -> Problem:
    return Problem("converge.syntax", "不是 doudi converge 写的文件", "not written by doudi converge",
                   "重新运行 doudi converge", "run doudi converge again", value=name)  # fmt: skip
