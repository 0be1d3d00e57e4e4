"""The command: a household with its reasons, a register with its report, rows set aside, a place's own weights."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest

from doudi.hardship.index import INDICATORS
from doudi.population import generate, write
from tests.cli.conftest import Doudi, doudi, household

__all__ = ["doudi", "household"]

OVERLAY = """\
region: '999901'
zh: 演示县
en: Demonstration County
level: county
parameters:
  hardship.cutoff:
    - {from: 2021-07-01, value: 0.25, reference: demo-rules, verified: false}
  convergence.watch_months:
    - {from: 2021-07-01, value: 24, reference: demo-rules, verified: false}
"""


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("register")
    write(generate(600, 5), folder)
    return folder


def test_a_household_is_told_its_score_its_reasons_and_its_route(household: Path, doudi: Doudi) -> None:
    found = doudi("hardship", household, "--json")
    assert found.code == 0
    assert [one["name"] for one in found.data["indicators"]] == list(INDICATORS)
    held = {one["name"] for one in found.data["indicators"] if one["deprived"]}
    assert held == {"income_low", "no_able_adult"}
    assert found.data["score"] == {"least": "1/6", "most": "1/6"}
    assert found.data["route"] == {"least": "general", "most": "general"}
    told = doudi("hardship", household)
    assert "一般（纳入定期走访）" in told.out
    assert "月人均收入 0.00 元，低于收入困难线 840.00 元" in told.out
    assert "general: regular visits" in doudi("hardship", household, "--lang", "en").out


def test_a_place_may_bring_its_own_file_of_parameters(household: Path, tmp_path: Path, doudi: Doudi) -> None:
    path = tmp_path / "999901-own.yaml"
    path.write_text(OVERLAY, "utf-8")
    found = doudi("hardship", household, "--overlay", path, "--json")
    assert found.data["cutoff"] == "1/4"
    wrong = doudi("hardship", household, "--set", "hardship.cutof=1", "--json")
    assert wrong.code == 2
    unset = doudi("hardship", household, "--set", "hardship.cutoff=null", "--json")
    assert unset.codes == ["hardship.unset"]


def test_a_register_is_laid_down_as_table_numbers_and_report(
    register: Path, tmp_path: Path, doudi: Doudi
) -> None:
    words = ("hardship", register, "--region", "999901", "--date", "2026-08-01", "-o", tmp_path / "out")
    found = doudi(*words, "--by", "area", "--json")
    assert found.code == 0
    assert [Path(file).name for file in found.data["files"]] == [
        "hardship.parquet",
        "hardship.json",
        "hardship.html",
    ]
    assert sum(Fraction(each["share"]) for each in found.data["dimensions"]) == 1
    assert {each["label"] for each in found.data["groups"]} == {"城市", "农村"}
    table = pl.read_parquet(tmp_path / "out" / "hardship.parquet")
    assert table.height == found.data["households"]
    page = (tmp_path / "out" / "hardship.html").read_text("utf-8")
    assert "不作为认定依据" in page
    told = doudi(*words, "--lang", "en")
    assert "Adjusted headcount M0" in told.out


def test_rows_at_fault_are_told_counted_and_given_back(register: Path, tmp_path: Path, doudi: Doudi) -> None:
    folder = tmp_path / "register"
    folder.mkdir()
    for path in register.glob("*.parquet"):
        table = pl.read_parquet(path)
        if path.stem == "households":
            area = (
                pl.when(pl.int_range(pl.len()) == 0)
                .then(pl.lit("moon"))
                .otherwise(pl.col("area").cast(pl.String))
            )
            table = table.with_columns(area.alias("area"))
        table.write_parquet(folder / path.name)
    words = ("hardship", folder, "--region", "999901", "--date", "2026-08-01", "-o", tmp_path / "out")
    found = doudi(*words, "--json")
    assert found.code == 1
    assert found.data["set_aside"]["households"] == 1
    assert (tmp_path / "out" / "set_aside" / "households.parquet").exists()
    assert "moon" in doudi(*words).err
