"""What the county gets: tables, report, workbook, the file of opinions, marks, household files, visits and sheets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from doudi.assessment.outreach import REGISTER
from doudi.convergence.case_files import is_case_file, write_case_files
from doudi.convergence.errors import ConvergenceError
from doudi.convergence.marks import marks_of
from doudi.convergence.opinions import opinions_csv, read_opinions, review_data
from doudi.convergence.receiving import JOURNAL
from doudi.convergence.report import report_of
from doudi.convergence.run import Converged
from doudi.convergence.sheet import sheet_of
from doudi.convergence.workbook import write_workbook
from doudi.documents import to_html, to_pdf
from doudi.rules.errors import Problem
from doudi.rules.files import foreign, not_ours, put_text, put_whole

RECEIVED, CASES, SHEETS = "received", "cases", "sheets"
REVIEW = "review.csv"
FILES = (
    "converge.xlsx", REVIEW, "review.json", "summary.json", "persons.parquet", "candidates.parquet", "marks.parquet",
    "tasks.parquet",
)  # fmt: skip


def write(
    found: Converged, out: Path, opinions: Path | None = None, pdf: bool = False
) -> dict[str, list[Path]]:
    """Write everything into ``out`` and return the paths by kind. Opinions that people wrote there are never written over: name that file
    as ``opinions`` (those of ``found``) to go on with it. ``pdf``: the report also as PDF.

    Raises:
        ConvergenceError: the folder holds opinions that were not read.
        DocumentError: the PDF cannot be set here.
        OSError: it cannot be written.
    """
    refuse_lost_opinions(found, out, opinions)
    out.mkdir(parents=True, exist_ok=True)
    write_tables(found, out)
    _table(out / "candidates.parquet", found.matched.candidates)
    _table(out / "marks.parquet", marks_of(found.rows, found.law.day))
    put_text(out / "review.json", _json(review_data(found.rows, found.opinions)))
    put_text(out / REVIEW, opinions_csv(found.rows, found.opinions))
    put_text(out / "report.html", to_html(report_of(found)))
    if pdf:
        _bytes(out / "report.pdf", to_pdf(report_of(found)))
    with put_whole(out / "converge.xlsx") as making:
        write_workbook(found, making)
    new = found.rows.filter(pl.col("place") == "new")["household_id"].drop_nulls().to_list()
    cases = write_case_files(found.evidence / REGISTER, new, out / CASES, found.law.region, found.law.day)
    report = ("report.html", "report.pdf") if pdf else ("report.html",)
    return {"files": [out / name for name in (*report, *FILES)], "cases": cases}


def refuse_foreign_results(out: Path) -> None:
    """Refuse to write over results of others, and to clear household files away that no earlier run made.

    Raises:
        ConvergenceError: the folder holds such files.
    """
    problems = not_ours(out, FILES, ("candidates.parquet", f"{RECEIVED}/{JOURNAL}"))
    others = [path.name for path in (out / CASES).glob("*.yaml") if not is_case_file(path)]
    if others:
        problems.append(foreign(out / CASES, others))
    if problems:
        raise ConvergenceError(problems)


def write_tables(found: Converged, out: Path) -> None:
    """Write what the web application takes in: ``persons.parquet``, ``tasks.parquet`` and ``summary.json``.

    Raises:
        OSError: it cannot be written.
    """
    _table(out / "persons.parquet", found.rows)
    _table(out / "tasks.parquet", found.survey.tasks)
    put_text(out / "summary.json", _json(found.summary))


def refuse_lost_opinions(found: Converged, out: Path, opinions: Path | None) -> None:
    """Refuse to write over opinions that were not read.

    Raises:
        ConvergenceError: the folder holds such opinions, or a file of opinions that belongs to another list.
    """
    there = out / REVIEW
    if not there.exists() or (opinions is not None and opinions.resolve() == there.resolve()):
        return
    try:
        said = read_opinions(there, found.rows, found.law.day)
    except ConvergenceError:
        said = {"": ()}
    unread = {row for row, each in said.items() if (each or not row) and found.opinions.get(row, ()) != each}
    if unread:
        raise ConvergenceError([Problem(
            "converge.opinions_there", "文件夹里的 review.csv 有尚未读入的意见，会被覆盖",
            "review.csv in the folder holds opinions that were not read",
            "用 --opinions 指明它，或换一个文件夹", "name it with --opinions, or choose another folder", file=str(there),
        )])  # fmt: skip


def write_sheets(found: Converged, out: Path, village: str | None = None, pdf: bool = False) -> list[Path]:
    """Write a survey sheet for each visit (of one ``village``, or of all) into ``out/sheets``, as HTML and with ``pdf`` also as PDF.

    Raises:
        DocumentError: the PDF cannot be set here.
        OSError: it cannot be written.
    """
    folder = out / SHEETS
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, document in _sheets(found, village):
        page = folder / f"{name}.html"
        put_text(page, to_html(document))
        written.append(page)
        if pdf:
            _bytes(page.with_suffix(".pdf"), to_pdf(document))
            written.append(page.with_suffix(".pdf"))
    return written


def _sheets(found: Converged, village: str | None) -> Iterator[tuple[str, Any]]:
    members = {
        str(key[0]): part.to_dicts()
        for key, part in found.survey.members.partition_by(
            "task_id", as_dict=True, maintain_order=True
        ).items()
    }
    tasks = found.survey.tasks if village is None else found.survey.tasks.filter(pl.col("village") == village)
    place = found.law.resolved.region.zh
    for number, task in enumerate(tasks.iter_rows(named=True), start=1):
        sheet = sheet_of(task, members.get(task["task_id"], []), place, found.law.day)
        yield f"{number:05d}", sheet


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _table(path: Path, table: pl.DataFrame) -> None:
    with put_whole(path) as making:
        table.write_parquet(making)


def _bytes(path: Path, data: bytes) -> None:
    with put_whole(path) as making:
        making.write_bytes(data)
