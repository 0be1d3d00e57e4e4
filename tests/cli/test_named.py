"""What is named on the line must be there and mean something: nothing that was not understood passes as a good result."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Doudi
from tests.cli.test_run import PLACE, register  # noqa: F401

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize(
    "words",
    [
        ("facts", "build", "--registry", ".", "--store", "none", "--date", "2026-08-01", "-o", "out"),
        ("watch", "--today", ".", "--store", "none", "--region", "999901", "-o", "out"),
        ("feeds", "list", "--store", "none"),
        ("means", "verify", "--checks", "none"),
    ],
)
def test_a_folder_that_is_not_there_is_told(
    doudi: Doudi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
):
    monkeypatch.chdir(tmp_path)
    failed = doudi(*words, "--json")
    assert (failed.code, failed.codes) == (2, ["file.no_folder"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [("cases",), ("procedure", "cases")])
def test_no_cases_are_no_good_result(doudi: Doudi, tmp_path: Path, words: tuple[str, ...]):
    assert doudi(*words, tmp_path, tmp_path / "none", "--json").codes == ["cases.none", "file.unusable"]
    assert doudi(*words, tmp_path).code == 2


def test_cases_under_a_name_that_is_not_read_are_told(doudi: Doudi, tmp_path: Path):
    (tmp_path / "mine.cases.yaml").write_text("[]\n")
    (tmp_path / "other.yaml").write_text("- case: 一\n")
    (tmp_path / "region.yaml").write_text("region: '610199'\n")
    told = doudi("cases", tmp_path)
    assert "没有读" in told.err
    assert "other.yaml" in told.err
    assert "region.yaml" not in told.err


def test_a_file_of_the_law_that_is_not_there_is_bad_input(doudi: Doudi):
    failed = doudi("law", "check", "nofile.yaml", "--json")
    assert failed.code == 2
    assert [problem["file"] for problem in failed.data["problems"]] == ["nofile.yaml"]


@pytest.mark.parametrize("command", ["assess", "statement", "cliff", "hardship"])
@pytest.mark.parametrize("day", ["", " "])
def test_an_empty_date_is_not_today(doudi: Doudi, household: Path, command: str, day: str):
    failed = doudi(command, household, "--date", day, "--json")
    assert (failed.code, failed.codes) == (2, ["date.bad"])


def test_an_empty_region_is_not_that_of_the_file(doudi: Doudi, household: Path):
    assert doudi("assess", household, "--region", "").code == 2


def test_an_empty_date_of_a_register_is_not_today(doudi: Doudi, register: Path, tmp_path: Path):  # noqa: F811
    failed = doudi("run", register, *PLACE[:2], "--date", "", "-o", tmp_path / "out", "--json")
    assert (failed.code, failed.codes) == (2, ["date.bad"])


def test_a_parameter_is_set_once(doudi: Doudi, household: Path):
    words = (
        "assess",
        household,
        "--set",
        "dibao.standard.rural=600",
        "--set",
        "dibao.standard.rural=700",
        "--json",
    )
    failed = doudi(*words)
    assert (failed.code, failed.codes) == (2, ["usage.twice"])


@pytest.mark.parametrize(
    "words",
    [
        ("feeds", "land", "x.csv", "--store", "store"),
        ("means", "check", "x.yaml", "--evidence", "e", "--checks", "c"),
        ("means", "object", "n", "--person", "p", "--statement", "s", "--checks", "c"),
    ],
)
@pytest.mark.parametrize("by", [(), ("--by", ""), ("--by", "  ")])
def test_whoever_does_it_is_named(doudi: Doudi, words: tuple[str, ...], by: tuple[str, ...]):
    failed = doudi(*words, *by, "--json")
    assert (failed.code, failed.codes) == (2, ["usage.missing"])


def test_a_statement_does_not_run_past_its_date(doudi: Doudi):
    file = EXAMPLES / "one-household-one-file.yaml"
    failed = doudi("statement", file, "--year", "2026", "--date", "2024-12-31", "--json")
    assert (failed.code, failed.codes) == (2, ["usage.year"])
    assert doudi("statement", file, "--year", "2023", "--date", "2024-12-31").code == 0
    assert doudi("statement", file, "--year", "2021", "--json").codes == ["usage.value"], (
        "not a whole year under the law"
    )
    assert doudi("statement", file, "--year", "2022").code == 0


def test_what_is_for_registers_alone_is_refused_for_a_household(
    doudi: Doudi, household: Path, tmp_path: Path
):
    failed = doudi("hardship", household, "-o", tmp_path / "out", "--by", "area", "--json")
    assert (failed.code, failed.codes) == (2, ["usage.register", "usage.register"])


def test_without_a_command_there_is_help_and_no_complaint(doudi: Doudi):
    for words in ((), ("means",)):
        told = doudi(*words)
        assert told.code == 2
        assert "Usage:" in told.err
        assert "命令写法不对" not in told.err


@pytest.mark.parametrize(
    ("memory", "code"),
    [
        ("abc", "linkage.memory"),
        ("0", "linkage.memory"),
        ("", "linkage.memory"),
        ("1KB", "linkage.out_of_memory"),
    ],
)
def test_a_limit_of_memory_is_a_size_that_suffices(doudi: Doudi, tmp_path: Path, memory: str, code: str):
    for name, key in (("rows", "row_id"), ("persons", "person_id")):
        lines = [
            f"{key},id_number,name,sex,born,village",
            *(f"{n},,张{n},male,1980-01-0{n},东村" for n in range(1, 10)),
        ]
        (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n")
    failed = doudi(
        "link",
        tmp_path / "rows.csv",
        tmp_path / "persons.csv",
        "-o",
        tmp_path / "out",
        "--memory",
        memory,
        "--json",
    )
    assert (failed.code, failed.codes) == (2, [code])
