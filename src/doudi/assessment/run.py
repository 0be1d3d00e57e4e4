"""A whole register under the law of its place and day: read, assessed, and laid down as tables, workbook and report."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from doudi.assessment.register_law import RegisterLaw, law_as_shipped
from doudi.assessment.register_sweep import BLOCK, Findings
from doudi.assessment.results import Results
from doudi.assessment.statute import Statute, law_of
from doudi.facts.register import Register, read_register
from doudi.facts.vocabulary import Vocabulary
from doudi.rules.errors import FactError, Problem
from doudi.rules.files import foreign, put_text, put_whole

if TYPE_CHECKING:
    from doudi.assessment.summary import Summary

Progress = Callable[[str, int, int], None]
"""Told the step (Chinese), how much of it is done, and how much there is: households, or rows of the workbook."""

TABLES = ("determinations", "persons", "tests")
ALL_FILES = ("tables", "summary", "workbook", "report")
OUTPUTS = (*(f"{name}.parquet" for name in TABLES), "summary.json", "determinations.xlsx", "report.html")
SET_ASIDE = "set_aside"
"""The folder, inside that of the results, for rows at fault."""

_FORMS = ("parquet", "csv", "xlsx")

ROWS = 65_536
"""Rows that are written together: few enough that a column of them stays in the cache while it is squeezed."""

MOST_IN_WORKBOOK = 300_000
"""Households; a larger register gets a note in place of the workbook."""


@dataclass(frozen=True)
class RunResult:
    """A register assessed. ``written`` are the files laid down, by kind; ``notes`` what was left out and why."""

    register: Register
    statute: Statute
    findings: Findings
    results: Results
    out: Path
    written: Mapping[str, tuple[Path, ...]]
    notes: tuple[Problem, ...]

    @property
    def had_set_aside(self) -> bool:
        """Whether rows at fault were set aside: the command then ends with 1."""
        return any(frame.height for frame in self.register.set_aside.values())

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """Rows read, assessed and set aside, by table; read is always the sum of the others."""
        found = {}
        for table, read in self.register.rows_read.items():
            aside = self.register.set_aside[table].height
            found[table] = {"read": read, "assessed": read - aside, "set_aside": aside}
        return found

    @cached_property
    def summary(self) -> Summary:
        """The numbers of the whole register."""
        from doudi.assessment.summary import Summary

        return Summary.of(self.register, self.findings, self.results)


def run_register(
    path: str | Path,
    region: str,
    day: date,
    out: str | Path,
    settings: Mapping[str, str] | None = None,
    overlay: Path | None = None,
    progress: Progress | None = None,
    *,
    files: tuple[str, ...] = ALL_FILES,
    block: int = BLOCK,
) -> RunResult:
    """Assess every household of the register at ``path`` and write into the folder ``out``.

    ``files`` chooses among ``tables`` (determinations, persons and tests as Parquet), ``summary`` (JSON), ``workbook``
    (XLSX) and ``report`` (HTML). Rows at fault are always written, to ``set_aside``. ``block`` is how many households are
    worked on at a time.

    What an earlier run left in ``out`` is removed. Each file appears under its name when it is whole.

    Raises:
        FactError: the register cannot be read, or it or other tables lie in ``out``. RegionError, ParameterError, LawError: the law cannot be
            had.
    """
    folder = _apart(Path(out), Path(path))
    statute = law_of(region, day, settings=settings, overlay=overlay)
    with ThreadPoolExecutor(1) as beside:
        changed = bool(settings) or overlay is not None
        law = (
            beside.submit(RegisterLaw.of, statute) if changed else beside.submit(law_as_shipped, region, day)
        )
        register = read_register(path, day)
    results = Results.of(register, law.result(), block, _of_households(register, progress))
    written: dict[str, tuple[Path, ...]] = {}
    result = RunResult(register, statute, results.findings, results, folder, written, _notes(register, files))
    with ThreadPoolExecutor(1) as beside:
        _write(result, files, written, progress, beside.submit(_prepare, folder))
    _check(register, results)
    return result


def _apart(out: Path, register: Path) -> Path:
    """The folder for the results, where no table of the register may lie: those have the same names."""
    if register.resolve() in (out.resolve(), (out / SET_ASIDE).resolve()):
        problem = Problem(
            "run.out_holds_register", "登记册就在结果文件夹里，会被覆盖", "the register lies where the results go",
            "把登记册移到别处，或换一个结果文件夹", "move the register or choose another folder", file=str(register),
        )  # fmt: skip
        raise FactError([problem])
    tables = [f"{table}.{form}" for table in ("households", "persons") for form in _FORMS]
    own = "persons.parquet" if (out / f"{TABLES[0]}.parquet").exists() else ""
    others = [name for name in tables if name != own and (out / name).exists()]
    if others:
        raise FactError([foreign(out, others)])
    return out


def _prepare(out: Path) -> None:
    """Make the folder, without the results of an earlier run."""
    out.mkdir(parents=True, exist_ok=True)
    tables = [entity.table for entity in Vocabulary.load().entities.values()]
    aside = [out / SET_ASIDE / f"{table}.{form}" for table in tables for form in _FORMS]
    for path in (*(out / name for name in OUTPUTS), *aside):
        path.unlink(missing_ok=True)


def _of_households(register: Register, progress: Progress | None) -> Callable[[int], None] | None:
    if progress is None:
        return None
    done, total = 0, register.counts["household"]

    def tell(households: int) -> None:
        nonlocal done
        done += households
        progress("审核家庭", done, total)

    return tell


def _check(register: Register, results: Results) -> None:
    """Every household and every person read is assessed or set aside."""
    for table, frame in (
        ("households", results.determinations),
        ("households", results.tests),
        ("persons", results.persons),
    ):
        aside = register.set_aside[table].height
        if register.rows_read[table] != frame.height + aside:
            raise AssertionError(
                f"{table}: {register.rows_read[table]} read, {frame.height} assessed, {aside} set aside"
            )


def _notes(register: Register, files: tuple[str, ...]) -> tuple[Problem, ...]:
    if "workbook" not in files or register.counts["household"] <= MOST_IN_WORKBOOK:
        return ()
    most = f"{MOST_IN_WORKBOOK:,}"
    return (
        Problem(
            "run.no_workbook", f"超过 {most} 户，未写 XLSX", f"more than {most} households: no XLSX was written",
            "使用 determinations.parquet", "use determinations.parquet", value=str(register.counts["household"]),
        ),
    )  # fmt: skip


def _write(
    result: RunResult,
    files: tuple[str, ...],
    written: dict[str, tuple[Path, ...]],
    progress: Progress | None,
    prepared: Future[None],
) -> None:
    if "tables" in files:
        written["tables"] = _write_tables(result.results, result.out, prepared)
    prepared.result()
    written["set_aside"] = tuple(result.register.write_set_aside(result.out / SET_ASIDE))
    if "summary" in files:
        path = result.out / "summary.json"
        put_text(path, json.dumps(summary_data(result), ensure_ascii=False, indent=2) + "\n")
        written["summary"] = (path,)
    if "workbook" in files and not result.notes:
        from doudi.assessment.workbook import write_workbook

        written["workbook"] = (write_workbook(result, result.out / "determinations.xlsx", progress),)
    if "report" in files:
        from doudi.assessment.report import write_report

        written["report"] = (write_report(result, result.out / "report.html"),)


def _write_tables(results: Results, folder: Path, prepared: Future[None]) -> tuple[Path, ...]:
    """Make the tables and write them, two at a time, once the folder is prepared; all of them or none."""
    paths = tuple(folder / f"{name}.parquet" for name in TABLES)

    def write(path: Path) -> None:
        frame: pl.DataFrame = getattr(results, path.stem)
        prepared.result()
        with put_whole(path) as making:
            frame.write_parquet(making, compression="lz4", statistics=False, row_group_size=ROWS)

    try:
        with ThreadPoolExecutor(2) as threads:
            list(threads.map(write, sorted(paths, key=lambda path: path.stem == "persons")))
    except BaseException:
        for path in paths:
            path.unlink(missing_ok=True)
        raise
    return paths


def summary_data(result: RunResult) -> dict[str, Any]:
    """What ``summary.json`` holds."""
    return {
        "region": {"code": result.statute.resolved.region.code, "zh": result.statute.resolved.region.zh},
        "date": result.statute.day.isoformat(),
        "counts": result.counts,
        **result.summary.as_data(),
        "notices": [problem.as_data() for problem in (*result.register.notices, *result.notes)],
        "problems": dict(result.register.problem_counts),
    }
