"""The workbook opens and says what the tables say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from doudi.assessment import run
from doudi.assessment.results import DETERMINATIONS
from doudi.assessment.run import RunResult, run_register
from doudi.assessment.workbook import SHEETS, WIDTHS
from doudi.population import generate, write

DAY = date(2026, 8, 1)
LABELS = {column.name: column.zh for column in DETERMINATIONS}


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    folder = tmp_path_factory.mktemp("register")
    tables = generate(400, seed=5)
    households = tables["households"].with_columns(village=pl.lit("=1+1"))
    write({**tables, "households": households}, folder)
    return run_register(folder, "999901", DAY, folder / "out", files=("workbook",))


def test_households_are_those_of_the_table(result: RunResult) -> None:
    book = openpyxl.load_workbook(result.written["workbook"][0], read_only=True)
    assert tuple(book.sheetnames) == SHEETS
    rows = list(book["认定结果"].iter_rows(values_only=True))
    assert list(rows[0]) == [LABELS[name] for name in WIDTHS]
    frame = result.results.determinations.select(*WIDTHS)
    assert len(rows) - 1 == frame.height
    for shown, row in zip(rows[1:], frame.iter_rows(), strict=True):
        padded = [*shown, *[None] * (len(row) - len(shown))]
        for cell, value in zip(padded, row, strict=True):
            if isinstance(value, bool):
                value = "是" if value else "否"
            assert cell == (float(value) if value is not None and not isinstance(value, str) else value)


def test_ids_are_text_and_no_text_is_a_formula(result: RunResult) -> None:
    sheet = openpyxl.load_workbook(result.written["workbook"][0])["认定结果"]
    assert sheet.freeze_panes == "B2"
    assert all(sheet.cell(row, 1).data_type in ("s", "inlineStr") for row in range(2, 12))
    assert sheet.cell(2, 1).number_format == "@"
    assert sheet.cell(2, 2).value == "=1+1"
    assert sheet.cell(2, 2).data_type != "f"


def test_the_summary_says_the_same(result: RunResult) -> None:
    sheet = openpyxl.load_workbook(result.written["workbook"][0])["汇总"]
    found: dict[str, list[object]] = {}
    for row in sheet.iter_rows(values_only=True):
        found.setdefault(str(row[0]), list(row[1:]))
    for tier in result.summary.tiers:
        assert found[tier.zh][:2] == [tier.households, tier.persons]
    assert found["合计"][:3] == [
        result.summary.total.households,
        result.summary.total.monthly,
        result.summary.total.yearly,
    ]


def test_a_register_too_large_gets_a_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "MOST_IN_WORKBOOK", 10)
    write(generate(60, seed=5), tmp_path / "r")
    result = run_register(tmp_path / "r", "999901", DAY, tmp_path / "out", files=("workbook",))
    assert [note.code for note in result.notes] == ["run.no_workbook"]
    assert not (tmp_path / "out" / "determinations.xlsx").exists()


def test_progress_is_told_of_the_rows(tmp_path: Path) -> None:
    write(generate(60, seed=5), tmp_path / "r")
    told: list[tuple[str, int, int]] = []
    result = run_register(
        tmp_path / "r", "999901", DAY, tmp_path, progress=lambda *what: told.append(what), files=("workbook",)
    )
    height = result.results.determinations.height
    assert ("写工作簿", height, height) in told


def test_an_interrupted_run_leaves_no_workbook_cut_off(tmp_path: Path) -> None:
    write(generate(60, seed=5), tmp_path / "r")

    def interrupt(step: str, done: int, total: int) -> None:
        if step == "写工作簿":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_register(tmp_path / "r", "999901", DAY, tmp_path / "out", progress=interrupt)
    there = {path.name for path in (tmp_path / "out").iterdir()}
    assert "determinations.xlsx" not in there
    assert "report.html" not in there
    assert not [name for name in there if name.endswith(".making")]


def test_where_one_table_cannot_be_written_none_is_left_and_the_next_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(generate(60, seed=5), tmp_path / "r")
    monkeypatch.setattr(run.Results, "determinations", property(_full))
    with pytest.raises(OSError, match="No space left"):
        run_register(tmp_path / "r", "999901", DAY, tmp_path / "out", files=("tables",))
    monkeypatch.undo()
    assert list((tmp_path / "out").iterdir()) == []
    assert run_register(tmp_path / "r", "999901", DAY, tmp_path / "out", files=("tables",)).written["tables"]


def _full(results: object) -> None:
    raise OSError(28, "No space left on device")
