"""What files do to a table before any row of it is read: sheets, headings, short rows, cells without a value, spoilt ids."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from doudi.facts.register import read_register
from doudi.rules.errors import Problem
from tests.facts.registers import ON, good, write
from tests.facts.test_register_faults import changed, read, reasons, refused

HEADING = "person_id,household_id,relation,born,wage"
ROWS = ["P1,H1,head,1950-03-02,1560.50", "P2,H1,spouse,1952-03-02,0", "P3,H2,head,1980-01-01,20000"]


def with_persons(folder: Path, text: str) -> Path:
    """A register in CSV whose table of persons is ``text``."""
    write(folder, good())
    (folder / "persons.csv").write_text(text, newline="")
    return folder


def lines(*rows: str) -> str:
    return "\n".join(rows) + "\n"


def book(folder: Path, form: str = "xlsx") -> tuple[Path, openpyxl.Workbook]:
    """A register in XLSX, and the workbook that holds its table of persons."""
    path = write(folder, good(), form)
    return path, openpyxl.load_workbook(path if form == "workbook" else folder / "persons.xlsx")


def told(problems: Any) -> list[tuple[str, int | None, str | None, str | None]]:
    return [(each.code, each.row, each.column, each.value) for each in problems]


def all_text(problems: list[Problem]) -> str:
    return " ".join(each.sentence() + each.sentence("en") + str(each.as_data()) for each in problems)


def test_rows_cut_short_are_refused(tmp_path: Path) -> None:
    text = lines(HEADING, ROWS[0], "P2,H1,spouse", ROWS[2], "P4,H2,child,1990-01-01")
    assert told(refused(with_persons(tmp_path, text))) == [
        ("fact.ragged", 3, None, "3 / 5"),
        ("fact.ragged", 5, None, "4 / 5"),
    ]


@pytest.mark.parametrize("quoted", [False, True])
def test_rows_that_end_in_empty_fields_are_read(tmp_path: Path, quoted: bool) -> None:
    last = '"P3",H2,head,1980-01-01,' if quoted else "P3,H2,head,1980-01-01,"
    register = read_register(with_persons(tmp_path, lines(HEADING, *ROWS[:2], "", last, ",,,,", "")), ON)
    assert register.counts["person"] == 3
    assert not register.problems


def test_many_uneven_rows_are_counted(tmp_path: Path) -> None:
    problems = refused(with_persons(tmp_path, lines(HEADING, *["P1,H1"] * 25)))
    assert [each.row for each in problems] == [*range(2, 22), None]
    assert "5" in problems[-1].zh


@pytest.mark.parametrize(
    ("row", "text"),
    [(3, 'P2,H1,"spouse,1952-03-02,0'), (4, 'P3,H2,head,1980-01-01,"20000'), (1, f'"{HEADING}')],
)
def test_an_open_quote_is_told_with_its_row(tmp_path: Path, row: int, text: str) -> None:
    every = [HEADING, *ROWS]
    every[row - 1] = text
    assert [(each.code, each.row) for each in refused(with_persons(tmp_path, lines(*every)))] == [
        ("fact.quote", row)
    ]


@pytest.mark.parametrize("above", [("", ""), (",,,,", " ,,,,")])
def test_rows_of_csv_are_numbered_as_in_the_file(tmp_path: Path, above: tuple[str, ...]) -> None:
    rows = [ROWS[0], "", '"P2",H1,spouse,1952-03-02,-5', ROWS[2]]
    register = read_register(with_persons(tmp_path, lines(*above, HEADING, "", *rows)), ON)
    assert told(register.problems) == [("fact.negative", 7, "wage", "-5")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_ends_of_lines(tmp_path: Path, end: str) -> None:
    register = read_register(with_persons(tmp_path, end.join([HEADING, *ROWS, ""])), ON)
    assert register.counts["person"] == 3
    assert not register.problems


@pytest.mark.parametrize("form", ["xlsx", "workbook"])
def test_rows_of_a_sheet_are_numbered_as_in_the_file(tmp_path: Path, form: str) -> None:
    path, found = book(tmp_path, form)
    sheet = found["persons"] if form == "workbook" else found.active
    sheet.insert_rows(1, 3)
    sheet.insert_cols(1, 2)
    sheet.insert_rows(6)
    sheet.cell(7, 7).value = "=1+1"
    sheet.cell(8, 7).value = -5
    found.save(path if form == "workbook" else tmp_path / "persons.xlsx")
    register = read_register(path, ON)
    assert [(each.row, each.column) for each in register.problems] == [(7, "wage"), (8, "wage")]


def test_columns_without_a_heading(tmp_path: Path) -> None:
    path, found = book(tmp_path)
    found.active.cell(1, 100).value = " "
    found.save(tmp_path / "persons.xlsx")
    assert read_register(path, ON).counts["person"] == 3
    found.active.cell(2, 100).value = "x"
    found.save(tmp_path / "persons.xlsx")
    assert told(refused(path)) == [("fact.nameless_column", None, "CV", None)]


def test_columns_of_csv_without_a_heading(tmp_path: Path) -> None:
    rows = [f"{row},,x" for row in ROWS]
    assert told(refused(with_persons(tmp_path, lines(f"{HEADING},,", *rows)))) == [
        ("fact.nameless_column", None, "G", None)
    ]
    read_register(with_persons(tmp_path, lines(f"{HEADING},,", *(f"{row},," for row in ROWS))), ON)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_heading_written_twice(tmp_path: Path, form: str) -> None:
    path, found = book(tmp_path)
    if form == "xlsx":
        found.active.cell(1, 6).value = "wage"
        found.save(tmp_path / "persons.xlsx")
    else:
        (tmp_path / "persons.xlsx").unlink()
        (tmp_path / "persons.csv").write_text(lines(f"{HEADING},wage", *(f"{row},1" for row in ROWS)))
    assert told(refused(path)) == [("fact.column_twice", None, "wage", "E、F")]


@pytest.mark.parametrize("ragged", [False, True])
def test_a_missing_heading_line_is_told_once_and_without_people(tmp_path: Path, ragged: bool) -> None:
    person = "610124198001010011,h000001,田顺成,head,1982-06-08"
    problems = refused(with_persons(tmp_path, lines(person, person + ",1" * ragged, person)))
    assert [each.code for each in problems] == ["fact.no_heading"]
    assert "6101" not in all_text(problems)
    assert "田" not in all_text(problems)


def test_a_title_over_the_heading(tmp_path: Path) -> None:
    path, found = book(tmp_path)
    found.active.insert_rows(1)
    found.active.cell(1, 1).value = "王家村低保花名册"
    found.save(tmp_path / "persons.xlsx")
    assert [each.code for each in refused(path)] == ["fact.no_heading"]


def test_a_heading_that_may_be_about_a_person_is_told_by_its_letter(tmp_path: Path) -> None:
    heading = f"{HEADING},王小明,610124 19800101 0011,wagee"
    problems = refused(with_persons(tmp_path, lines(heading, *(f"{row},1,1,1" for row in ROWS))))
    assert told(problems) == [
        ("fact.unknown_column", None, "F", None),
        ("fact.unknown_column", None, "G", None),
        ("fact.unknown_column", None, "wagee", None),
    ]


@pytest.mark.parametrize("second", ["rows", "headless"])
def test_a_table_on_several_sheets_is_refused(tmp_path: Path, second: str) -> None:
    path, found = book(tmp_path)
    other = found.create_sheet("续")
    if second == "rows":
        other.append(HEADING.split(","))
    other.append(["P4", "H2", "child", "2000-01-01", 5])
    found.save(tmp_path / "persons.xlsx")
    assert told(refused(path)) == [("fact.several_sheets", None, None, "Sheet、续")]


def test_empty_sheets_notes_and_charts_beside_a_table(tmp_path: Path) -> None:
    path, found = book(tmp_path)
    found.create_sheet("空表", 0)
    found.create_sheet("说明", 1).append(["每人一行"])
    found.create_chartsheet("图", 2)
    found.save(tmp_path / "persons.xlsx")
    assert read_register(path, ON).counts["person"] == 3


def test_two_sheets_of_one_table_in_a_workbook(tmp_path: Path) -> None:
    path, found = book(tmp_path, "workbook")
    found.create_sheet("成员").append(["x"])
    found.save(path)
    assert told(refused(path)) == [("fact.table_twice", None, None, "persons、成员")]


@pytest.mark.parametrize("value", ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "=1000+2000"])
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("persons", "wage"),
        ("persons", "born"),
        ("persons", "name"),
        ("households", "grace_from"),
        ("households", "applied_on"),
        ("households", "area"),
        ("assets", "person_id"),
        ("assets", "household_id"),
        ("assets", "value"),
    ],
)
def test_cells_without_a_value_set_their_row_aside(
    tmp_path: Path, table: str, column: str, value: str
) -> None:
    tables = good()
    for row in tables[table]:
        row.setdefault(column, "")
    path = write(tmp_path, tables, "xlsx")
    found = openpyxl.load_workbook(tmp_path / f"{table}.xlsx")
    found.active.cell(2, list(tables[table][0]).index(column) + 1).value = value
    found.save(tmp_path / f"{table}.xlsx")
    register = read_register(path, ON)
    shown = "#公式无结果" if value.startswith("=") else value
    assert told(register.problems) == [("fact.cell_error", 2, column, shown)]
    assert register.ids["household"].to_list() == ["H2"]
    assert register.set_aside[table][column][0] == shown
    again = read_register(register.write_set_aside(tmp_path / "out")[0].parent, ON)
    assert again.problem_counts["fact.cell_error"] == 1


def test_a_formula_with_its_result_is_read(tmp_path: Path) -> None:
    path, found = book(tmp_path)
    found.active["E2"] = "=1000+2000"
    found.save(tmp_path / "persons.xlsx")
    kept = tmp_path / "kept.xlsx"
    shutil.move(tmp_path / "persons.xlsx", kept)
    _rewritten(kept, tmp_path / "persons.xlsx", b"<v></v>", b"<v>3000</v>", b"<v />", b"<v>3000</v>")
    kept.unlink()
    register = read_register(path, ON)
    assert register.facts["person"].values["wage"].tolist() == [300_000, 0, 2_000_000]


def _rewritten(source: Path, target: Path, *changes: bytes) -> None:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            for before, after in zip(changes[::2], changes[1::2], strict=True):
                data = data.replace(before, after)
            new.writestr(name, data)


def test_a_last_row_of_formulas_is_not_lost(tmp_path: Path) -> None:
    path, found = book(tmp_path)
    found.active.append(["=A4", "=B4", "=C4", "=D4", "=E4"])
    found.save(tmp_path / "persons.xlsx")
    register = read_register(path, ON)
    assert {each.row for each in register.problems} == {5}
    assert register.rows_read["persons"] == 4


@pytest.mark.parametrize("written", [610124198001010011, 6.10124e17, 1234567890123456])
def test_long_numbers_have_lost_digits(tmp_path: Path, written: float) -> None:
    path, found = book(tmp_path)
    for row in (2, 3):
        found.active.cell(row, 1).value = written
    found.save(tmp_path / "persons.xlsx")
    register = read_register(path, ON)
    codes = register.problem_counts
    assert codes["fact.digits_lost"] == 2
    assert "fact.duplicate_id" not in codes
    assert [(each.row, each.column) for each in register.problems if each.code == "fact.digits_lost"] == [
        (2, "person_id"), (3, "person_id"),
    ]  # fmt: skip
    assert register.ids["household"].to_list() == ["H2"]


def test_long_numbers_written_as_texts_are_ids(tmp_path: Path) -> None:
    tables = good()
    for table in ("persons", "assets", "supporters"):
        for row in tables[table]:
            row["person_id"] = f"61012419800101001{row['person_id'][1:]}"  # type: ignore[index]
    register = read_register(write(tmp_path, tables, "xlsx"), ON)
    assert not register.problems
    assert register.ids["person"][0] == "610124198001010011"


def test_ids_in_scientific_notation_have_lost_digits(tmp_path: Path) -> None:
    register = read(tmp_path, changed("persons", 1, person_id="6.10124E+17"))
    assert register.problem_counts == {"fact.digits_lost": 1, "fact.dangling": 1}
    assert "person_id：编号被表格软件当作数字" in reasons(register, "persons")[1]


@pytest.mark.parametrize("name", ["persons.xlsx", "persons.csv"])
def test_a_folder_under_the_name_of_a_table(tmp_path: Path, name: str) -> None:
    write(tmp_path, good(), name.rpartition(".")[2])
    (tmp_path / name).unlink()
    (tmp_path / name).mkdir()
    assert [each.code for each in refused(tmp_path)] == ["fact.unreadable"]


def test_a_workbook_that_may_not_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, good(), "workbook")

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    assert told(refused(path)) == [("fact.unreadable", None, None, "Permission denied")]


def test_an_error_far_below_in_a_long_sheet_is_told_at_its_row(tmp_path: Path) -> None:
    tables = good()
    for number in range(30_000):
        tables["expenses"].append({"household_id": "H2", "kind": "medical", "amount": f"{number}.25"})
    tables["expenses"][25_000]["amount"] = "#N/A"
    register = read_register(write(tmp_path, tables, "xlsx"), ON)
    assert [each.row for each in register.problems if each.code == "fact.cell_error"] == [25_002]


def test_sheets_whose_tags_have_a_prefix(tmp_path: Path) -> None:
    path, found = book(tmp_path)
    found.active["E3"] = "#N/A"
    found.save(tmp_path / "kept.xlsx")
    with (
        zipfile.ZipFile(tmp_path / "kept.xlsx") as old,
        zipfile.ZipFile(tmp_path / "persons.xlsx", "w") as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            if "worksheets/" in name:
                data = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", data).replace(b" xmlns=", b" xmlns:x=")
            new.writestr(name, data)
    (tmp_path / "kept.xlsx").unlink()
    assert told(read_register(path, ON).problems) == [("fact.cell_error", 3, "wage", "#N/A")]
