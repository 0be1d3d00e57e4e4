"""``doudi cases``, ``doudi facts docs`` and ``doudi population``."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from tests.cli.conftest import Doudi

CASES = """\
- case: 一人户，没有收入，是低保
  en: One person without income is in dibao
  source: mf-2021-57:8
  household:
    area: rural
    safe_housing: true
    safe_water: true
    persons: [{id: p1, relation: head, born: 1980-01-01, income: {wage: 0}}]
  expect:
    tier: TIER
    dibao_income: holds
"""


def test_cases_that_hold_and_one_that_does_not(doudi: Doudi, write):
    good = doudi("cases", write("good.cases.yaml", CASES.replace("TIER", "dibao")), "--json")
    assert (good.code, good.data) == (0, {"passed": 1, "failed": 0, "failures": []})
    bad = doudi("cases", write("bad.cases.yaml", CASES.replace("TIER", "rigid")), "--json")
    assert bad.code == 1
    assert (bad.data["passed"], bad.data["failed"]) == (0, 1)
    (failure,) = bad.data["failures"]
    assert (failure["name"], failure["expected"], failure["found"], failure["line"]) == (
        "tier",
        "rigid",
        "dibao",
        10,
    )
    told = doudi("cases", write("bad.cases.yaml", CASES.replace("TIER", "rigid")))
    assert "应为 rigid, 实为 dibao" in told.out
    assert "1 个不通过" in told.out


def test_a_folder_of_cases(doudi: Doudi, write, tmp_path: Path):
    write("one.cases.yaml", CASES.replace("TIER", "dibao"))
    write("two.cases.yaml", CASES.replace("TIER", "rigid"))
    data = doudi("cases", tmp_path, "--json").data
    assert (data["passed"], data["failed"]) == (1, 1)


def test_a_file_of_cases_at_fault(doudi: Doudi, write):
    failed = doudi(
        "cases",
        write("odd.cases.yaml", CASES.replace("TIER", "paradise").replace("area:", "aera:")),
        "--json",
    )
    assert failed.code == 2
    assert len(failed.codes) >= 1
    assert all(problem["line"] for problem in failed.data["problems"])


def test_the_page_of_facts(doudi: Doudi, tmp_path: Path):
    out = tmp_path / "new" / "facts.md"
    assert doudi("facts", "docs", "-o", out).code == 0
    text = out.read_text("utf-8")
    assert "`wage`" in text
    assert "`employment_cost`" in text, "a rule that needs the wage"


def test_a_synthetic_register_is_the_same_for_the_same_seed(doudi: Doudi, tmp_path: Path):
    one = doudi("population", "make", tmp_path / "one", "--persons", 400, "--seed", 7, "--json")
    assert one.code == 0
    assert one.data["rows"]["persons"] == 400
    doudi("population", "make", tmp_path / "two", "--persons", 400, "--seed", 7)
    for path in (tmp_path / "one").iterdir():
        assert pl.read_parquet(path).equals(pl.read_parquet(tmp_path / "two" / path.name))


def test_the_truth_is_written_beside_the_register_when_asked_for(doudi: Doudi, tmp_path: Path):
    made = doudi("population", "make", tmp_path / "county", "--persons", 300, "--truth", "--json").data
    truth = tmp_path / "county" / "truth"
    assert {Path(path).name for path in made["files"] if Path(path).parent == truth} == {
        path.name for path in truth.iterdir()
    }
    assert pl.read_parquet(truth / "persons.parquet").height > 300
    assert (
        doudi(
            "run", tmp_path / "county", "--region", "999901", "--date", "2026-08-01", "-o", tmp_path / "out"
        ).code
        == 0
    )


def test_a_county_is_held_against_its_targets(doudi: Doudi, tmp_path: Path):
    good = doudi("population", "check", "-o", tmp_path, "--json")
    assert good.code == 0
    assert all(target["holds"] for target in good.data["targets"])
    assert Path(good.data["page"]).read_text("utf-8").startswith("<!doctype html>")
    small = doudi("population", "check", "--persons", 60)
    assert small.code == 1
    assert "未达到" in small.out
    assert "missed" in doudi("population", "check", "--persons", 60, "--lang", "en").out
