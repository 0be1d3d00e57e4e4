"""``doudi feeds`` as people call it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Doudi
from tests.feeds.files import death, deaths, write_csv


def test_a_file_is_checked_landed_and_refused_the_second_time(doudi: Doudi, tmp_path: Path):
    path = write_csv(tmp_path / "deaths.csv", [*deaths(3), death(51, died="?")])
    checked = doudi("feeds", "check", path, "--set-aside", tmp_path / "out")
    assert checked.code == 1
    assert "“死亡日期”不是有效日期" in checked.out
    assert (tmp_path / "out" / "set_aside.csv").exists()
    landed = doudi("feeds", "land", path, "--store", tmp_path / "store", "--by", "officer1", "--json")
    assert landed.code == 1
    assert landed.data["tables"][0]["accepted"] == 3
    again = doudi("feeds", "land", path, "--store", tmp_path / "store", "--by", "officer1", "--json")
    assert (again.code, again.codes) == (2, ["feed.twice"])


def test_contracts_are_listed_with_what_is_late(doudi: Doudi, tmp_path: Path):
    (tmp_path / "store").mkdir()
    listed = doudi("feeds", "list", "--store", tmp_path / "store", "--date", "2026-09-20")
    assert listed.code == 0
    assert "medical_settlement" in listed.out
    assert "不等于没有发生" in listed.out
    assert len(doudi("feeds", "list", "--json").data["feeds"]) >= 14


def test_a_contract_is_shown_in_both_languages(doudi: Doudi):
    assert "第四十一条" in doudi("feeds", "show", "deaths").out
    assert "art. 41" in doudi("feeds", "show", "死亡注销", "--lang", "en").out
    assert doudi("feeds", "show", "deaths", "--json").data["fields"][0]["verified"] is False
    assert doudi("feeds", "show", "nothing", "--json").codes == ["feed.unknown"]


def test_a_synthetic_county_is_made_with_its_truth_its_files_and_its_registry(doudi: Doudi, tmp_path: Path):
    made = doudi(
        "feeds", "make", tmp_path / "county", "--persons", 200, "--store", tmp_path / "store", "--json"
    )
    assert made.code == 0
    assert made.data["files"] > 60
    assert made.data["rows"] > 1_000
    assert {path.name for path in (tmp_path / "county").iterdir()} == {"truth", "departments", "registry"}
    listed = doudi("feeds", "list", "--store", tmp_path / "store", "--date", made.data["until"], "--json")
    assert listed.data["stale"] == []


def test_a_county_is_made_up_to_a_day_of_its_history(doudi: Doudi, tmp_path: Path):
    made = doudi("feeds", "make", tmp_path, "--persons", 100, "--until", "2026-03-31")
    assert made.code == 0
    assert "2026-03-31" in made.out
    assert doudi("feeds", "make", tmp_path, "--until", "2019-01-01", "--json").codes == ["feed.day_outside"]
