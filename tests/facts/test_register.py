"""A register as columns: values, order, links, what is missing, and every form."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from doudi.facts.register import Register, read_register
from doudi.rules.errors import FactError
from tests.facts.registers import ON, good, write

FORMS = ["csv", "xlsx", "parquet", "workbook"]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same(tmp_path: Path, form: str) -> None:
    register = read_register(write(tmp_path, good(), form), ON)
    assert register.counts == {
        "household": 2,
        "person": 3,
        "supporter": 1,
        "asset": 1,
        "expense": 1,
        "holding": 1,
    }
    person = register.facts["person"]
    assert person.values["wage"].tolist() == [156050, 0, 2_000_000]
    assert person.values["born"].tolist() == [19500302, 19520302, 19800101]
    assert person.values["relation"].tolist() == [0, 1, 0]
    assert register.facts["asset"].values["asset_value"].tolist() == [5_200_000]
    assert register.facts["expense"].values["expense_amount"].tolist() == [120_005]
    assert register.owners["asset"].tolist() == [1]
    assert register.owners["expense"].tolist() == [-1]
    assert register.offsets["person"].tolist() == [0, 2, 3]
    assert register.offsets["supporter"].tolist() == [0, 1, 1, 1]
    assert register.ids["person"].to_list() == ["P1", "P2", "P3"]
    assert not register.problems


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_encodings_and_chinese_headings(tmp_path: Path, encoding: str) -> None:
    tables = good()
    words = {
        "person_id": "成员编号",
        "household_id": "家庭编号",
        "relation": "与户主关系",
        "born": "出生日期",
        "wage": "工资性收入",
    }
    tables["persons"] = [{words[key]: value for key, value in row.items()} for row in tables["persons"]]
    tables["persons"][1]["与户主关系"] = "配偶"
    register = read_register(write(tmp_path, tables, encoding=encoding), ON)
    assert register.facts["person"].values["relation"].tolist() == [0, 1, 0]


def test_tables_with_chinese_names(tmp_path: Path) -> None:
    names = {"households": "家庭", "persons": "成员", "assets": "财产"}
    tables = {names[name]: rows for name, rows in good().items() if name in names}
    register = read_register(write(tmp_path, tables, "workbook"), ON)
    assert register.counts["asset"] == 1


def typed(folder: Path) -> Path:
    """The good register with the types that a data warehouse would give it."""
    write(folder, good(), "parquet")
    persons = pl.read_parquet(folder / "persons.parquet").with_columns(
        pl.col("born").str.to_date(),
        pl.col("wage").cast(pl.Decimal(18, 2)),
        pension=pl.Series([100, 0, None], dtype=pl.Int32),
        gifts=pl.Series([0.1, 1e6, 33.33]),
        other_income=pl.Series(["1.5", "2", "3"]).cast(pl.Decimal(20, 4)),
        business_gross=pl.Series(["1.5", "2", "3"]).cast(pl.Decimal(10, 1)),
        works=pl.Series([True, None, False]),
        jobless=pl.Series([0, 1, None]),
        sex=pl.Series(["male", "unknown", None], dtype=pl.Categorical),
        disability=pl.Series([1, 7, None], dtype=pl.Int8),
        started_work_on=pl.Series(["2020-01-01 00:00:00", None, None]).str.to_datetime(),
        name=pl.Series(["张三", None, "李四"]),
    )
    persons.write_parquet(folder / "persons.parquet")
    return folder


def test_types_of_parquet(tmp_path: Path) -> None:
    person = read_register(typed(tmp_path), ON).facts["person"]
    assert person.values["pension"].tolist() == [10_000, 0, 0]
    assert person.unknown["pension"].tolist() == [False, False, True]
    assert person.values["gifts"].tolist() == [10, 100_000_000, 3333]
    assert (
        person.values["other_income"].tolist() == person.values["business_gross"].tolist() == [150, 200, 300]
    )
    assert person.values["works"].dtype == np.bool_
    assert person.unknown["works"].tolist() == [False, True, False]
    assert person.values["jobless"].tolist() == [False, True, False]
    assert person.values["sex"].tolist() == [1, 0, 0]
    assert person.unknown["sex"].tolist() == [False, True, True], "the code unknown is unknown"
    assert person.values["disability"].tolist() == [1, 7, 0]
    assert person.unknown["disability_grade"].all(), "a disability, or an unknown one, calls for its grade"
    assert person.values["started_work_on"].tolist() == [20200101, 0, 0]
    assert "started_work_on" not in person.unknown, "an empty date of what need not have happened is none"
    assert set(person.values) == {fact for fact, array in person.values.items() if len(array) == 3}


def test_persons_come_in_the_order_of_their_households(tmp_path: Path) -> None:
    tables = good()
    tables["persons"] = [tables["persons"][i] for i in (2, 1, 0)]
    tables["supporters"] = [
        {"person_id": person, "relation": "child", "family_size": str(size), "family_income": ""}
        for person, size in (("P3", 3), ("P1", 1), ("P2", 2), ("P1", 4))
    ]
    tables["assets"] = [
        {"household_id": household, "kind": "cash", "value": value, "person_id": person}
        for household, value, person in (("H2", "3", "P3"), ("H1", "1", "P1"), ("H1", "2", ""))
    ]
    register = read_register(write(tmp_path, tables), ON)
    assert register.ids["person"].to_list() == ["P2", "P1", "P3"]
    assert register.facts["supporter"].values["supporter_family_size"].tolist() == [2, 1, 4, 3]
    assert register.offsets["supporter"].tolist() == [0, 1, 3, 4]
    assert register.facts["asset"].values["asset_value"].tolist() == [100, 200, 300]
    assert register.owners["asset"].tolist() == [1, -1, 2]
    assert register.facts["supporter"].unknown["supporter_family_income"].all()
    columns = register.columns()
    assert columns.parents["person"].tolist() == [0, 0, 1]
    assert columns.parents["supporter"].tolist() == [0, 1, 1, 2]
    assert columns.links["asset", "owner"].tolist() == [1, -1, 2]


def test_tables_and_columns_that_are_not_there(tmp_path: Path) -> None:
    tables = {name: rows for name, rows in good().items() if name in ("households", "persons", "expenses")}
    for row in tables["persons"]:
        del row["wage"]
    tables["persons"][1]["born"] = "2010-08-02"
    tables["persons"][2]["born"] = "2010-08-01"
    register = read_register(write(tmp_path, tables), ON)
    household, person = register.facts["household"], register.facts["person"]
    assert household.values["expenses_stated"].tolist() == [True, True]
    assert household.values["assets_stated"].tolist() == [False, False]
    assert household.values["has_residence_registration"].all()
    assert household.unknown["safe_water"].all()
    assert person.unknown["wage"].tolist() == [True, False, True], "unknown for those of sixteen or more"
    assert person.values["wage"].tolist() == [0, 0, 0]
    codes = [notice.code for notice in register.notices]
    assert codes.count("notice.table_not_given") == 3
    assert "notice.group_not_given" in codes
    assert "notice.columns_assumed" in codes


def test_stated_flags_may_be_a_column(tmp_path: Path) -> None:
    tables = good()
    for row, flag in zip(tables["households"], ("否", ""), strict=True):
        row["assets_stated"] = flag
    household = read_register(write(tmp_path, tables), ON).facts["household"]
    assert household.values["assets_stated"].tolist() == [False, False]
    assert household.unknown["assets_stated"].tolist() == [False, True]


def test_empty_lines_do_not_count(tmp_path: Path) -> None:
    write(tmp_path, good())
    path = tmp_path / "persons.csv"
    path.write_text(path.read_text().replace("P2,", ",,,,\n\nP2,"))
    register = read_register(tmp_path, ON)
    assert register.rows_read["persons"] == 3


def test_unknown_household(tmp_path: Path) -> None:
    register = read_register(write(tmp_path, good()), ON)
    assert register.place_of("H2") == 1
    with pytest.raises(FactError):
        register.place_of("H9")
    with pytest.raises(IndexError):
        register.household(2)


def large(folder: Path, households: int = 20_000) -> Path:
    """Every household has a head and a child; half of all columns are left out."""
    ids = pl.Series([f"H{i:07}" for i in range(households)])
    pl.DataFrame({"household_id": ids, "area": ["rural"] * households}).write_parquet(
        folder / "households.parquet"
    )
    pl.DataFrame(
        {
            "household_id": pl.concat([ids, ids]),
            "person_id": [f"P{i:08}" for i in range(2 * households)],
            "relation": ["head"] * households + ["child"] * households,
            "born": ["1970-05-05"] * (2 * households),
            "wage": list(range(2 * households)),
        }
    ).write_parquet(folder / "persons.parquet")
    return folder


def test_households_scattered_over_the_file(tmp_path: Path) -> None:
    register: Register = read_register(large(tmp_path), ON)
    assert register.facts["person"].values["wage"][:4].tolist() == [0, 2_000_000, 100, 2_000_100]
    found = register.household(19_999)
    assert [person["wage"] for person in found.facts["person"]] == [1_999_900, 3_999_900]
