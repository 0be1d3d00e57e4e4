"""The command ``doudi simulate``."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from doudi.population import generate, write
from tests.cli.conftest import Doudi

PLACE = ("--region", "999901", "--date", "2026-08-01")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small population."""
    path = tmp_path_factory.mktemp("population")
    write(generate(1_500, seed=5), path)
    return path


def test_a_reform_is_told_in_tables(doudi: Doudi, folder: Path, tmp_path: Path):
    done = doudi("simulate", folder, *PLACE, "--set", "dibao.standard.rural=700", "-o", tmp_path / "out")
    assert done.code == 0, done.err
    for words in (
        "560.00 元/人·月 → 700.00 元/人·月",
        "各类合计",
        "其中 中央",
        "没有救助",
        "应享未享",
        "进入",
        "未核对原文",
    ):
        assert words in done.out, words
    changes = pl.read_parquet(tmp_path / "out" / "changes.parquet")
    assert changes.height > 0
    assert set(changes["move"]) <= {"enters", "deeper", "more", "opens", "settles"}


def test_the_same_in_english_and_as_data(doudi: Doudi, folder: Path):
    words = ("simulate", folder, *PLACE, "--set", "dibao.standard.rural=700")
    english = doudi(*words, "--lang", "en").out
    assert not [sign for sign in english.splitlines()[3:] if any("一" <= each <= "鿿" for each in sign)]
    data = doudi(*words, "--json").data
    assert data["persons"] == sum(each["persons"] for each in data["moves"])
    assert data["after"]["yearly"] == sum(data["after"]["levels"].values())
    assert data["changes"] == [
        {
            "parameter": "dibao.standard",
            "code": "rural",
            "before": "560.00 元/人·月",
            "after": "700.00 元/人·月",
        }
    ]


def test_the_register_is_not_written_into_and_may_be_the_folder_one_is_in(
    doudi: Doudi, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    words = (*PLACE, "--set", "dibao.standard.rural=700")
    assert "usage.out" in doudi("simulate", folder, *words, "-o", folder, "--json").codes
    monkeypatch.chdir(folder)
    assert doudi("simulate", ".", *words, "--json").code == 0


def test_what_is_set_to_what_it_is_is_no_reform(doudi: Doudi, folder: Path):
    assert doudi("simulate", folder, *PLACE, "--set", "dibao.standard.rural=560", "--json").codes == [
        "usage.reform"
    ]


def test_a_share_is_reached(doudi: Doudi, folder: Path):
    data = doudi("simulate", folder, *PLACE, "--reach", "15%", "--by", "low_margin.multiple", "--json").data
    assert data["reached"]["share"] >= 0.15
    covered = next(each for each in data["after"]["coverage"] if each["tier"] == "any")
    assert covered["share"] == data["reached"]["share"]


def test_every_fault_of_the_options_is_told_at_once(doudi: Doudi, folder: Path):
    done = doudi("simulate", folder, "--region", "999901", "--reach", "fifteen", "--line", "-3", "--json")
    assert done.code == 2
    assert set(done.codes) == {"usage.reach", "usage.share", "usage.line"}
    assert doudi("simulate", folder, "--region", "999901", "--json").codes == ["usage.reform"]
    assert doudi("simulate", folder, "--set", "x=1", "--json").codes == ["region.missing"]


@pytest.mark.parametrize(
    ("parameter", "code"),
    [("low_margin.multiple", "reach.out_of_reach"), ("low_margin.method", "reach.parameter")],
)
def test_what_cannot_be_reached_is_said(doudi: Doudi, folder: Path, parameter: str, code: str):
    done = doudi("simulate", folder, *PLACE, "--reach", "99.9%", "--by", parameter, "--json")
    assert done.code == 2
    assert done.codes == [code]
