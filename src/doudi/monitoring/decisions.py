"""Standing decisions read from a file of an office: CSV with Chinese or English headings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from doudi.facts.decoding import EncodingError, decode
from doudi.monitoring.catalogue import catalogue
from doudi.monitoring.errors import MonitoringError
from doudi.monitoring.nights import DECISIONS, EVERY
from doudi.rules.errors import Problem, Problems, nearest

HEADINGS = {
    "indicator": "指标", "subject_id": "对象编号", "reason": "理由", "decided_by": "决定人", "decided_on": "决定日期", "until": "截止日期",
}  # fmt: skip
_DAYS = ("decided_on", "until")


def read_decisions(path: Path) -> pl.DataFrame:
    """The decisions of a file, with the columns of :data:`DECISIONS`.

    Raises:
        MonitoringError: with every fault, each with its row.
        OSError: it cannot be read.
    """
    problems = Problems()
    rows = _rows(path, problems)
    found = [_row(row, place, str(path), problems) for place, row in enumerate(rows, start=2)]
    problems.raise_as(MonitoringError)
    return pl.DataFrame(found, schema=dict(DECISIONS), orient="row")


def _rows(path: Path, problems: Problems) -> list[dict[str, str]]:
    try:
        table = pl.read_csv(decode(path.read_bytes()).encode(), infer_schema=False)
    except EncodingError as error:
        problems.add(error.problem(str(path)))
        return []
    except pl.exceptions.PolarsError:
        problems.add(
            Problem(
                "decision.syntax",
                "不是有效的 CSV",
                "not a valid CSV",
                "重新导出",
                "export it again",
                file=str(path),
            )
        )
        return []
    named = {**{zh: name for name, zh in HEADINGS.items()}, **{name: name for name in HEADINGS}}
    there = {named[column.strip()]: column for column in table.columns if column.strip() in named}
    for name in HEADINGS.keys() - there.keys():
        problems.add(Problem(
            "decision.column", f"缺少“{HEADINGS[name]}”列", f"the column {name} is missing", "补上这一列", "add it", file=str(path),
        ))  # fmt: skip
    if problems.found:
        return []
    rows = table.select(
        pl.col(column).fill_null("").str.strip_chars().alias(name) for name, column in there.items()
    )
    return rows.to_dicts()


def _row(row: dict[str, str], place: int, file: str, problems: Problems) -> dict[str, object]:
    found: dict[str, object] = {name: row[name] for name in DECISIONS}
    known = catalogue().indicators
    if row["indicator"] != EVERY and row["indicator"] not in known:
        near = nearest(row["indicator"], known)
        problems.add(Problem(
            "decision.indicator", "没有这个指标", "no such indicator", f"相近的：{near}，全部写 *", f"did you mean {near}; * is all",
            file=file, row=place, column="indicator", value=row["indicator"],
        ))  # fmt: skip
    for name in ("subject_id", "reason", "decided_by"):
        if not row[name]:
            problems.add(Problem(
                "decision.missing", f"没有写{HEADINGS[name]}", f"{name} is missing", "补写", "write it", file=file, row=place, column=name,
            ))  # fmt: skip
    for name in _DAYS:
        try:
            found[name] = date.fromisoformat(row[name])
        except ValueError:
            problems.add(Problem(
                "decision.day", "不是有效日期", "not a valid date", "写成 2026-08-01", "write it like 2026-08-01",
                file=file, row=place, column=name, value=row[name],
            ))  # fmt: skip
    return found
