"""What is wrong with a register: whole files, single rows, and the households set aside for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from doudi.facts.register import SAME_HOUSEHOLD, Register, read_register
from doudi.rules.errors import FactError, Problem
from tests.facts.registers import ON, Tables, good, write


def refused(path: Path) -> list[Problem]:
    with pytest.raises(FactError) as caught:
        read_register(path, ON)
    return list(caught.value.problems)


def read(folder: Path, tables: Tables, form: str = "csv") -> Register:
    register = read_register(write(folder, tables, form), ON)
    entities = {"households": "household", "persons": "person", "supporters": "supporter", "assets": "asset",
                "expenses": "expense", "holdings": "holding"}  # fmt: skip
    for table, count in register.rows_read.items():
        assert count == register.counts[entities[table]] + register.set_aside[table].height
    for filled in register.facts.values():
        for name, (least, greatest) in filled.bounds.items():
            assert all(least <= value <= greatest for value in filled.values[name]), name
    return register


def reasons(register: Register, table: str) -> list[str]:
    return register.set_aside[table]["错误"].to_list()


def changed(table: str, row: int, **values: Any) -> Tables:
    tables = good()
    tables[table][row].update(values)
    return tables


def test_all_faults_of_files_at_once(tmp_path: Path) -> None:
    tables = good()
    for row in tables["persons"]:
        row["waage"] = row.pop("wage")
        del row["born"]
    for row in tables["assets"]:
        row["财产种类"] = "cash"
    write(tmp_path, tables)
    (tmp_path / "holdings.csv").write_bytes(b"")
    (tmp_path / "expenses.csv").write_bytes("家庭,kind\n".encode("utf-16"))
    (tmp_path / "supporter.csv").write_text("x\n")
    (tmp_path / "assets.parquet").write_text("no parquet")
    (tmp_path / "households.csv").unlink()
    (tmp_path / "readme.csv").write_text("x\n")
    found = {(problem.code, Path(problem.file or "").name, problem.column) for problem in refused(tmp_path)}
    assert found == {
        ("fact.unknown_column", "persons.csv", "waage"),
        ("fact.missing_column", "persons.csv", "born"),
        ("fact.column_twice", "assets.csv", "财产种类"),
        ("fact.table_twice", "assets.parquet", None),
        ("fact.empty", "holdings.csv", None),
        ("fact.encoding", "expenses.csv", None),
        ("fact.unknown_table", "supporter.csv", None),
        ("fact.missing_table", tmp_path.name, None),
    }


def test_nearest_column_is_named(tmp_path: Path) -> None:
    tables = good()
    for row in tables["persons"]:
        row["waage"] = row.pop("wage")
    assert [problem.remedy_en for problem in refused(write(tmp_path, tables))] == ["did you mean wage"]


@pytest.mark.parametrize("name", ["persons.parquet", "persons.xlsx"])
def test_files_that_are_not_what_they_say(tmp_path: Path, name: str) -> None:
    write(tmp_path, good())
    (tmp_path / "persons.csv").unlink()
    (tmp_path / name).write_text("nothing of the kind")
    assert [problem.code for problem in refused(tmp_path)] == ["fact.syntax"]


def test_no_rows_and_ragged_rows(tmp_path: Path) -> None:
    write(tmp_path, good())
    (tmp_path / "households.csv").write_text("household_id,area\n")
    (tmp_path / "persons.csv").write_text(
        "person_id,household_id,relation,born\nP1,H1,head,1950-01-01\nP2,H1,child,1990-01-01,9\n"
    )
    assert [(problem.code, problem.row) for problem in refused(tmp_path)] == [
        ("fact.ragged", 3),
        ("fact.empty", None),
    ]


def test_types_that_are_not_read(tmp_path: Path) -> None:
    write(tmp_path, good(), "parquet")
    persons = pl.read_parquet(tmp_path / "persons.parquet")
    persons.with_columns(wage=pl.lit([1.0]), pension=pl.lit(1.0, dtype=pl.Float32)).write_parquet(
        tmp_path / "persons.parquet"
    )
    assert {(problem.code, problem.column) for problem in refused(tmp_path)} == {
        ("fact.column_type", "wage"), ("fact.column_type", "pension"),
    }  # fmt: skip


def test_no_register(tmp_path: Path) -> None:
    assert [problem.code for problem in refused(tmp_path / "none")] == ["fact.no_register"]
    (tmp_path / "persons.csv").write_text("x")
    assert [problem.code for problem in refused(tmp_path / "persons.csv")] == ["fact.file_type"]
    book = openpyxl.Workbook()
    book.active.title = "person"
    book.save(tmp_path / "register.xlsx")
    assert [problem.code for problem in refused(tmp_path / "register.xlsx")] == [
        "fact.unknown_table", "fact.missing_table", "fact.missing_table",
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
@pytest.mark.parametrize(
    ("table", "row", "values", "code", "column"),
    [
        ("persons", 1, {"wage": "abc"}, "fact.type", "wage"),
        ("persons", 1, {"wage": "-5"}, "fact.negative", "wage"),
        ("persons", 1, {"wage": "1.005"}, "fact.decimals", "wage"),
        ("persons", 1, {"wage": "999999999999"}, "fact.absurd", "wage"),
        ("persons", 1, {"relation": "cousin"}, "fact.code", "relation"),
        ("persons", 1, {"relation": "head"}, "fact.two_heads", "relation"),
        ("persons", 0, {"relation": "child"}, "fact.no_head", "household_id"),
        ("persons", 1, {"born": "1950-02-30"}, "fact.type", "born"),
        ("persons", 1, {"born": "1650-02-03"}, "fact.absurd", "born"),
        ("persons", 1, {"born": "2026-08-02"}, "fact.not_born", "born"),
        ("supporters", 0, {"born": "2099-01-01"}, "fact.not_born", "born"),
        ("persons", 1, {"person_id": "P1"}, "fact.duplicate_id", "person_id"),
        ("persons", 1, {"person_id": ""}, "fact.missing", "person_id"),
        ("supporters", 0, {"family_size": "0"}, "fact.absurd", "family_size"),
        ("assets", 0, {"kind": "yacht"}, "fact.code", "kind"),
        ("assets", 0, {"person_id": "P9"}, "fact.dangling", "person_id"),
        ("holdings", 0, {"monthly": "-300"}, "fact.negative", "monthly"),
        ("households", 0, {"area": "suburb"}, "fact.code", "area"),
    ],
)
def test_a_bad_row_sets_its_household_aside(
    tmp_path: Path, form: str, table: str, row: int, values: dict[str, str], code: str, column: str
) -> None:
    register = read(tmp_path, changed(table, row, **values), form)
    assert register.ids["household"].to_list() == ["H2"]
    assert register.counts == {
        "household": 1,
        "person": 1,
        "supporter": 0,
        "asset": 0,
        "expense": 1,
        "holding": 0,
    }
    assert code in register.problem_counts
    first = next(problem for problem in register.problems if problem.code == code)
    assert first.column == column
    assert first.remedy_zh
    if code not in ("fact.no_head", "fact.duplicate_id", "fact.two_heads"):
        assert first.row == row + (1 if form == "parquet" else 2)
        assert column in reasons(register, table)[row]
    others = [reason for name in register.set_aside for reason in reasons(register, name)]
    assert SAME_HOUSEHOLD in others


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"household_id": "H9", "person_id": "P3"}, "household_id"),
        ({"household_id": "", "person_id": "P3"}, "household_id"),
        ({"household_id": "H1", "person_id": "P3"}, "person_id"),
    ],
)
@pytest.mark.parametrize("table", ["assets", "expenses", "holdings"])
def test_a_row_under_a_wrong_household_sets_that_of_its_owner_aside(
    tmp_path: Path, table: str, values: dict[str, str], column: str
) -> None:
    register = read(tmp_path, changed(table, 0, **values))
    assert [(problem.row, problem.column) for problem in register.problems] == [(2, column)]
    left = ["H1"] if column == "household_id" else []
    assert register.ids["household"].to_list() == left
    assert SAME_HOUSEHOLD in reasons(register, "persons")


def test_who_is_born_on_the_day_counts(tmp_path: Path) -> None:
    born = changed("persons", 1, born="2026-08-01")
    assert read(tmp_path, born).counts["household"] == 2
    later = read(tmp_path, changed("persons", 1, born="2026-08-03"))
    assert [(problem.value, problem.row) for problem in later.problems] == [("2026-08-03", 3)]


def test_a_member_in_two_households(tmp_path: Path) -> None:
    register = read(tmp_path, changed("persons", 2, person_id="P1"))
    assert register.counts["household"] == 0
    assert register.problem_counts == {"fact.two_households": 2}


def test_a_household_twice(tmp_path: Path) -> None:
    register = read(tmp_path, changed("households", 1, household_id="H1"))
    assert register.problem_counts == {"fact.duplicate_id": 2, "fact.dangling": 2}
    assert register.counts["household"] == 0


def test_rows_that_belong_to_nobody(tmp_path: Path) -> None:
    tables = good()
    tables["supporters"].append(
        {"person_id": "P9", "relation": "child", "family_size": "1", "family_income": "1"}
    )
    tables["assets"].append({"household_id": "H9", "kind": "cash", "value": "1", "person_id": ""})
    tables["persons"].append(
        {"person_id": "P9x", "household_id": "H9", "relation": "head", "born": "1990-01-01", "wage": "1"}
    )
    register = read(tmp_path, tables)
    assert register.counts["household"] == 2
    assert register.problem_counts == {"fact.dangling": 3}
    assert [register.set_aside[name].height for name in ("persons", "supporters", "assets")] == [1, 1, 1]


def test_too_many_members(tmp_path: Path) -> None:
    tables = good()
    for number in range(100):
        tables["persons"].append(
            {
                "person_id": f"Q{number}",
                "household_id": "H1",
                "relation": "child",
                "born": "1990-01-01",
                "wage": "1",
            }
        )
    register = read(tmp_path, tables)
    assert register.problem_counts == {"fact.too_many": 102}
    assert register.ids["household"].to_list() == ["H2"]


def test_several_faults_of_one_row_stand_beside_it(tmp_path: Path) -> None:
    register = read(tmp_path, changed("persons", 1, wage="-5", born="x"))
    reason = reasons(register, "persons")[1]
    assert "wage：" in reason
    assert "born：" in reason
    assert len(register.problems) == 2


def test_only_the_first_thousand_are_told_and_all_are_counted(tmp_path: Path) -> None:
    tables = good()
    tables["expenses"] = [{"household_id": "H1", "kind": "x", "amount": "1"} for _ in range(1_500)]
    register = read(tmp_path, tables)
    assert register.problem_counts == {"fact.code": 1_500, "fact.too_many": 1_500}
    assert len(register.problems) == 1_000


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet", "workbook"])
def test_what_is_set_aside_can_be_mended_and_read_again(tmp_path: Path, form: str) -> None:
    register = read(tmp_path / "in", changed("persons", 1, wage="-5"), form)
    paths = register.write_set_aside(tmp_path / "out")
    suffix = ".xlsx" if form in ("xlsx", "workbook") else f".{form}"
    assert sorted(path.name for path in paths) == sorted(
        f"{name}{suffix}" for name in ("households", "persons", "supporters", "assets", "holdings")
    )
    again = read_register(tmp_path / "out", ON)
    assert again.counts["household"] == 0
    assert again.problem_counts == register.problem_counts
    assert again.set_aside["persons"].columns == register.set_aside["persons"].columns


def test_nothing_set_aside_writes_nothing(tmp_path: Path) -> None:
    register = read(tmp_path / "in", good())
    assert register.write_set_aside(tmp_path / "out") == []
    assert not (tmp_path / "out").exists()


def test_messages_carry_no_ids(tmp_path: Path) -> None:
    tables = changed("persons", 1, wage="330102199001011234", person_id="P1")
    register = read(tmp_path, tables)
    told = " ".join(problem.sentence() + problem.sentence("en") for problem in register.problems)
    assert "33010219900101" not in told
    assert "P1" not in told.replace(str(tmp_path), "")
